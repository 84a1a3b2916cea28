"""Is an edition what it was when it was sealed? Every byte of it has a place that says what it has to be.

Steps are chained; the last one names the edition's columns and the digest of every archived entry; the result follows from
the archive alone; the rows follow from the result.
"""

import json
from collections.abc import Iterator, Mapping
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.canonical import digest, read_result
from dashboard.domain.history import START
from dashboard.services.edition_steps import columns_of
from dashboard.services.evaluating import rows_of
from dashboard.services.recomputing import counted_inputs, work_out
from data.models import Edition, EditionStep
from data.queries import editions as reads
from data.session import Session


def verify(deps: Deps, edition_id: UUID) -> tuple[str, ...]:
    """A line for everything about the edition that is not as it was sealed; () where all is. Works the result out again
    from the archive alone. Raises NotFound."""
    with deps.database.read() as session:
        edition = reads.find_edition(session, edition_id)
        if edition is None:
            raise NotFound("edition", "no such edition", got=str(edition_id))
        return tuple(f"edition {edition_id}: {fault}" for fault in _faults(session, edition))


def verify_all(deps: Deps) -> tuple[int, tuple[str, ...]]:
    """(how many editions, their faults)."""
    with deps.database.read() as session:
        found = [edition.id for edition in reads.list_editions(session, limit=100_000)]
    return len(found), tuple(fault for one in found for fault in verify(deps, one))


def recompute(deps: Deps, edition_id: UUID) -> tuple[str, str]:
    """(digest of the result as it was sealed, digest of the result worked out now from the archive). Raises UserError
    where there is no result yet, NotFound."""
    with deps.database.read() as session:
        if reads.find_edition(session, edition_id) is None:
            raise NotFound("edition", "no such edition", got=str(edition_id))
        bodies = {name: entry.body for name, entry in reads.read_archive(session, edition_id).items()}
    if archive.RESULT not in bodies:
        raise UserError("edition", "no result yet", got=str(edition_id), hint="lock the figures and try")
    return digest(bodies[archive.RESULT]), digest(work_out(bodies).body)


def _faults(session: Session, edition: Edition) -> Iterator[str]:
    steps = reads.list_edition_steps(session, edition.id)
    yield from _chain(steps, edition)
    sealed = json.loads(steps[-1].detail or "{}") if steps else {}
    for name, value in columns_of(edition).items():
        if sealed.get("edition", {}).get(name) != value:
            yield f"column {name} is not what the last step says"
    entries = reads.read_archive(session, edition.id)
    yield from _entries(sealed.get("archive", {}), entries)
    bodies = {name: entry.body for name, entry in entries.items()}
    if archive.RESULT in bodies:
        yield from _result(session, edition, bodies)
    else:
        yield from (f"{model.__tablename__} has rows without a result" for model in reads.FIGURES
                    if reads.list_figures(session, edition.id, model))  # fmt: skip


def _chain(steps: list[EditionStep], edition: Edition) -> Iterator[str]:
    previous = START
    for number, step in enumerate(steps, start=1):
        columns = {name: getattr(step, name) for name in archive.STEP_COLUMNS}
        if step.seq != number:
            yield f"step {number} is missing"
            return
        if bytes(step.hash) != archive.step_hash(previous, **columns):
            yield f"step {number} was changed"
        previous = bytes(step.hash)
    if len(steps) != edition.version:
        yield f"it ends at step {len(steps)}, the edition says {edition.version}"


def _entries(sealed: Mapping[str, str], entries: Mapping[str, reads.Entry]) -> Iterator[str]:
    for name in sorted(sealed.keys() | entries.keys()):
        if name not in entries:
            yield f"archive entry {name} is missing"
        elif name not in sealed:
            yield f"archive entry {name} was added"
        elif digest(entries[name].body) != sealed[name]:
            yield f"archive entry {name} was changed"
        elif entries[name].digest != sealed[name]:
            yield f"the digest stored with archive entry {name} was changed"


def _result(session: Session, edition: Edition, bodies: Mapping[str, bytes]) -> Iterator[str]:
    try:
        if work_out(bodies).body != bodies[archive.RESULT]:
            yield f"archive entry {archive.RESULT} is not what the archive gives"
        scheme, inputs = counted_inputs(bodies)
        wanted = rows_of(scheme, inputs, read_result(bodies[archive.RESULT]))
    except (UserError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        yield f"the result cannot be worked out: {error}"
        return
    for model in reads.FIGURES:
        yield from _rows(model, wanted[model], reads.list_figures(session, edition.id, model))


def _rows(model: type, wanted: list[dict], found: list[dict]) -> Iterator[str]:
    keys = [column.name for column in model.__table__.primary_key.columns if column.name != "edition_id"]
    should, stands = ({tuple(row[key] for key in keys): row for row in rows} for rows in (wanted, found))
    for key in sorted(should.keys() | stands.keys()):
        place = f"{model.__tablename__} {' '.join(key)}"
        if key not in stands:
            yield f"{place} is missing"
        elif key not in should:
            yield f"{place} was added"
        else:
            yield from (
                f"{place}: {name} was changed" for name, value in should[key].items() if stands[key][name] != value
            )
