"""Reads of one case in full: its row, history, evidence, what was merged into it, and who reported it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.scope import Scope
from data.models import Attachment, Case, CaseStep, Evidence, Reporter
from data.queries.work import held_before

Key = tuple[str, UUID]


def case_key(county_code: str, case_id: str | UUID) -> Key:
    """Raises NotFound for what is no UUID."""
    try:
        return county_code, case_id if isinstance(case_id, UUID) else UUID(case_id)
    except ValueError:
        raise NotFound("case", "no such case", got=case_id) from None


def get_case_seen(session: Session, scope: Scope, county_code: str, case_id: str | UUID) -> dict:
    """All columns of the case; NotFound where there is none or the scope neither covers nor ever held it."""
    key = case_key(county_code, case_id)
    here = select(Case.__table__).where(Case.county_code == key[0], Case.id == key[1])
    row = session.execute(here).mappings().first()
    found = dict(row) if row else None
    if found is None or not may_see(session, scope, found):
        raise NotFound("case", "no such case", got=str(case_id))
    return found


def may_see(session: Session, scope: Scope, row: dict) -> bool:
    """Does the scope cover the case, or did one of its units have it?"""
    return scope.covers_case(row) or held_before(session, scope, row)


def list_merged(session: Session, key: Key) -> list[dict]:
    """Cases that were merged into this one, the oldest first."""
    here = select(Case.__table__).where(Case.county_code == key[0], Case.merged_into == key[1])
    return [dict(row) for row in session.execute(here.order_by(Case.reported_at, Case.id).limit(100)).mappings()]


def list_steps_of(session: Session, key: Key) -> list[dict]:
    here = select(CaseStep.__table__).where(CaseStep.county_code == key[0], CaseStep.case_id == key[1])
    return [dict(row) for row in session.execute(here.order_by(CaseStep.seq)).mappings()]


def list_steps_of_many(session: Session, keys: Sequence[Key]) -> dict[Key, list[dict]]:
    """{key: steps} of some cases."""
    here = select(CaseStep.__table__).where(tuple_(CaseStep.county_code, CaseStep.case_id).in_(list(keys)))
    found: defaultdict[Key, list[dict]] = defaultdict(list)
    for row in session.execute(here.order_by(CaseStep.county_code, CaseStep.case_id, CaseStep.seq)).mappings():
        found[row["county_code"], row["case_id"]].append(dict(row))
    return found


def evidence_of(session: Session, key: Key) -> Mapping[int, tuple[str, ...]]:
    """{seq: SHA-256 of the files that the step shows, in the order they came in}."""
    here = select(Evidence.seq, Evidence.sha256).join(Attachment, Attachment.sha256 == Evidence.sha256)
    mine = here.where(Evidence.county_code == key[0], Evidence.case_id == key[1])
    found: defaultdict[int, list[str]] = defaultdict(list)
    for seq, sha256 in session.execute(mine.order_by(Evidence.seq, Attachment.added_at, Evidence.sha256)):
        found[seq].append(sha256)
    return {seq: tuple(files) for seq, files in found.items()}


def find_reporter(session: Session, key: Key) -> Reporter | None:
    return session.get(Reporter, key)
