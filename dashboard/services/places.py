"""The wall's panels about the regions below: map, ranking, and the shapes a map is drawn on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.evaluation.standing import competition_ranks
from dashboard.domain.measures import MEASURES
from dashboard.domain.process_score import Score, same_runs, score, step_limits, step_of
from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.cases import map_points
from dashboard.services.frame import Frame
from dashboard.services.levels import MAP_LEVELS, RANK_LEVELS, level_below, level_name, map_note
from dashboard.services.shapes import has_shapes
from dashboard.views.places import LegendRow, MapItem, MapView, Moved, RankingView, RankRow
from data.queries.figures import Sums

NO_DATA = "N"
_COUNTED = ("open", "overdue")  # measures that are stocks: whole numbers, no past by region
_LISTS = {"band": "closed_loop", "on_time": "on_time", "open": "open", "overdue": "overdue", "per_10k": "reported"}
_MOVED_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Valued:
    """A region with its figure under the map's measure. `shown`: rounded as published; `band` only for bands."""

    region: Region
    value: float | None
    shown: float | None
    score: Score | None
    band: str | None
    open: int
    overdue: int


def measured(frame: Frame) -> Frame:
    """The frame with its measure settled: the one asked for, else bands where most regions have one.

    Where cases are few (townships of a small county) a map of "no data" tells nothing, so it shows open cases.
    """
    if not frame.state.measure:
        frame.measure = frame.block("measure", (frame.state.period,), lambda _figures: _settle(frame))
    return frame


def _settle(frame: Frame) -> str:
    level = level_below(frame, MAP_LEVELS)
    found = current_values(frame, level) if level else [_own(frame)]
    return "band" if 2 * sum(one.band is not None for one in found) >= len(found) else "open"


def values(frame: Frame, regions: Sequence[Region], flows: Mapping[str, Sums], stocks: Mapping[str, Sums] | None):
    """Each region's figure for the state's measure; `stocks` None: a past period, which has no stocks by region."""
    return [_value(frame, region, flows[region.code], stocks[region.code] if stocks else None) for region in regions]


def _value(frame: Frame, region: Region, flows: Sums, stock: Sums | None) -> Valued:
    bands, measure = frame.catalog.bands, frame.measure
    found, band, digits = None, None, 0
    if measure == "band":
        found = score(flows, bands.weights, bands.minimum)
        value, digits = (found.value if found else None), bands.digits
    elif measure == "on_time":
        value, digits = MEASURES["on_time"].value(flows), 1
    elif measure == "per_10k":
        value, digits = (1e4 * flows["reported"] / region.population if region.population else None), 1
    else:
        value = stock[measure] if stock else None
    shown = None if value is None else round(value, digits)
    if measure == "band":
        band = bands.band(shown)
    return Valued(region, value, shown, found, band, stock["open"] if stock else 0, stock["overdue"] if stock else 0)


def _names(frame: Frame) -> tuple[str, ...]:
    keys = {"band": frame.catalog.bands.weights, "on_time": ("on_time",)}.get(frame.measure, ())
    return tuple(dict.fromkeys(n for key in keys for n in (*MEASURES[key].numerator, *MEASURES[key].denominator))) or (
        "reported",
    )


def current_values(frame: Frame, level: str) -> list[Valued]:
    flows = frame.below_flows(level, frame.period, _names(frame))
    return values(frame, frame.below(level), flows, frame.below_stocks(level, ("open", "overdue")))


def previous_values(frame: Frame, level: str) -> list[Valued] | None:
    """Of the period before; None where there is none or the measure is a stock."""
    if frame.measure in _COUNTED or frame.own.previous is None:
        return None
    flows = frame.below_past(level, frame.period.previous(), _names(frame))
    return values(frame, frame.below(level), flows, None)


def text(measure: str, shown: float | None) -> str:
    if shown is None:
        return "—"
    return f"{shown:,.0f}" if measure in _COUNTED else f"{shown:.1f}"


def map_view(deps: Deps, state: WallState, scope: Scope) -> MapView:
    frame = Frame(deps, state, scope)
    return frame.view("map", lambda: _map_view(measured(frame)))


