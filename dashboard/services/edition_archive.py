"""The archive of an edition as one file to take along."""

import io
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.canonical import encode
from dashboard.domain.people import Person
from dashboard.services import parties
from data.queries.editions import read_archive
from data.writes.audit import add_audit

MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that ZIP knows: the same archive gives the same file


def export(deps: Deps, person: Person, edition_id: UUID) -> bytes:
    """A ZIP of all entries, and of their digests, over which the edition's own is taken. That it was taken is written
    into the log. Raises NotFound, and UserError before anything is archived.

    Only for those who stand above the edition: the ids of the cases of all regions are in it.
    """
    with deps.database.read() as session:
        edition, region = parties.get_seen(session, person, edition_id)
        parties.check_granted(person, parties.VIEW, region)
        bodies = {name: entry.body for name, entry in read_archive(session, edition_id).items()}
    if not bodies:
        raise UserError("edition", "nothing is archived yet", got=edition.state, hint="lock the figures")
    with deps.database.write() as session:
        add_audit(session, deps.clock(), person, "edition.export", subject=str(edition_id), region=region.code,
                  detail={"digest": edition.digest})  # fmt: skip
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        for name, body in {MANIFEST: encode(archive.manifest(bodies)), **bodies}.items():
            book.writestr(ZipInfo(name, _EPOCH), body, ZIP_DEFLATED)
    return out.getvalue()
