"""Evidence: taken in once, redrawn, shown to whoever may see a case that shows it, and forgotten when no case does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256 as hashed

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Person
from dashboard.evidence.pictures import BYTES, MEDIA_TYPE, QUALITIES, Picture, draw
from dashboard.evidence.store import SIZES, Store
from dashboard.services.heads import reads_text
from data.models import Attachment
from data.queries.dossier import may_see
from data.queries.evidence import (
    find_file,
    find_original,
    list_cases_showing,
    list_exhibited,
    list_files,
    list_known,
    list_unused,
)
from data.queries.regions import find_regions
from data.session import Session
from data.writes.work import add_file, delete_unused, touch_file

UNUSED_TIME = timedelta(days=1)
MOST_FILES = 9
_AT_ONCE, _TURN = 200, 600


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store. `sha256`: of its bytes; `original`: of the bytes that came in. `repeated`: it was there."""

    sha256: str
    original: str
    width: int
    height: int
    size: int
    repeated: bool = False


def keep(deps: Deps, person: Person, original: str, data: bytes) -> Kept:
    """Take in a picture. `original`: the SHA-256 that the sender computed. The same bytes again are one file.

    Raises UserError where the bytes have another hash or are too many, NotAPicture for what cannot be drawn. Nothing
    is kept then.
    """
    if len(data) > BYTES:
        raise UserError("size", "the file is too large", got=len(data), allowed=f"at most {BYTES} bytes")
    if hashed(data).hexdigest() != original:
        raise UserError("sha256", "the bytes have another SHA-256", got=hashed(data).hexdigest(), allowed=original,
                        hint="it was cut off or changed on its way; send it again")  # fmt: skip
    found = _again(deps, original)
    if found:
        return found
    key, picture = _redrawn(deps, original, data)
    store = _store(deps)
    store.put(key, "thumb", picture.thumb)
    store.put(key, "full", picture.full)
    now = deps.clock()
    row = {"sha256": key, "original": original, "media_type": MEDIA_TYPE, "size": len(picture.full),
           "width": picture.width, "height": picture.height, "taken_at": picture.taken_at, "added_at": now,
           "added_by": person.id}  # fmt: skip
    with deps.database.write() as session:
        add_file(session, row)
    return Kept(key, original, picture.width, picture.height, len(picture.full))


def _redrawn(deps: Deps, original: str, data: bytes) -> tuple[str, Picture]:
    """The picture and its hash. Two files that look the same stay two, so that each is found by its own original."""
    for quality in QUALITIES:
        picture = draw(data, quality)
        key = hashed(picture.full).hexdigest()
        with deps.database.read() as session:
            found = find_file(session, key)
        if found is None or found.original == original:
            return key, picture
    raise UserError("evidence", "this picture has arrived too often", got=original, hint="use the one that is there")


def find_kept(deps: Deps, original: str) -> Kept | None:
    """The file made of the bytes with this hash, for a sender who asks whether it has arrived."""
    with deps.database.read() as session:
        found = find_original(session, original)
        return _kept(found) if found else None


def resolve(deps: Deps, person: Person, hashes: Sequence[str]) -> tuple[str, ...]:
    """Stored hashes for stored or original ones, in order, each once.

    Whoever knows the original's hash had the file; by its stored hash a file is named by who sent it or may see it.
    Raises UserError naming the first that is not there (code "evidence": send the file again).
    """
    if len(hashes) > MOST_FILES:
        raise UserError("evidence", "too many files", got=len(hashes), allowed=f"at most {MOST_FILES}")
    with deps.database.read() as session:
        files = list_files(session, hashes)
        known = {file.original: file.sha256 for file in files}
        known |= {file.sha256: file.sha256 for file in files if _visible(deps, session, person, file)}
    missing = next((one for one in hashes if one not in known), None)
    if missing is not None:
        raise UserError("evidence", "no such file has arrived", got=missing, hint="PUT /api/v1/evidence/<sha256> first")
    return tuple(dict.fromkeys(known[one] for one in hashes))


def read_file(deps: Deps, person: Person, sha256: str, size: str) -> bytes:
    """JPEG bytes. Raises NotFound where there is no such file or it is not the person's to see."""
    with deps.database.read() as session:
        file = find_file(session, sha256)
        key = file.sha256 if file and _visible(deps, session, person, file) else None
    data = _store(deps).read(key, size) if key and size in SIZES else None
    if data is None:
        raise NotFound("evidence", "no such file", got=sha256)
    return data


def forget_unused(deps: Deps, start: str | None = None) -> int:
    """Remove files that no case has shown for a day, and bytes that no row tells of; how many. For the worker.

    The store is looked through in parts: files whose hash begins with the two digits `start` ("" all); None: the part
    whose turn it is, so that all of it comes up every two days.
    """
    if start is None:
        start = f"{int(deps.clock().timestamp()) // _TURN % 256:02x}"
    before = deps.clock() - UNUSED_TIME
    with deps.database.read() as session:
        unused = list_unused(session, before, limit=_AT_ONCE)
    gone = []
    for key in unused:
        with deps.database.write() as session:
            gone += [key] if delete_unused(session, key, before) else []
    store = _store(deps)
    stray = list(store.list_before(before.timestamp(), start))
    with deps.database.read() as session:
        for start in range(0, len(stray), _AT_ONCE):
            part = stray[start : start + _AT_ONCE]
            known = list_known(session, part)
            gone += [key for key in part if key not in known]
    for key in dict.fromkeys(gone):
        store.delete(key)
    return len(set(gone))


def _again(deps: Deps, original: str) -> Kept | None:
    found = find_kept(deps, original)
    if found is None or _store(deps).read(found.sha256, "full") is None:
        return None
    with deps.database.write() as session:
        touch_file(session, found.sha256, deps.clock())
    return found


def _visible(deps: Deps, session: Session, person: Person, file: Attachment) -> bool:
    if find_regions(session, person.scope("exhibit.read"), list_exhibited(session, file.sha256)):
        return True
    rows = list_cases_showing(session, file.sha256)
    if not rows:
        return person.everything or (person.id is not None and person.id == file.added_by)
    scope = person.scope("case.read")
    kinds = deps.catalog.kinds
    return any(may_see(session, scope, row) and (not kinds[row["kind"]].sensitive or reads_text(person, row))
               for row in rows)  # fmt: skip


def _kept(file: Attachment) -> Kept:
    return Kept(file.sha256, file.original, file.width, file.height, file.size, repeated=True)


def _store(deps: Deps) -> Store:
    if deps.evidence is None:
        raise UserError("evidence", "this server keeps no files")
    return deps.evidence