def _map_view(frame: Frame) -> MapView:
    state = frame.state
    level = level_below(frame, MAP_LEVELS)
    found = current_values(frame, level) if level else []
    limits = step_limits([one.shown for one in found]) if frame.measure != "band" else []
    has_map = has_shapes(frame)
    view = state.view or ("map" if has_map == "shapes" or (has_map and not level) else "tile")
    own, before = _own(frame), _own(frame, previous=True)
    items = tuple(_item(frame, one, limits) for one in found)
    return MapView(
        _title(frame, level), words_period(state), view, frame.measure,
        f"region={frame.region.code}&view={view}&v={frame.place.edition}",
        bool(has_map), items, _legend(frame, items, limits), level_name(frame.place.about, level),
        _("%(place)s · %(measure)s", place=frame.region.short_name, measure=words.MAP_MEASURES[frame.measure]),
        text(frame.measure, own.shown), _hero_note(own, before, 0 if frame.measure in _COUNTED else 1), _moved(frame, found, level),
        map_points(frame) if level in (None, "township", "village", "grid") and state.view != "tile" else (),
        boundary_note(frame), _groups(frame, level),
    )  # fmt: skip


def boundary_note(frame: Frame) -> str:
    """Where the boundaries come from, and their approval number (审图号) where they have one."""
    about = frame.place.about
    approval = about.get("map_approval")
    return " · ".join(part for part in (map_note(about), approval and _("审图号：%(number)s", number=approval)) if part)


def words_period(state: WallState) -> str:
    return str(words.PERIODS[state.period])


def _title(frame: Frame, level: str | None) -> str:
    name = words.MAP_MEASURES[frame.measure]
    return (
        _("%(level)s · %(measure)s", level=level_name(frame.place.about, level), measure=name)
        if level
        else _("案件分布")
    )


def _own(frame: Frame, *, previous: bool = False) -> Valued:
    flows, stock = (frame.own.previous, frame.own.stock_previous) if previous else (frame.own.current, frame.own.stock)
    return _value(frame, frame.region, flows or dict.fromkeys(frame.own.current, 0), stock)


def _hero_note(own: Valued, before: Valued, digits: int) -> str:
    if own.shown is None or before.shown is None:
        return ""
    change = f"{own.shown - before.shown:+,.{digits}f}".replace("-", "−")
    interval = f"±{(own.score.high - own.score.low) / 2:.1f} · " if own.score else ""
    return interval + _("较上期 %(change)s", change=change)


def _item(frame: Frame, one: Valued, limits: Sequence[float]) -> MapItem:
    step = step_of(one.shown, limits)
    state = frame.state
    cls = one.band if frame.measure == "band" else None if step is None else f"S{step + 1}"
    region, list_key = one.region, _LISTS[frame.measure]
    name = region.name if region.level == "grid" else region.short_name  # "第一网格" alone says nothing
    return MapItem(region.code, name, one.shown, text(frame.measure, one.shown), cls or NO_DATA, one.open,
                   one.overdue, state.drill(region.code), state.cases(list_key, at=region.code))  # fmt: skip


def _legend(frame: Frame, items: Sequence[MapItem], limits: Sequence[float]) -> tuple[LegendRow, ...]:
    count = {cls: sum(item.cls == cls for item in items) for cls in {item.cls for item in items}}
    if frame.measure == "band":
        labels = cut_words(frame.catalog.bands.cuts)
    else:
        edges = [text(frame.measure, limit) for limit in limits]
        labels = {f"S{n + 1}": f"≤ {edge}" for n, edge in enumerate(edges)}
    rows = [LegendRow(cls, label, count.get(cls, 0)) for cls, label in labels.items()]
    missing = LegendRow(NO_DATA, _("数据不足"), count.get(NO_DATA, 0))
    return (*rows, missing) if missing.count or frame.measure == "band" else tuple(rows)


def cut_words(cuts: Sequence[tuple[str, float]]) -> dict[str, str]:
    """{band: its bounds in words}, of bands with their lower ends from the top down; the last one lies below all."""
    (*upper, (last, _end)) = cuts
    return {band: f"≥ {low:g}" for band, low in upper} | {last: f"＜ {upper[-1][1]:g}"}


