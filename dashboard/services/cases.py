"""Cases for the wall: the newest ones, points on the map, the list behind a number, one case with its history."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.directives import without_numbers
from dashboard.domain.measures import COUNTERS, MEASURES
from dashboard.domain.numbers import case_number
from dashboard.domain.people import PUBLIC
from dashboard.domain.periods import Period, instants
from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.frame import Frame
from dashboard.services.shapes import project_for
from dashboard.views.cases import CaseListView, CaseRow, CaseView, StepRow, StreamRow, StreamView
from dashboard.views.places import Point
from data.queries.cases import CaseFilter, count_cases, get_case, list_cases, list_points, list_recent, list_steps
from data.queries.figures import Figures
from data.queries.regions import find_regions, get_region, list_path

PAGE_ROWS, STREAM_ROWS, POINTS = 18, 14, 400
_APART = ("reopened",)  # rates whose numerator is no part of the denominator


def stream(deps: Deps, state: WallState, scope: Scope) -> StreamView:
    frame = Frame(deps, state, scope)
    kinds = frame.catalog.members.get(frame.page_kind, ())

    def ask(figures: Figures) -> tuple[list, dict]:
        rows = list_recent(figures.session, frame.scope, frame.region, kinds, limit=STREAM_ROWS)
        return [dict(row._mapping) for row in rows], _places(figures.session, frame, rows)

    rows, places = frame.block("stream", (), ask)
    subtitle = _("今日上报 %(count)s 件 · 敏感类不显示内容", count=f"{_today(frame):,}")
    return StreamView(_("实时案件"), subtitle, tuple(_stream_row(frame, row, places) for row in rows))


def _today(frame: Frame) -> int:
    return frame.days.get(frame.today, {"reported": 0})["reported"]


def _stream_row(frame: Frame, row: dict, places: dict[str, str]) -> StreamRow:
    left, hot = time_left(row, frame.now)
    return StreamRow(str(row["id"]), row["reported_at"].astimezone(frame.place.zone), row["severity"],
                     str(words.SEVERITIES[row["severity"]]), places[row["township_code"] or row["county_code"]],
                     shown_title(frame, row), str(words.STATES[row["state"]]), left, hot,
                     frame.state.closed().to(case=str(row["id"])))  # fmt: skip


def shown_title(frame: Frame, row: dict) -> str:
    """Of sensitive kinds the wall shows the kind, never the text."""
    kind = frame.catalog.kinds[row["kind"]]
    return words.named(kind) if kind.sensitive else row["title"]


def _places(session, frame: Frame, rows) -> dict[str, str]:
    """Short words for where each case is: the two levels below the wall's region, e.g. 温州·乐清."""
    homes = find_regions(session, frame.scope, {row.township_code or row.county_code for row in rows})
    named = find_regions(session, frame.scope, {code for region in homes.values() for _level, code in region.path})
    return {code: place_words(frame, region, named) for code, region in homes.items()}


def place_words(frame: Frame, region: Region, named: Mapping[str, Region]) -> str:
    """The two levels of `region`'s path below the wall's region; its own name where it is that region."""
    here = [c for _level, c in region.path]
    below = here[here.index(frame.region.code) + 1 :] if frame.region.code in here else here[-1:]
    wanted = below[:2] or here[-1:]
    return "·".join(named[one].short_name for one in wanted)


def time_left(row: dict, now: datetime) -> tuple[str, bool]:
    """Words for the closing deadline and whether it presses: little time left, or late."""
    due = row["close_due_at"]
    if row["ended_at"] is not None or due is None:
        late = due is not None and row["closed_at"] is not None and row["closed_at"] > due
        return (_("逾期办结") if late else _("按期") if row["closed_at"] and due else "—"), False
    gap = due - now
    words_left = _span(abs(gap))
    return (_("超 %(time)s", time=words_left), True) if gap < timedelta() else (
        _("剩 %(time)s", time=words_left), gap < timedelta(hours=4))  # fmt: skip


