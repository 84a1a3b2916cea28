"""An edition worked out again from nothing but its archive."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import appeal, archive
from dashboard.domain.evaluation.appeal import Correction
from dashboard.domain.evaluation.canonical import digest, encode, read_inputs, read_result
from dashboard.domain.evaluation.cohort import Cohort, unpack
from dashboard.domain.evaluation.engine import evaluate
from dashboard.domain.evaluation.model import Inputs, Result, Scheme
from dashboard.schemes import read_scheme
from data.queries.editions import Entry, read_archive
from data.session import Session

Bodies = Mapping[str, bytes]
Upheld = tuple[str, Correction]  # the appeal's id, and what it corrects
_SMALL = (archive.SCHEME, archive.INPUTS, archive.FACTS, archive.CORRECTIONS, archive.RESULT)


@dataclass(frozen=True, eq=False)
class Worked:
    """`inputs`: as corrected by upheld appeals. `result`: as it is written, so equal to what is read back."""

    scheme: Scheme
    inputs: Inputs
    result: Result
    body: bytes  # of the result


def read_bodies(session: Session, edition_id: UUID, upheld: tuple[Upheld, ...] | None = None,
                counties: Collection[str] = ()) -> dict[str, bytes]:  # fmt: skip
    """{name: bytes} of what an evaluation needs, and the counted cases of `counties` and of those a correction names.

    `upheld`: instead of the corrections in the archive. Raises UserError for an entry that is not what its digest says.
    """
    found = _checked(read_archive(session, edition_id, _SMALL))
    if upheld is not None:
        found[archive.CORRECTIONS] = encode([{"appeal": key, "correction": appeal.to_dict(one)} for key, one in upheld])
    named = {one.county for _key, one in corrections(found) if one.subject == "case"} | set(counties)
    return found | _checked(read_archive(session, edition_id, [archive.COHORT + one for one in sorted(named)]))


def _checked(entries: Mapping[str, Entry]) -> dict[str, bytes]:
    wrong = [entry.name for entry in entries.values() if digest(entry.body) != entry.digest]
    if wrong:
        raise UserError("archive", "the archive was changed", got=wrong[0], hint="run: flask --app app editions verify")
    return {name: entry.body for name, entry in entries.items()}


def corrections(bodies: Bodies) -> tuple[Upheld, ...]:
    """Of upheld appeals, in the order in which they are applied."""
    rows = json.loads(bodies.get(archive.CORRECTIONS, b"[]"))
    return tuple((row["appeal"], appeal.from_dict(row["correction"])) for row in rows)


def facts(bodies: Bodies) -> dict:
    return json.loads(bodies[archive.FACTS])


def work_out(bodies: Bodies) -> Worked:
    """The result that the archive's inputs, corrections and scheme give today. Raises UserError for a broken archive."""
    scheme, inputs = counted_inputs(bodies)
    body = encode(evaluate(scheme, inputs))
    return Worked(scheme, inputs, read_result(body), body)


def counted_inputs(bodies: Bodies) -> tuple[Scheme, Inputs]:
    """(scheme, inputs as corrected by upheld appeals)."""
    scheme, inputs = _scheme(bodies[archive.SCHEME].decode()), frozen_inputs(bodies)
    upheld = [one for _key, one in corrections(bodies)]
    if not upheld:
        return scheme, inputs
    named = {one.county for one in upheld if one.subject == "case"}
    cohorts = {county: _cohort(bodies, county) for county in sorted(named)}
    return scheme, appeal.apply(scheme, inputs, cohorts, upheld)[0]


@lru_cache(maxsize=8)
def _scheme(text: str) -> Scheme:
    return read_scheme(text)


def frozen_inputs(bodies: Bodies) -> Inputs:
    """As they were counted, before any correction."""
    return read_inputs(bodies[archive.INPUTS])


def counted_cases(bodies: Bodies, scheme: Scheme, county: str) -> Cohort:
    """The cases of a county with the marks they count by: as frozen, and as corrected since."""
    cohort = _cohort(bodies, county)
    mine = [one for _key, one in corrections(bodies) if one.subject == "case" and one.county == county]
    return appeal.apply(scheme, frozen_inputs(bodies), {county: cohort}, mine)[1][county]


def _cohort(bodies: Bodies, county: str) -> Cohort:
    name = archive.COHORT + county
    if name not in bodies:
        raise UserError("archive", "no cases were counted there", got=county)
    return unpack(bodies[name])
