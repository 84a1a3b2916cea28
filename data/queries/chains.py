"""Reads that check histories: is every chain whole, does it reach as far as the case says, does evidence agree with it?

A step that was edited, left out, put in or moved breaks the chain of hashes; steps cut off at the end are missed by the
case's version; evidence put in or taken away disagrees with the details of its step, which the chain covers.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.history import COLUMNS, START, detail_of, step_hash
from data.models import AuditRow, Case, CaseStep, Dataset, Evidence

SHOWN = 20
_BATCH = 5000
_NONE = (None, [])
_READ = tuple(name for name in (*COLUMNS, "hash") if name not in ("case_id", "seq"))


def find_broken_chains(session: Session) -> tuple[int, list[str]]:
    """(steps read, a line for each history that is not whole, naming case and step; at most SHOWN lines)."""
    count, faults, untold = 0, [], set()
    for county in session.scalars(select(Case.county_code).distinct().order_by(Case.county_code)).all():
        for case, steps, shown in _histories(session, county):
            count += len(steps)
            fault = _fault(case, steps, shown)
            if not steps and not shown and case["synthetic"]:
                untold.add(str(case["id"]))
            elif fault and len(faults) < SHOWN:
                faults.append(f"history of case {case['id']} {fault}")
    gone = [f"history of case {case_id} is missing" for case_id in sorted(_acted(session) & untold)] if untold else []
    return count, [*faults, *gone][:SHOWN]


def _acted(session: Session) -> set[str]:
    """Cases that somebody wrote to, by the audit log: they have a history, also those of a demo that keeps only some."""
    wrote = AuditRow.action.like("case.%") & AuditRow.action.not_in(("case.read", "case.export"))
    return set(session.scalars(select(AuditRow.subject).where(wrote).distinct()))


def _histories(session: Session, county: str) -> Iterator[tuple[Mapping, list[Mapping], Mapping[int, set[str]]]]:
    """(case, its steps, {seq: files shown}) of a county: three reads in the order of ids, side by side."""
    steps = _grouped(session, county, CaseStep.case_id, CaseStep.seq, *(getattr(CaseStep, name) for name in _READ))
    files = _grouped(session, county, Evidence.case_id, Evidence.seq, Evidence.sha256)
    next_step, next_file = next(steps, _NONE), next(files, _NONE)
    columns = (Case.id, Case.version, Dataset.synthetic)
    cases = select(*columns).join(Dataset, Dataset.key == Case.dataset).where(Case.county_code == county)
    for case in session.execute(cases.order_by(Case.id).execution_options(yield_per=_BATCH)).mappings():
        mine, shown = [], {}
        if next_step[0] == case["id"]:
            mine, next_step = next_step[1], next(steps, _NONE)
        if next_file[0] == case["id"]:
            rows, next_file = next_file[1], next(files, _NONE)
            for row in rows:
                shown.setdefault(row["seq"], set()).add(row["sha256"])
        yield case, mine, shown


def _grouped(session: Session, county: str, case_id, *columns) -> Iterator[tuple[UUID, list[Mapping]]]:
    table = case_id.class_
    ask = select(case_id, *columns).where(table.county_code == county).order_by(case_id, *columns[:1])
    rows = session.execute(ask.execution_options(yield_per=_BATCH)).mappings()
    for key, group in groupby(rows, key=lambda row: row["case_id"]):
        yield key, list(group)


def _fault(case: Mapping, steps: list[Mapping], shown: Mapping[int, set[str]]) -> str:
    """What is wrong with one history; "" where nothing is.

    A demo keeps the histories of its first cases only; one of the others begins with the first step since.
    """
    if not steps:
        return "is missing"
    previous, seq = START, steps[0]["seq"] - 1
    for step in steps:
        seq += 1
        if step["seq"] != seq:
            return f"is broken: step {seq} is missing"
        if step["hash"] != step_hash(previous, **{name: step[name] for name in COLUMNS}):
            return f"is broken at step {seq}"
        if set(detail_of(step).get("evidence", ())) != shown.get(seq, set()):
            return f"is broken at step {seq}: its evidence is not what was shown"
        previous = step["hash"]
    if stray := sorted(shown.keys() - {step["seq"] for step in steps}):
        return f"is broken: evidence of step {stray[0]}, which is not there"
    return "" if seq == case["version"] else f"is broken: it ends at step {seq}, the case says {case['version']}"
