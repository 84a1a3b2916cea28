"""Units and what they carry: open cases against their limit, and how often what they were sent was not theirs."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dashboard.domain.scope import EVERYTHING
from dashboard.services.desk_frame import Desk
from dashboard.views.desk import LoadView, UnitChoice, UnitLoad
from data.models import Unit
from data.queries.board import SHARE_DAYS, count_dispatched, count_open_by_unit, count_settled, list_unit_rows
from data.queries.regions import find_regions
from data.session import Session

ROWS = 12
_CENTRE = ("centre", "desk")
_SPOKEN_OF = ("province", "city", "county")  # regions whose name goes without saying; townships are many
_DEEPEST = ("township", "county", "city")


class Units:
    """The units of some regions and of all that lie around them, with short names and the one that a kind goes to."""

    def __init__(self, session: Session, desk: Desk, codes: Iterable[str]):
        regions = find_regions(session, EVERYTHING, set(codes))
        self.around = {code: dict(region.path) for code, region in regions.items()}
        wanted = {code for path in self.around.values() for code in path.values()}
        self._session, self._desk = session, desk
        named = find_regions(session, EVERYTHING, wanted).values()
        self._names = [one.name for one in named if one.level in _SPOKEN_OF]
        self._by_region: dict[str, list[Unit]] = {}
        self._read(wanted)

    def _read(self, codes: Iterable[str]) -> None:
        missing = [code for code in codes if code not in self._by_region]
        if not missing:
            return
        self._by_region |= {code: [] for code in missing}
        for unit in list_unit_rows(self._session, missing):
            self._by_region[unit.region_code].append(unit)

    @property
    def known(self) -> list[Unit]:
        return [unit for units in self._by_region.values() for unit in units]

    def short(self, name: str) -> str:
        """A unit's name without the county's or city's before it."""
        for region in sorted(self._names, key=len, reverse=True):
            if name.startswith(region) and len(name) > len(region):
                return name[len(region) :]
        return name

    def suggested(self, row: Mapping, kind_unit: str) -> str | None:
        """The unit that cases of a kind go to: of the township, else the county, else the city; None: there is none."""
        path = {**self.around.get(row["county_code"], {}), "township": row["township_code"]}
        self._read([path["township"]] if path["township"] else [])
        for level in _DEEPEST:
            for unit in self._by_region.get(path.get(level) or "", ()):
                if unit.kind_unit == kind_unit:
                    return unit.name
        return None

    def of(self, row: Mapping) -> list[Unit]:
        """All units of the case's township and county, command rooms last."""
        path = {**self.around.get(row["county_code"], {}), "township": row["township_code"]}
        self._read([path["township"]] if path["township"] else [])
        found = [unit for level in ("township", "county") for unit in self._by_region.get(path.get(level) or "", ())]
        return sorted(found, key=lambda unit: unit.kind_unit in _CENTRE)


def load(desk: Desk) -> LoadView:
    """The units of the region that carry most against their limit, the fullest first."""
    with desk.deps.database.read() as session:
        units = Units(session, desk, [desk.region.code])
        held = count_open_by_unit(session, desk.scope, desk.region)
        limits = {unit.name: unit.load_limit for unit in units.known}
        named = {unit.name for unit in units.known if unit.region_code == desk.region.code}
        shares = desk.cached("dispatched", (), lambda: count_dispatched(
            session, desk.scope, desk.region, desk.now - timedelta(days=SHARE_DAYS)), version=desk.hour)  # fmt: skip
    centres = {unit.name for unit in units.known if unit.kind_unit in _CENTRE}  # they pass cases on and settle none
    shown = set((named & held.keys() - centres) or held.keys()) | ({desk.state.unit} & held.keys())
    rows = [UnitLoad(name, units.short(name), held[name], limits.get(name), *shares.get(name, (0, 0)),
                     on=name == desk.state.unit) for name in shown]  # fmt: skip
    rows.sort(key=lambda one: (-(one.open / one.limit if one.limit else 0), -one.open, one.unit))
    return LoadView(tuple(rows[:ROWS]), max(0, len(held) - ROWS))


def choices(session: Session, desk: Desk, row: Mapping, kind_unit: str) -> tuple[tuple[UnitChoice, ...], int]:
    """(units the case can go to, how many cases of its kind its county closed in 30 days): suggested one first, then
    those that settled most of the kind, then the others by load."""
    units = Units(session, desk, [row["county_code"]])
    county = find_regions(session, EVERYTHING, [row["county_code"]])[row["county_code"]]
    since = desk.now - timedelta(days=SHARE_DAYS)
    settled = desk.cached("settled", (county.code, row["kind"]), lambda: count_settled(
        session, desk.scope, county, row["kind"], since), version=desk.hour)  # fmt: skip
    held = desk.cached("held", (county.code,), lambda: count_open_by_unit(session, desk.scope, county))
    first = units.suggested(row, kind_unit)
    found = [UnitChoice(unit.name, units.short(unit.name), held.get(unit.name, 0), unit.load_limit,
                        settled.get(unit.name, 0), unit.name == first) for unit in units.of(row)]  # fmt: skip
    order = {unit.name: n for n, unit in enumerate(units.of(row))}
    found.sort(key=lambda one: (not one.by_rule, -one.settled, order[one.unit]))
    return tuple(found), sum(settled.values())


def bulk_choices(session: Session, desk: Desk) -> tuple[UnitChoice, ...]:
    """All units of the region shown and of the regions around it; those that carry all they can come last."""
    units = Units(session, desk, [desk.region.code])
    held = count_open_by_unit(session, desk.scope, desk.region)
    found = [
        UnitChoice(unit.name, units.short(unit.name), held.get(unit.name, 0), unit.load_limit) for unit in units.known
    ]
    return tuple(sorted(found, key=lambda one: (one.limit is not None and one.open >= one.limit, one.short)))
