"""Schemes: which there are, each version as it was checked, and the next one. A version is never changed."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.people import SYSTEM, Person
from dashboard.domain.scope import EVERYTHING
from dashboard.schemes import Change, changes, read_scheme, shipped
from dashboard.services.scheme_words import titles
from dashboard.services.words import actor, named
from dashboard.views.schemes import SchemeHead
from data.models import SchemeRow
from data.queries import schemes as queries
from data.queries.regions import get_root
from data.session import Session
from data.writes.audit import add_audit
from data.writes.schemes import add_scheme

DEFAULT = "process"
VIEW, RUN = "evaluation.view", "evaluation.run"
MOST_TEXT, MOST_NOTE = 500_000, 2000


def scheme(deps: Deps, key: str = DEFAULT, version: int | None = None) -> Scheme:
    """That version, or (None) the newest. Raises NotFound."""
    row = stored(deps, key, version)
    return deps.cache.get("scheme", "*", row.digest, (key, row.version), lambda: read_scheme(row.text, kinds(deps)))


def stored(deps: Deps, key: str, version: int | None = None) -> SchemeRow:
    """The row with its text. Raises NotFound."""
    row = _find(deps, key, version)
    if row is None and key in shipped():  # a server enters them when it starts; whoever has no server does it here
        enter_shipped(deps)
        row = _find(deps, key, version)
    if row is None:
        known = sorted({head.key for head in list_schemes(deps)})
        raise NotFound("scheme", "no such scheme", got=key if version is None else f"{key} {version}", allowed=known)
    return row


def _find(deps: Deps, key: str, version: int | None) -> SchemeRow | None:
    with deps.database.read() as session:
        row = queries.find_scheme(session, key, version)
        if row is not None:
            session.expunge(row)
        return row


def list_schemes(deps: Deps, key: str = "") -> tuple[SchemeHead, ...]:
    """All versions by key, the newest first; `key` "": of all schemes."""
    with deps.database.read() as session:
        rows = queries.list_schemes(session, key)
        names = titles(session, [(row.key, row.version) for row in rows])
    newest = {row.key: row.version for row in reversed(rows)}
    return tuple(SchemeHead(row.key, row.version, names[row.key, row.version], row.digest, row.made_at, actor(row.actor),
                            row.note or "", newest[row.key] == row.version) for row in rows)  # fmt: skip


def save_version(deps: Deps, person: Person, text: str, note: str) -> SchemeHead:
    """Check `text` (TOML) and keep it as the next version of its scheme. Raises UserError; nothing is kept then.

    A scheme judges all regions, so only whoever evaluates all of them may change it.
    """
    if len(text) > MOST_TEXT:
        raise UserError("scheme", "the scheme is too long", got=len(text), allowed=f"{MOST_TEXT:,} characters")
    if not 0 < len(note.strip()) <= MOST_NOTE:
        raise UserError("note", "say what was changed and why", allowed=f"1 to {MOST_NOTE:,} characters")
    found = read_scheme(text, kinds(deps))
    if not found.level:
        raise UserError("scheme", "level: a stored scheme ranks regions of a level", got="", hint='level = "county"')
    if found.key in shipped():
        enter_shipped(deps)
    now = deps.clock()
    with deps.database.write() as session:
        check_whole(session, person)
        last = queries.find_scheme(session, found.key)
        _check_next(found, last, kinds(deps))
        row = _row(found, text, now, person, note.strip())
        if not add_scheme(session, row):
            raise UserError("version", "somebody else has just saved this version", got=found.version,
                            hint="read the newest one and try again")  # fmt: skip
        add_audit(session, now, person, "scheme.save", subject=f"{found.key} {found.version}",
                  detail={"digest": row["digest"], "note": note.strip()})  # fmt: skip
    return SchemeHead(found.key, found.version, named(found), row["digest"], now, person.name, note.strip(), True)


def compare(deps: Deps, key: str, old: int, new: int) -> tuple[Change, ...]:
    """What the second version says otherwise than the first."""
    return changes(scheme(deps, key, old), scheme(deps, key, new))


def enter_shipped(deps: Deps) -> int:
    """Put the schemes that come with the product into the table, each version once; how many were new."""
    texts = [path.read_text(encoding="utf-8") for path in shipped().values()]
    rows = [_row(read_scheme(text, kinds(deps)), text, deps.clock(), SYSTEM, "") for text in texts]
    with deps.database.read() as session:
        here = {(one.key, one.version) for one in queries.list_schemes(session)}
    missing = [row for row in rows if (row["key"], row["version"]) not in here]
    if not missing:
        return 0
    with deps.database.write() as session:
        return sum(add_scheme(session, row) for row in missing)


def check_whole(session: Session, person: Person) -> None:
    """Raises UserError for whoever does not evaluate all regions."""
    if not person.can(RUN) or not person.scope(RUN).covers(get_root(session, EVERYTHING)):
        raise UserError("forbidden", "a scheme judges all regions", hint="ask whoever evaluates all of them")


def evaluates_all(deps: Deps, person: Person) -> bool:
    """Whether they may make the next version of a scheme."""
    with deps.database.read() as session:
        try:
            check_whole(session, person)
        except UserError:
            return False
    return True


def kinds(deps: Deps) -> tuple[str, ...]:
    """What a counter of a scheme may be narrowed to."""
    return (*deps.catalog.groups, *deps.catalog.kinds)


def _check_next(found: Scheme, last: SchemeRow | None, known: Sequence[str]) -> None:
    version = last.version + 1 if last else 1
    if found.version != version:
        raise UserError("version", "a version follows the one before it", got=found.version, allowed=version,
                        hint=f"write version = {version}")  # fmt: skip
    if last and not changes(read_scheme(last.text, known), found):
        raise UserError("scheme", "this says the same as the version before", got=found.version, hint="nothing to save")


def _row(found: Scheme, text: str, now: datetime, person: Person, note: str) -> dict:
    return {"key": found.key, "version": found.version, "name": found.name, "text": text,
            "digest": sha256(text.encode()).hexdigest(), "made_at": now, "made_by": person.id, "actor": person.name,
            "note": note or None}  # fmt: skip
