"""The wall's panels about a region itself: header, key figures, funnel, trend, kinds, clocks, repeats."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.measures import MEASURES, STOCK_HISTORY, Measure
from dashboard.domain.periods import Period
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.domain.workflow import CLOCKS
from dashboard.services import words
from dashboard.services.completeness import completeness
from dashboard.services.frame import SMOOTH, Frame
from dashboard.services.levels import level_count
from dashboard.views.wall import (
    Bar,
    BarsView,
    Change,
    ClockRow,
    ClocksView,
    Crumb,
    FunnelView,
    Header,
    Kpi,
    RateRow,
    Stage,
    TableView,
    TrendView,
)
from data.queries.figures import Sums

KPIS = ("closed_loop", "on_time", "open", "overdue", "repeat", "satisfaction")
REPEATS = ("repeat", "returned", "reworked", "reopened")
_SPARK_POINTS = 60


def header(deps: Deps, state: WallState, scope: Scope) -> Header:
    frame = Frame(deps, state, scope)
    datasets = frame.place.datasets
    crumbs = tuple(Crumb(region.code, region.name, state.drill(region.code)) for region in frame.place.path)
    synthetic = any(synthetic for _name, synthetic in datasets) or not datasets
    mark = _("演示数据 · 全部虚构") if synthetic else " · ".join(name for name, _synthetic in datasets)
    below = tuple(level_count(frame.place.about, level, count) for level, count in _levels_below(frame))
    as_of = frame.now.astimezone(frame.place.zone)
    missing = completeness(deps, scope, frame.region.code)
    until = missing.until.astimezone(frame.place.zone) if missing.until else None
    return Header(crumbs, below, state.period, as_of, synthetic, mark, archive=frame.place.ends is not None,
                  unsent=missing.devices, complete_until=until)  # fmt: skip


def _levels_below(frame: Frame) -> Iterable[tuple[str, int]]:
    """The next two levels that have regions, e.g. 11 cities and 90 counties."""
    levels = [one["level"] for one in frame.place.about["levels"]]
    following = levels[levels.index(frame.region.level) + 1 :][:2]
    return [(level, count) for level in following if (count := frame.count_below(level))]


def kpis(deps: Deps, state: WallState, scope: Scope) -> tuple[Kpi, ...]:
    frame = Frame(deps, state, scope)
    return frame.view("kpis", lambda: tuple(_kpi(frame, MEASURES[key]) for key in KPIS))


def _kpi(frame: Frame, measure: Measure) -> Kpi:
    own = frame.own
    now, *before = (
        (own.stock, own.stock_previous, own.stock_last_year)
        if measure.stock
        else (own.current, own.previous, own.last_year)
    )
    value = measure.value(now)
    changes = [compare(measure, value, sums) for sums in before]
    base, unit = _base(frame, measure)
    return Kpi(
        measure.key, str(words.MEASURES[measure.key]), value, measure.unit if measure.unit == "%" else _("件"),
        measure.digits, str(words.BASES[measure.key]), base, unit, *changes, _spark(frame, measure),
        frame.state.cases(measure.key),
    )  # fmt: skip


def _base(frame: Frame, measure: Measure) -> tuple[float | None, str]:
    """What a figure stands on: the denominator of a rate; for stocks their share."""
    own, population = frame.own, frame.region.population
    if measure.denominator:
        return measure.base(own.current), _("件")
    if measure.key == "overdue":
        return (100 * own.stock["overdue"] / own.stock["open"] if own.stock["open"] else None), "%"
    return (1e4 * own.stock["open"] / population if population else None), _("件")


def compare(measure: Measure, value: float | None, before: Sums | None) -> Change:
    """The change against other sums: points for a rate, per cent for a count."""
    unit = "pp" if measure.unit == "%" else "%"
    old = measure.value(before) if before is not None else None
    if value is None or old is None or (unit == "%" and not old):
        return Change(None, unit)
    change = value - old if unit == "pp" else 100 * (value / old - 1)
    shown = round(change, 2 if unit == "pp" else 1)
    return Change(shown, unit, shown < 0 if measure.better == "high" else shown > 0 and measure.better == "low")


def _spark(frame: Frame, measure: Measure) -> tuple[float | None, ...]:
    """Daily values over the period (at least 14 days, at most 60 points)."""
    span = Period(min(frame.period.start, frame.today - timedelta(days=13)), frame.today)
    if measure.stock:
        return _thin(_stock_series(frame, measure, span))
    return _thin(_rolling(frame, measure, span))


def _stock_series(frame: Frame, measure: Measure, span: Period) -> list[float | None]:
    came, went = STOCK_HISTORY[measure.key]
    level, out = frame.own.stock[measure.key], []
    for day in reversed(span.dates()):
        out.append(level)
        moved = frame.days.get(day, {came: 0, went: 0})
        level -= moved[came] - moved[went]
    return out[::-1]


def _rolling(frame: Frame, measure: Measure, span: Period) -> list[float | None]:
    """Each day's rate over the seven days that end on it: few deadlines fall on a Sunday."""
    sums = dict.fromkeys((*measure.numerator, *measure.denominator), 0)
    days = (span.start - timedelta(days=SMOOTH - 1) + timedelta(days=n) for n in range(span.days + SMOOTH - 1))
    window, out = deque(), []
    for day in days:
        window.append(frame.days.get(day))
        gone = window.popleft() if len(window) > SMOOTH else None
        for name in sums:
            sums[name] += (window[-1][name] if window[-1] else 0) - (gone[name] if gone else 0)
        out.append(measure.value(sums))
    return out[SMOOTH - 1 :]