def _span(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    return _("%(days)s 天", days=minutes // 1440) if minutes >= 2880 else f"{minutes // 60}:{minutes % 60:02d}"


def map_points(frame: Frame) -> tuple[Point, ...]:
    """Open cases with a position, on the outline map of a county or below."""
    project = project_for(frame)
    if project is None:
        return ()
    kinds = frame.catalog.members.get(frame.page_kind, ())
    rows = frame.block("points", (), lambda f: [
        dict(row._mapping) for row in list_points(f.session, frame.scope, frame.region, kinds, limit=POINTS)])  # fmt: skip
    here = frame.state.closed()
    return tuple(Point(*project(row["lon"], row["lat"]), row["severity"], shown_title(frame, row),
                       here.to(case=str(row["id"]))) for row in rows)  # fmt: skip


def case_list(deps: Deps, state: WallState, scope: Scope) -> CaseListView:
    frame = Frame(deps, state, scope)
    with deps.database.read() as session:
        chosen = case_filter(frame, session)
        counts = _counts(Figures(session, frame.scope, frame.place.zone, frame.catalog.members), frame, chosen)
        rows = list_cases(session, frame.scope, chosen, limit=PAGE_ROWS, offset=(state.p - 1) * PAGE_ROWS)
        places = _places(session, frame, rows)
        shown = tuple(_case_row(frame, dict(row._mapping), places) for row in rows)
    total = counts[state.part]
    pages = max(1, -(-total // PAGE_ROWS))
    rated = len(counts) > 1 and chosen.key in MEASURES and MEASURES[chosen.key].denominator
    parts = tuple((f"{words.PARTS[part]} {count:,}", state.to(part=part, p=1), part == state.part)
                  for part, count in counts.items())  # fmt: skip
    return CaseListView(
        words.list_name(state.list), _conditions(frame, chosen), total, shown, state.p, pages,
        state.to(p=state.p - 1) if state.p > 1 else None, state.to(p=state.p + 1) if state.p < pages else None,
        f"/wall/cases.csv{state.to(p=1)}", parts if rated else (),
    )  # fmt: skip


def case_filter(frame: Frame, session) -> CaseFilter:
    """Which cases the state's list means. Raises NotFound for a region or kind that is not there."""
    state = frame.state
    region = get_region(session, frame.scope, state.at) if state.at else frame.region
    kind = frame.catalog.check_kind(state.kind) or frame.page_kind
    kinds = tuple(frame.catalog.members.get(kind, (kind,) if kind else ()))
    return CaseFilter(region, kinds, state.list, state.part, instants(_span_of(frame), frame.place.zone))


def _span_of(frame: Frame) -> Period:
    if not frame.state.day:
        return frame.period
    day = datetime.fromisoformat(frame.state.day).date()
    return Period(day, day)


def _counts(figures: Figures, frame: Frame, chosen: CaseFilter) -> dict[str, int]:
    """How many cases each part has: from the same sums as the wall's number, not from counting the rows shown."""
    measure = MEASURES.get(chosen.key)
    top = measure.numerator if measure else (chosen.key,)
    base = (measure.denominator if measure else ()) or top
    kind = frame.state.kind or frame.page_kind
    count = {part: _sum(figures, frame, chosen, kind, names) for part, names in (("base", base), ("top", top))}
    within = chosen.key not in _APART
    rest = count["base"] - count["top"] if within else count_cases(figures.session, frame.scope, chosen.of("rest"))
    return {**count, "rest": rest}


def _sum(figures: Figures, frame: Frame, chosen: CaseFilter, kind: str, names: tuple[str, ...]) -> int:
    dated = COUNTERS[names[0]].at is not None
    span = _span_of(frame) if dated else None
    ask = figures.flows([chosen.region], kind, span, names) if dated else figures.stocks([chosen.region], kind, names)
    return sum(ask[chosen.region.code].values())


def _conditions(frame: Frame, chosen: CaseFilter) -> tuple[str, ...]:
    state, span = frame.state, _span_of(frame)
    stock = all(
        COUNTERS[name].at is None
        for name in (MEASURES[chosen.key].numerator if chosen.key in MEASURES else (chosen.key,))
    )
    kind = state.kind or frame.page_kind
    entry = frame.catalog.kinds.get(kind) or frame.catalog.groups.get(kind)
    days = _("此刻") if stock else f"{span.start:%Y-%m-%d} – {span.end:%Y-%m-%d}"
    return (chosen.region.name, days, words.named(entry) if entry else _("全部类型"))


def _case_row(frame: Frame, row: dict, places: dict[str, str]) -> CaseRow:
    left, hot = time_left(row, frame.now)
    at = row["reported_at"].astimezone(frame.place.zone)
    return CaseRow(
        str(row["id"]), row["county_code"], case_number(row["id"]), at, places[row["township_code"] or row["county_code"]],
        words.named(frame.catalog.kinds[row["kind"]]), row["severity"], str(words.SEVERITIES[row["severity"]]),
        shown_title(frame, row), str(words.STATES[row["state"]]), left, row["card"],
        hot or bool(row["overdue"]), frame.state.to(case=str(row["id"])),
    )  # fmt: skip


def case_detail(deps: Deps, state: WallState, scope: Scope) -> CaseView:
    frame = Frame(deps, state, scope)
    with deps.database.read() as session:
        case = get_case(session, frame.scope, frame.region, state.case)
        row = {column.key: getattr(case, column.key) for column in case.__table__.columns}
        region = get_region(session, frame.scope, row["grid_code"] or row["township_code"] or row["county_code"])
        names = [one.name for one in list_path(session, frame.scope, region)]
        places = {row["township_code"] or row["county_code"]: names[-1]}
        sensitive = frame.catalog.kinds[case.kind].sensitive
        steps = tuple(_step(frame, step, sensitive) for step in list_steps(session, case.county_code, case.id))
    return CaseView(_case_row(frame, row, places), _facts(frame, row, names), steps, state.to(case=""))


def _facts(frame: Frame, row: dict, names: list[str]) -> tuple[tuple[str, str], ...]:
    kind = frame.catalog.kinds[row["kind"]]
    group = frame.catalog.groups[kind.group]
    clock = frame.catalog.clocks.get(row["clock_kind"] or "")
    pairs = [
        (_("类型"), f"{words.named(group)} / {words.named(kind)}"),
        (_("辖区"), " / ".join(names)),
        (_("来源"), str(words.SOURCES[row["source"]])),
        (_("承办"), row["holder_unit"] or "—"),
        (_("时限"), words.named(clock) if clock else _("来源未规定")),
        (_("办结期限"), _when(frame, row["close_due_at"])),
        (_("督办"), str(words.CARDS[row["card"]])),
        (_("备注"), "、".join(str(words.FLAGS.get(flag, flag)) for flag in row["flags"] or ()) or "—"),
    ]
    return tuple(pairs)


def _when(frame: Frame, at: datetime | None) -> str:
    return "—" if at is None else f"{at.astimezone(frame.place.zone):%Y-%m-%d %H:%M}"


def _step(frame: Frame, step, sensitive: bool) -> StepRow:
    """A wall shows as what somebody acted, never who, and nothing that residents wrote."""
    label = str(words.ACTIONS.get(step.action, step.action))
    note = "" if sensitive or step.role == PUBLIC else without_numbers(step.note or "")
    actor = " · ".join(part for part in (step.unit, str(words.ROLES.get(step.role) or step.actor)) if part)
    return StepRow(step.at.astimezone(frame.place.zone), label, actor, note)
