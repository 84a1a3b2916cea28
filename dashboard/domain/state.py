"""What a wall shows: region, period, view, measure, page, and what stands open over it. It is the URL's query.

The URL is the only store: a link shows the same on another screen, and two browsers cannot disturb each other.
"""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from dashboard.domain.errors import UserError
from dashboard.domain.measures import COUNTERS, MEASURES
from dashboard.domain.periods import PERIODS

VIEWS = ("map", "tile")
MAP_MEASURES = ("band", "open", "overdue", "on_time", "per_10k")
PARTS = ("base", "top", "rest")  # of a rate: what it stands on, what it counts, and the difference
ORDERS = ("new",)
OVER = (
    "list",
    "part",
    "at",
    "kind",
    "day",
    "case",
    "p",
    "directive",
    "order",
    "score",
    "node",
    "behind",
)  # what stands over the wall
_LISTS = tuple({**MEASURES, **{n: c for n, c in COUNTERS.items() if not c.value}})
_ALLOWED = {
    "period": PERIODS,
    "view": ("", *VIEWS),
    "measure": ("", *MAP_MEASURES),
    "part": PARTS,
    "order": ("", *ORDERS),
    "behind": ("", *PARTS),
    "list": ("", *_LISTS),
}


@dataclass(frozen=True, slots=True)
class WallState:
    """`list`: a measure or counter whose cases are shown; `at`, `kind`, `day` narrow it to a region below, a kind, a day.

    `view` "": boundaries where there are some, else tiles. `measure` "": bands where most regions have one.
    `case`: id of the case shown. `p`: page of the list. `region` "" is the root; the service checks codes and keys.
    `directive`: id of the directive shown. `order` "new": one is being written, about what else the state says.
    `plot`: indicator whose funnel plot is shown. `score`: region whose score is opened, `node`: down to which node of the
    scheme, `behind`: which part of the cases that were counted there is listed.
    """

    region: str = ""
    period: str = "30d"
    view: str = ""
    measure: str = ""
    page: str = "overview"
    list: str = ""
    part: str = "base"
    at: str = ""
    kind: str = ""
    day: str = ""
    case: str = ""
    p: int = 1
    directive: str = ""
    order: str = ""
    score: str = ""
    node: str = ""
    behind: str = ""
    plot: str = ""

    def to(self, **changes: object) -> str:
        """Query string of this state with changes; defaults are left out, so equal states have equal links."""
        other = replace(self, **changes)
        pairs = [(f.name, getattr(other, f.name)) for f in fields(other) if getattr(other, f.name) != f.default]
        return "?" + urlencode(pairs)

    def drill(self, region: str) -> str:
        """Link to another region, with whatever list was open closed."""
        return self.closed().to(region=region, view="tile" if self.view == "tile" else "")

    def cases(self, key: str, **narrow: object) -> str:
        """Link to the list of the cases behind a measure or counter."""
        return self.closed().to(list=key, **narrow)

    def closed(self) -> "WallState":
        """The same wall without what stands over it."""
        return WallState(self.region, self.period, self.view, self.measure, self.page, plot=self.plot)


def parse_state(query: str) -> WallState:
    """Read a query string, with or without "?". Raises UserError for a value outside the allowed ones."""
    known = {field.name: field for field in fields(WallState)}
    given = {name: value for name, value in parse_qsl(query.lstrip("?")) if name in known}
    for name, value in given.items():
        if not value.isprintable():  # a NUL, which PostgreSQL refuses, or a line break
            raise UserError("state", f"{name} cannot be read", got=value, allowed="printable characters")
    for name, allowed in _ALLOWED.items():
        if name in given and given[name] not in allowed:
            raise UserError("state", f"unknown {name}", got=given[name], allowed=[one for one in allowed if one])
    if "p" in given:
        given["p"] = _page(given["p"])
    if given.get("day"):
        _day(given["day"])
    return WallState(**given)


def parse_place(query: str) -> WallState:
    """The wall below a list, case or directive: what says which one is not read, so it cannot be wrong."""
    place = {field.name for field in fields(WallState)} - set(OVER)
    return parse_state(urlencode([(name, value) for name, value in parse_qsl(query.lstrip("?")) if name in place]))


def _page(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= 100_000:
        raise UserError("state", "not a page number", got=text, allowed="1 to 100000")
    return int(text)


def _day(text: str) -> date:
    """Years near the ends of the calendar have no midnight before or after, so they are no days of ours."""
    try:
        day = date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise UserError("state", "not a day", got=text, allowed="YYYY-MM-DD, from 1900 to 2200")
    return day