def _thin(values: list) -> tuple:
    step = -(-len(values) // _SPARK_POINTS)
    return tuple(values[::-step][::-1])


def funnel(deps: Deps, state: WallState, scope: Scope) -> FunnelView:
    """Stages that the source of the records does not know (none counted, though later ones are) are left out."""
    frame = Frame(deps, state, scope)
    sums, every = frame.own.current, tuple(words.STAGES)
    names = [name for n, name in enumerate(every) if sums[name] or not any(sums[later] for later in every[n:])]
    counts = [sums[name] for name in names]
    rates = [None, *(100 * b / a if a else None for a, b in pairwise(counts))]
    lowest = min((rate for rate in rates if rate is not None), default=None)
    stages = tuple(
        Stage(name, str(words.STAGES[name]), count, count / counts[0] if counts[0] else 0.0, rate,
              rate is not None and rate == lowest and rate < 100, state.cases(name))
        for name, count, rate in zip(names, counts, rates, strict=True)
    )  # fmt: skip
    start = "reported_accepted" if "reported_accepted" in names else "reported"
    closed = 100 * sums["reported_closed"] / sums[start] if sums[start] else None
    label = _("受理至办结") if start == "reported_accepted" else _("上报至办结")
    subtitle = _("本期上报 · 每步转化率 %") if len(names) == len(every) else _("本期上报 · 来源只记录这几步")
    return FunnelView(
        _("闭环漏斗"), subtitle, stages, label, closed, _("在办"), frame.own.stock["open"], state.cases("open"),
    )  # fmt: skip


def trend(deps: Deps, state: WallState, scope: Scope) -> TrendView:
    frame = Frame(deps, state, scope)
    return frame.view("trend", lambda: _trend(frame))


def _trend(frame: Frame) -> TrendView:
    measure = MEASURES["on_time"]  # settled once a case is due, so that past days compare with this one
    spans = (span := frame.trend_span, span.previous(), span.last_year())
    series = [_rates(frame, measure, one, span.days) for one in spans]
    title = _("%(days)s 日按期办结率", days=span.days)
    return TrendView(
        title, _("按应结日 · 7 日滚动 · %"), tuple(span.dates()), *series, (_("本期"), _("上期"), _("去年"))
    )


def _rates(frame: Frame, measure: Measure, span: Period, length: int) -> tuple[float | None, ...]:
    if frame.first_day is None or span.end < frame.first_day:
        return (None,) * length
    return tuple((_rolling(frame, measure, span) + [None] * length)[:length])


def kinds(deps: Deps, state: WallState, scope: Scope) -> BarsView:
    """The most frequent kinds of the page's group, or of all."""
    frame = Frame(deps, state, scope)
    return frame.view("kinds", lambda: _kinds(frame))


def _kinds(frame: Frame) -> BarsView:
    catalog, group, state = frame.catalog, frame.page_kind, frame.state
    keys = catalog.members.get(group, (group,)) if group else tuple(catalog.kinds)
    periods = (frame.period, frame.period.previous())
    now, before = (
        frame.block("kinds", (group, span.start.isoformat(), span.end.isoformat()), _kind_sums(frame, keys, span))
        for span in periods
    )
    counts = sorted(((sums["reported"], key) for key, sums in now.items() if sums["reported"]), key=_most_first)[:8]
    known = frame.own.previous is not None
    rows = tuple(
        Bar(key, words.named(catalog.kinds[key]), count, count / counts[0][0],
            compare(MEASURES["reported"], count, before.get(key) if known else None), state.cases("reported", kind=key))
        for count, key in counts
    )  # fmt: skip
    return BarsView(_("高发类型"), _("本期上报"), rows)


def _kind_sums(frame: Frame, keys: Sequence[str], span: Period) -> Callable:
    return lambda figures: figures.by_kind(frame.region, keys, span, ("reported",))


def _most_first(pair: tuple[int, str]) -> tuple[int, str]:
    return -pair[0], pair[1]


def clocks(deps: Deps, state: WallState, scope: Scope) -> ClocksView:
    frame = Frame(deps, state, scope)
    rows = tuple(_clock(frame, clock) for clock in CLOCKS)
    return ClocksView(_("三钟督办"), _("在计 %(count)s 件", count=f"{frame.own.stock['open']:,}"), rows)


def _clock(frame: Frame, clock: str) -> ClockRow:
    flows, stock = frame.own.current, frame.own.stock
    done = flows[f"{clock}_done"]
    used, limit = ((flows[f"{clock}_{name}"] / done / 60 if done else None) for name in ("minutes", "limit"))
    open_, yellow, red = (f"{clock}_{name}" for name in ("open", "yellow", "red"))
    yellow_at = frame.catalog.clocks["ordinary"].yellow
    return ClockRow(clock, str(words.CLOCKS[clock]), stock[open_], used, limit, _("小时"), yellow_at, stock[yellow],
                    stock[red], *(frame.state.cases(name) for name in (open_, yellow, red)))  # fmt: skip


def repeats(deps: Deps, state: WallState, scope: Scope) -> TableView:
    frame = Frame(deps, state, scope)
    return TableView(_("重复与退回"), _("占比 %"), tuple(_rate(frame, MEASURES[key]) for key in REPEATS))


def _rate(frame: Frame, measure: Measure) -> RateRow:
    sums = frame.own.current
    value = measure.value(sums)
    count = sum(sums[name] for name in measure.numerator)
    return RateRow(measure.key, str(words.MEASURES[measure.key]), value, count, measure.base(sums),
                   compare(measure, value, frame.own.previous), frame.state.cases(measure.key, part="top"))  # fmt: skip


def pages(deps: Deps, state: WallState, scope: Scope) -> tuple[tuple[str, str, str, str, bool], ...]:
    """The playlist: (key, name, look, link, is shown)."""
    shown = state.closed()
    return tuple(
        (page.key, words.named(page), page.look, shown.to(page=page.key), page.key == state.page)
        for page in deps.catalog.pages
    )
