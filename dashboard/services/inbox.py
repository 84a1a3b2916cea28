"""What waits for a person, the first due first; what became of their reports; how their grids stand today."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import words
from dashboard.services.allowed import allowed_actions
from dashboard.services.directive_lists import list_directives
from dashboard.services.grid_today import grid_today
from dashboard.services.heads import Surroundings, surroundings
from dashboard.services.told import clocks_of
from dashboard.views.inbox import Inbox, InboxCase, LastStep, MyGrid, MyReport, Myself, Waiting
from data.queries.inbox import count_waiting, last_steps, list_reported_by, list_waiting, waiting
from data.queries.regions import find_regions, get_pack, list_below
from data.session import Session

CASES, REPORTS, GRIDS = 200, 100, 60
REPORTS_OF = timedelta(days=30)
_PATH = LEVELS[LEVELS.index("county") :]


def inbox(deps: Deps, person: Person) -> Inbox:
    """Of somebody with an account. All but the orders from one snapshot."""
    now = deps.clock()
    with deps.database.read() as session:
        where = waiting(session, person.id, person.grants)
        rows = list_waiting(session, where, limit=CASES)
        reports = list_reported_by(session, person.id, now - REPORTS_OF, limit=REPORTS) if person.id else []
        around = surroundings(session, deps.catalog, [*rows, *reports])
        cases = _cases(deps, session, person, rows, around, now)
        counts = count_waiting(session, where)
        places = homes(session, person)
        today = grid_today(session, deps.catalog, places, _zone(session, places[0]), now) if places else None
        mine, grids = _mine(session, reports, around), _grids(session, places)
    roles = tuple(dict.fromkeys(grant.role for grant in person.grants))
    states = tuple(Waiting(state, str(words.STATES[state]), counts[state]) for state in words.STATES if state in counts)
    total = sum(counts.values()) - (len(rows) - len(cases))
    orders = list_directives(deps, person) if person.id else ()
    return Inbox(now, Myself(person.name, roles), total, states, cases, orders, mine, grids, today)


def _cases(deps: Deps, session: Session, person: Person, rows: Sequence[dict], around: Surroundings, now: datetime):
    """The rows with what can be done; where nothing can, the case waits for somebody else."""
    may = {row["id"]: allowed_actions(person, row, now) for row in rows}
    kept = [row for row in rows if may[row["id"]]]
    clocks = clocks_of(deps, session, kept, now)
    return tuple(
        InboxCase(around.head(row), clocks.get((row["county_code"], row["id"])), row["first_due"], may[row["id"]])
        for row in kept
    )


def _mine(session: Session, rows: Sequence[dict], around: Surroundings) -> tuple[MyReport, ...]:
    steps = last_steps(session, [(row["county_code"], row["id"]) for row in rows])
    return tuple(_report(around.head(row), steps[row["county_code"], row["id"]]) for row in rows)


def _report(head, step) -> MyReport:
    note = None if head.sensitive else step.note
    last = LastStep(str(words.ACTIONS.get(step.action, step.action)), step.at, note)
    return MyReport(
        head.county_code, head.id, head.number, head.title, head.state, head.state_label, head.reported_at, last
    )


def homes(session: Session, person: Person) -> tuple[Region, ...]:
    """The regions that the person walks: those of grants as grid worker."""
    codes = dict.fromkeys(grant.region for grant in person.grants if grant.role == "grid_worker")
    found = find_regions(session, EVERYTHING, codes)
    return tuple(found[code] for code in codes if code in found)


def _grids(session: Session, homes: Iterable[Region]) -> tuple[MyGrid, ...]:
    grids = [grid for home in homes for grid in
             ([home] if home.level == LEVELS[-1] else list_below(session, EVERYTHING, home, LEVELS[-1]))][:GRIDS]  # fmt: skip
    named = find_regions(session, EVERYTHING, {code for grid in grids for level, code in grid.path if level in _PATH})
    return tuple(
        MyGrid(grid.code, grid.name, "·".join(named[code].name for level, code in grid.path if level in _PATH),
               grid.lon, grid.lat) for grid in grids
    )  # fmt: skip


def _zone(session: Session, region: Region) -> ZoneInfo:
    return ZoneInfo(get_pack(session, region.pack).timezone)
