"""Pairing a phone with a wall: offering a code, claiming it, driving, and what the phone draws of the wall.

Whoever knows a wall's id (its browser tab, and the phone that claimed it) and may see what it shows may ask and end;
only the phone's user drives, and only within what the wall was opened for.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import segno

from dashboard.deps import Deps
from dashboard.domain import pairing as rules
from dashboard.domain.errors import NotFound
from dashboard.domain.people import Person
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import WallState, parse_state
from dashboard.services import words
from data.models import Pairing
from data.queries.cases import get_case
from data.queries.pairings import find_offer, find_pairing, is_driven
from data.queries.regions import find_regions, get_region, get_root, list_below
from data.writes.audit import add_audit
from data.writes.pairings import offer_pairing, tell_wall

VIEW, DRIVE = "wall.view", "wall.drive"


@dataclass(frozen=True, slots=True)
class Offer:
    wall: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Spot:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Remote:
    """What a wall shows, for the phone that drives it. `path`: from the wall's root down; `children`: the next level.

    Not driven: all else is empty.
    """

    driven: bool
    until: datetime | None = None
    search: str = ""
    path: tuple[Spot, ...] = ()
    children: tuple[Spot, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    page: str = ""
    dialog: str = ""  # what stands open over it: list, case, directive or ""


def offer(deps: Deps, person: Person, wall: str, search: str) -> Offer:
    """A new code for the wall that shows `search`; the code before is void, a phone that drove it is let go."""
    now, state = deps.clock(), parse_state(search)
    rules.check_wall(wall)
    with deps.database.write() as session:
        root = _root(session, person.scope(VIEW), state.region)
        before = find_pairing(session, wall)
        driven = before is not None and is_driven(session, before, now)
        if before is not None:
            session.expunge(before)
        code = rules.write_code(secrets.randbits(40))
        row = {"wall": wall, "code": code, "made_at": now, "expires_at": now + rules.CODE_TIME,
               "region_code": root.code, "search": state.to(order="")}  # fmt: skip
        offer_pairing(session, row, forget=now - rules.KEPT)
        if driven:
            tell_wall(session, now, wall, "ended")
        return Offer(wall, code, row["expires_at"])


def _root(session, scope: Scope, code: str) -> Region:
    """The topmost region that the wall may see above the one it shows."""
    shown = get_region(session, scope, code) if code else get_root(session, scope)
    above = find_regions(session, scope, [one for _level, one in shown.path])
    return next(above[one] for _level, one in shown.path if one in above)


def draw_code(url: str) -> str:
    """The QR of an address as an inline SVG; its colours are the style sheet's."""
    return segno.make(url, error="m").svg_inline(svgclass="qr", lineclass="qr__dark", omitsize=True, border=2)


def claim(deps: Deps, person: Person, text: str) -> tuple[str, str]:
    """(wall, name of its region). Raises NotFound for a code that is wrong, old or used, or a wall out of scope."""
    now, code = deps.clock(), rules.read_code(text)
    with deps.database.write() as session:
        row = find_offer(session, code, now)
        missing = NotFound("code", "no such code", got=code, hint="ask the wall for a new one")
        if row is None or person.id is None:
            raise missing
        region = get_region(session, EVERYTHING, row.region_code)
        if not person.scope(DRIVE).covers(region):
            raise missing
        row.user_id, row.session, row.claimed_at = person.id, person.session, now
        row.expires_at = now + rules.DRIVE_TIME
        session.flush()
        tell_wall(session, now, row.wall, "claimed")
        add_audit(session, now, person, "wall.drive", region=region.code)
        return row.wall, region.name


def drive(deps: Deps, person: Person, wall: str, search: str | None, move: str | None) -> None:
    """Send the wall somewhere. Raises UserError for what is no state of a wall, NotFound outside of it or undriven."""
    now, wanted = deps.clock(), rules.check_drive(search, move)
    with deps.database.write() as session:
        row = _find(session, person.scope(DRIVE), wall)
        if row is None or row.user_id != person.id or not is_driven(session, row, now):
            raise _unpaired(wall)
        if isinstance(wanted, str):
            tell_wall(session, now, wall, "drive", {"move": wanted})
            return
        link = _checked(deps, session, row, wanted)
        row.search = link
        session.flush()
        tell_wall(session, now, wall, "drive", {"search": link})


def _checked(deps: Deps, session, row: Pairing, state: WallState) -> str:
    """The link of a state that lies within what the wall was opened for; NotFound otherwise."""
    within = Scope(frozenset({row.region_code}))
    deps.catalog.page(state.page)
    deps.catalog.check_kind(state.kind)
    region = get_region(session, within, state.region or row.region_code)
    if state.at:
        get_region(session, within, state.at)
    if state.case:
        get_case(session, within, region, state.case)
    at_root = region.parent_code is None
    return state.to(region="" if at_root and not state.region else region.code)


def shown(deps: Deps, person: Person, wall: str, search: str) -> None:
    """The wall tells where it stands, so that its phone can draw it."""
    now, state = deps.clock(), parse_state(search)
    with deps.database.write() as session:
        row = _find(session, person.scope(VIEW), wall)
        if row is None or not is_driven(session, row, now):
            raise _unpaired(wall)
        get_region(session, Scope(frozenset({row.region_code})), state.region or row.region_code)
        if row.search == state.to():
            return
        row.search = state.to()
        session.flush()
        tell_wall(session, now, wall, "shown")


def end(deps: Deps, person: Person, wall: str) -> None:
    """Either side ends it; twice is once."""
    now = deps.clock()
    with deps.database.write() as session:
        row = _find(session, person.scope(VIEW), wall)
        if row is None:
            raise _unpaired(wall)
        if row.ended_at is None:
            row.ended_at = now
            session.flush()
            tell_wall(session, now, wall, "ended")


def remote(deps: Deps, person: Person, wall: str) -> Remote:
    """What the phone draws. A wall that is not driven says so, and nothing else."""
    now = deps.clock()
    with deps.database.read() as session:
        row = _find(session, person.scope(VIEW), wall)
        if row is None or not is_driven(session, row, now):
            return Remote(False)
        within = Scope(frozenset({row.region_code}))
        state = parse_state(row.search or "")
        region = get_region(session, within, state.region or row.region_code)
        inside = find_regions(session, within, [code for _level, code in region.path])
        path = [inside[code] for _level, code in region.path if code in inside]
        below = _children(session, within, region)
    pages = tuple((page.key, words.named(page)) for page in deps.catalog.pages)
    over = next((name for name in ("order", "directive", "case", "list") if getattr(state, name)), "")
    return Remote(True, row.expires_at, row.search or "", tuple(Spot(one.code, one.name) for one in path), below, pages,
                  state.page, over)  # fmt: skip


def _children(session, scope: Scope, region: Region) -> tuple[Spot, ...]:
    """Regions of the next level that has some."""
    for level in LEVELS[LEVELS.index(region.level) + 1 :]:
        if found := list_below(session, scope, region, level):
            return tuple(Spot(one.code, one.name) for one in found)
    return ()


def _find(session, scope: Scope, wall: str) -> Pairing | None:
    """The wall's pairing; None where there is none, or the wall shows what the asker may not see."""
    row = find_pairing(session, rules.check_wall(wall))
    return row if row is not None and scope.covers(get_region(session, EVERYTHING, row.region_code)) else None


def _unpaired(wall: str) -> NotFound:
    return NotFound("wall", "no phone drives this wall", got=wall, hint="show its code and scan it")