def _moved(frame: Frame, found: Sequence[Valued], level: str | None) -> tuple[Moved, ...]:
    """Regions whose band changed since the last period; the steepest falls first."""
    before = previous_values(frame, level) if level and frame.measure == "band" else None
    pairs = [
        (one, old)
        for one, old in zip(found, before or (), strict=False)
        if one.band and old.band and one.band != old.band
    ]
    pairs.sort(key=lambda pair: (pair[0].shown - pair[1].shown, pair[0].region.code))
    rows = [Moved(one.region.code, one.region.short_name, old.band, one.band, frame.state.drill(one.region.code))
            for one, old in pairs]  # fmt: skip
    return tuple(rows if len(rows) <= _MOVED_SHOWN else [*rows[: _MOVED_SHOWN - 1], rows[-1]])


def _groups(frame: Frame, level: str | None) -> tuple[tuple[str, str, str], ...]:
    """Figures of the cities whose outlines lie on a map of counties."""
    if frame.region.level != "province" or level != "county":
        return ()
    found = current_values(frame, "city")
    return tuple((one.region.code, text(frame.measure, one.shown), one.band or NO_DATA) for one in found)


def ranking(deps: Deps, state: WallState, scope: Scope) -> RankingView:
    frame = Frame(deps, state, scope)
    return frame.view("ranking", lambda: _ranking(measured(frame)))


def _ranking(frame: Frame) -> RankingView:
    state = frame.state
    level = level_below(frame, RANK_LEVELS)
    found = current_values(frame, level) if level else []
    before = previous_values(frame, level) if level else None
    places = (
        dict(zip((one.region.code for one in before), competition_ranks([one.shown for one in before]), strict=True))
        if before
        else {}
    )
    ranks = dict(zip((one.region.code for one in found), competition_ranks([one.shown for one in found]), strict=True))
    ordered = sorted(found, key=lambda one: (ranks[one.region.code] or 10**6, one.region.code))
    rows = _rank_rows(frame, ordered, ranks, places)
    same = same_runs([(row.low, row.high) if row.low is not None else None for row in rows])
    title = _("%(level)s排名", level=level_name(frame.place.about, level)) if level else _("排名")
    subtitle = f"{words.MAP_MEASURES[frame.measure]} · {words_period(state)}"
    return RankingView(title, subtitle, frame.measure, rows, tuple(same), *_axis(frame, ordered))


def _rank_rows(frame: Frame, ordered: Sequence[Valued], ranks: Mapping, places: Mapping) -> tuple[RankRow, ...]:
    firsts = {next(group).region.code for _band, group in groupby(ordered, key=lambda one: one.band)}
    shared = [rank for rank in ranks.values() if rank is not None]
    rows = []
    for one in ordered:
        code, rank = one.region.code, ranks[one.region.code]
        moved = places[code] - rank if rank is not None and places.get(code) is not None else None
        interval = (one.score.low, one.score.high) if one.score else (None, None)
        rows.append(RankRow(code, one.region.short_name, one.band, code in firsts and one.band is not None, rank,
                            shared.count(rank) > 1, moved, one.shown, text(frame.measure, one.shown), *interval,
                            frame.state.drill(code)))  # fmt: skip
    return tuple(rows)


def _axis(frame: Frame, ordered: Sequence[Valued]) -> tuple[tuple[float, float], tuple[tuple[str, float], ...]]:
    """The interval plot's ends, a little outside all intervals (or values), and the band cuts between them."""
    ends = [
        end
        for one in ordered
        for end in ((one.score.low, one.score.high) if one.score else (one.shown,))
        if end is not None
    ]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    margin = max((high - low) * 0.06, 0.5)
    axis = (low - margin, min(high + margin, 100.0) if frame.measure in ("band", "on_time") else high + margin)
    cuts = [(band, cut) for band, cut in frame.catalog.bands.cuts if axis[0] < cut < axis[1]]
    return axis, tuple(cuts) if frame.measure == "band" else ()
