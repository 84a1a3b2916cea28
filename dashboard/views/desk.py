"""Views of the desk: queue, counts, load of units, one case with what can be done. Frozen; see dashboard.views.wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from dashboard.views.directives import DirectiveDetail, DirectiveRow
from dashboard.views.dossier import Dossier, Similar
from dashboard.views.people import Account, AuditEntry, Kiosk


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `count` None: none shown; `on`: this is what the screen shows now."""

    key: str
    label: str
    href: str
    count: int | None = None
    on: bool = False


@dataclass(frozen=True, slots=True)
class HeaderView:
    """`path`: down to the region shown; what lies above the person's own has no link. `keys`: the person's roles."""

    person: str
    roles: str
    keys: tuple[str, ...]
    sections: tuple[Link, ...]
    path: tuple[Link, ...]
    synthetic: bool
    as_of: datetime
    query: str
    landing: str = ""  # queue that needs the person most


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter: what it is called, what it is set to ("" not set), its choices, and the link that takes it away."""

    key: str
    label: str
    value: str
    choices: tuple[Link, ...]
    clear: str
    more: bool = False  # stands behind "+ 条件" while it is not set


@dataclass(frozen=True, slots=True)
class FilterView:
    tabs: tuple[Link, ...]
    chips: tuple[Chip, ...]
    saved: tuple[Link, ...]
    total: int
    clear: str  # "": nothing is set
    export: str  # query string of the files; "": may not export
    order: str


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """`limit` None: not set. `wrong` of `sent` dispatched in 30 days were taken away again by an arbiter."""

    unit: str
    short: str
    open: int
    limit: int | None
    sent: int
    wrong: int
    on: bool = False

    @property
    def full(self) -> bool:
        return self.limit is not None and self.open >= self.limit


@dataclass(frozen=True, slots=True)
class LoadView:
    rows: tuple[UnitLoad, ...]
    more: int  # units that hold cases and are not listed


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that a case can be given to. `settled` of `alike` cases of the kind in 30 days were settled by it."""

    unit: str
    short: str
    open: int
    limit: int | None
    settled: int = 0
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case as the desk shows it. `choices`: units, the suggested one first. `alike`: closed cases of its kind and
    county in 30 days. `names`: units' short names; `states`: words. `may_unmask`: who reported can be read, with a reason."""

    dossier: Dossier
    zone: tzinfo
    now: datetime
    path: str
    rule: str
    alike: int
    choices: tuple[UnitChoice, ...]
    similar: tuple[Similar, ...]
    may_unmask: bool
    holidays: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    names: Mapping[str, str] | None = None
    states: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A place name on the map. `inner`: of a place in the region shown."""

    text: str
    x: float
    y: float
    inner: bool


@dataclass(frozen=True, slots=True)
class GroundView:
    """What the desk's map is drawn on: SVG paths in a box of width × height. `rim` "": the region has no boundary."""

    width: float
    height: float
    rim: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    names: tuple[Name, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SuperviseRow:
    key: str
    version: int
    number: str
    title: str
    severity: str
    severity_label: str
    state_label: str
    unit: str
    place: str
    due: str
    late: bool
    note: str
    supervision: str


@dataclass(frozen=True, slots=True)
class SuperviseList:
    """One list of the supervise view; `total` may be more than the rows shown."""

    key: str
    label: str
    total: int
    rows: tuple[SuperviseRow, ...]
    href: str


@dataclass(frozen=True, slots=True)
class OverdueUnit:
    unit: str
    short: str
    open: int
    yellow: int
    red: int
    overdue: int
    href: str


@dataclass(frozen=True, slots=True)
class SuperviseView:
    """`may_supervise`: rows can be ticked and supervised together."""

    lists: tuple[SuperviseList, ...]
    units: tuple[OverdueUnit, ...]
    may_supervise: bool = False


@dataclass(frozen=True, slots=True)
class AuditView:
    rows: tuple[AuditEntry, ...]
    total: int
    page: int
    pages: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class PatrolsView:
    """`rows`: dashboard.services.patrols.PatrolRow."""

    rows: tuple
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A region that can be chosen. `path`: names of the regions around it, the largest first. `units`: its own, by name."""

    code: str
    name: str
    level: str
    path: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleView:
    """`roles`: words by key. `place`: where new accounts are granted first."""

    accounts: tuple[Account, ...]
    kiosks: tuple[Kiosk, ...]
    roles: Mapping[str, str]
    place: NamedPlace


@dataclass(frozen=True, slots=True)
class DirectivesPage:
    """`roles`: (key, words) of who can be ordered."""

    mine: tuple[DirectiveRow, ...]
    issued: tuple[DirectiveDetail, ...]
    may_issue: bool
    place: NamedPlace
    roles: tuple[tuple[str, str], ...]
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Failed:
    """A case on which an action was not done, and why."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an action. `standing`: how a case stands that somebody else moved first (keys and words)."""

    action: str
    label: str
    done: tuple[str, ...]
    failed: tuple[Failed, ...]
    standing: Mapping | None = None
