"""The wall's page "ranking" (晾晒): what the published edition says about the regions below, and the running month beside it.

The wall shows published editions only. The running month stands beside them as what it is: provisional, nobody has seen it
off. A wall of a city shows its counties as the province's edition ranks them; one of a county its townships where there is
an edition of them, else itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import groupby

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import BANDS, Scheme, Standing
from dashboard.domain.process_score import same_runs
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import WallState
from dashboard.services import evaluating
from dashboard.services.edition_words import EDITION_STAGES, issue_words
from dashboard.services.editions import latest
from dashboard.services.frame import Frame
from dashboard.services.levels import level_name
from dashboard.services.places import NO_DATA, boundary_note, cut_words
from dashboard.services.scheme_words import scheme_title
from dashboard.services.schemes import DEFAULT
from dashboard.services.shapes import has_shapes
from dashboard.views.editions import EditionHead
from dashboard.views.places import LegendRow, MapItem, MapView, Moved, RankingView, RankRow
from dashboard.views.standings import EditionView, NowRow, NowView
from data.queries.appeals import count_appeals
from data.queries.editions import find_latest, list_edition_steps
from data.queries.problems import list_listings
from data.queries.regions import find_regions

VETO = "veto"
_MOVED_SHOWN, _NOW_SHOWN = 2, 17
_LIFE = ("locked", "preview", "appeal", "review", "published")  # states whose days the wall tells
_PLACES = (("county", "township"), ("province", "county"), ("city", "county"))  # whose edition ranks whom


class Board:
    """What a wall of one state shows of the newest published edition. `head` None: there is none."""

    def __init__(self, deps: Deps, state: WallState, scope: Scope):
        self.deps, self.state, self.frame = deps, state, Frame(deps, state, scope)

    @cached_property
    def head(self) -> EditionHead | None:
        path = dict(self.frame.region.path)
        for level, ranked in _PLACES:
            found = latest(self.deps, DEFAULT, path[level], ranked) if level in path else None
            if found:
                return found
        return None

    @cached_property
    def loaded(self) -> evaluating.Loaded:
        return evaluating.load(self.deps, self.head.id)

    @property
    def scheme(self) -> Scheme:
        return self.loaded[0]

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """Regions of the edition that lie in the wall's region, or are it."""
        with self.deps.database.read() as session:
            found = find_regions(session, EVERYTHING, self.loaded[1].regions)
        here = self.frame.region
        return {
            code: one
            for code, one in found.items()
            if here.code in dict(one.path).values() and self.frame.scope.covers(one)
        }

    @cached_property
    def places(self) -> tuple[Standing, ...]:
        """In the order of ranks; who is not ranked last."""
        mine = [one for one in self.loaded[2].standings if one.region in self.regions]
        return tuple(sorted(mine, key=lambda one: (one.rank is None, one.rank or 0, one.vetoed, one.region)))

    @cached_property
    def before(self) -> Mapping[str, Standing]:
        """The same regions in the edition before; {} where there is none."""
        with self.deps.database.read() as session:
            found = find_latest(session, DEFAULT, self.head.region_code, self.head.level, before=self.head.start)
            earlier = found and found.id
        return _by_region(evaluating.load(self.deps, earlier)) if earlier else {}

    @cached_property
    def now(self) -> Mapping[str, Standing]:
        """The running month, provisional; {} where it cannot be worked out yet."""
        try:
            return _by_region(evaluating.provisional(self.deps, DEFAULT, self.head.region_code))
        except UserError:
            return {}

    def open_score(self, region: str) -> str:
        return self.state.closed().to(score=region)


def _by_region(loaded: evaluating.Loaded) -> dict[str, Standing]:
    return {one.region: one for one in loaded[2].standings}


def month_words(head: EditionHead) -> str:
    return _("%(year)s年%(month)s月", year=head.start.year, month=head.start.month)


def edition(deps: Deps, state: WallState, scope: Scope) -> EditionView:
    board = Board(deps, state, scope)
    if board.head is None:
        return EditionView(_("本期晾晒"), "", "", _("还没有发布过"), (), (), "", ())
    covers = _("%(place)s · %(n)s 个辖区", place=board.frame.region.short_name, n=len(board.places))
    said = " · ".join(filter(None, (covers, issue_words(board.head.issue))))
    return EditionView(_("本期晾晒"), scheme_title(board.scheme), month_words(board.head), said, tuple(_life(board)),
                       _figures(board), (board.head.digest or "")[:12], _listed(board))  # fmt: skip


def _life(board: Board) -> Iterable[tuple[str, str]]:
    """Stages that this issue went through, in their order. One that was issued anew begins with what was frozen before."""
    head, zone = board.head, board.frame.place.zone
    with board.deps.database.read() as session:
        began = {"locked": head.frozen_at} | {one.state: one.at for one in list_edition_steps(session, head.id)}
    until = {"preview": head.preview_until, "appeal": head.appeal_until}
    for stage in _LIFE:
        if stage in began:
            first, last = (_day(at or began[stage], zone) for at in (began[stage], until.get(stage)))
            days = first if first == last else _("%(first)s 至 %(last)s", first=first, last=last)
            yield str(EDITION_STAGES[stage]), days


def _day(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%m-%d}"


def _figures(board: Board) -> tuple[tuple[str, str], ...]:
    """What the ranks stand on: how far they can be told apart, who objected, what moved, what was taken away."""
    places = board.places
    with board.deps.database.read() as session:
        appeals = count_appeals(session, board.head.id, list(board.regions))
    up, down = (sum(sign * (BANDS.index(old.band) - BANDS.index(one.band)) > 0 for one, old in _pairs(board))
                for sign in (1, -1))  # fmt: skip
    ranked = sum(one.rank is not None for one in places)
    return (
        (_("名次与上一名不可区分"), f"{sum(one.close for one in places)} / {ranked}"),
        (_("申诉件数"), str(sum(appeals.values()))),
        (_("采纳件数"), str(appeals.get("upheld", 0))),
        (_("较上期升档"), str(up) if board.before else "—"),
        (_("较上期降档"), str(down) if board.before else "—"),
        (_("扣分辖区"), str(sum(one.deducted > 0 for one in places))),
        (_("否决辖区"), str(sum(one.vetoed for one in places))),
    )


def group_of(one: Standing) -> str:
    """The letter of the band, or why there is none."""
    return VETO if one.vetoed else one.band if one.rank is not None and one.band else NO_DATA


def _listed(board: Board) -> tuple[tuple[str, str, str, str], ...]:
    with board.deps.database.read() as session:
        found = list_listings(session, board.head.id)
    return tuple((one.side, one.region_code, board.regions[one.region_code].short_name, one.reason)
                 for one in found if one.region_code in board.regions)  # fmt: skip


def ranking(deps: Deps, state: WallState, scope: Scope) -> RankingView:
    board = Board(deps, state, scope)
    title = _("名次")
    if board.head is None:
        return RankingView(title, "", "band", (), (), (0.0, 100.0), ())
    shown = [one for one in board.places if group_of(one) != NO_DATA]
    firsts = {next(rows).region for _key, rows in groupby(shown, key=group_of)}
    rows = tuple(_rank_row(board, one, one.region in firsts) for one in shown)
    same = same_runs([(row.low, row.high) if row.rank is not None else None for row in rows])
    ends = [end for row in rows for end in (row.low, row.high) if end is not None] or [0.0, 100.0]
    axis = (min(ends) - 0.5, min(max(ends) + 0.5, 100.0))
    cuts = tuple((band, low) for band, low in board.scheme.cuts if axis[0] < low < axis[1])
    apart = len(board.places) - len(shown)
    notes = (month_words(board.head), _("已发布"), _("%(n)s 个样本不足", n=apart) if apart else _("先档后名次"))
    return RankingView(title, " · ".join(notes), "band", rows, tuple(same), axis, cuts)


def _rank_row(board: Board, one: Standing, first: bool) -> RankRow:
    before = board.before.get(one.region)
    moved = before.rank - one.rank if before and before.rank is not None and one.rank is not None else None
    digits = board.scheme.digits
    text = "—" if one.published is None else f"{one.published:.{digits}f}"
    ranked = one.rank is not None
    return RankRow(one.region, board.regions[one.region].short_name, one.band if ranked else None, first and ranked, one.rank,
                   one.tied, moved, one.published, text, one.low if ranked else None, one.high if ranked else None,
                   board.open_score(one.region), one.vetoed)  # fmt: skip


def map_view(deps: Deps, state: WallState, scope: Scope) -> MapView:
    """Without figures where nothing is published."""
    board = Board(deps, state, scope)
    if board.head is None:
        return MapView(
            _("五色图"), _("还没有发布过"), "map", "band", "", False, (), (), "", "", "—", "", (), (), "", fixed=True
        )
    frame, has_map = board.frame, has_shapes(board.frame)
    view = state.view or ("map" if has_map == "shapes" else "tile")
    items = tuple(_item(board, one) for one in board.places)
    ranked = [one for one in board.places if one.published is not None and one.rank is not None]
    middle = sorted(one.published for one in ranked)[len(ranked) // 2] if ranked else None
    return MapView(
        _("%(month)s五色图", month=month_words(board.head)), _("已发布 · 档界印在图上"), view, "band",
        f"region={frame.region.code}&view={view}&v={frame.place.edition}", bool(has_map), items, _legend(board, items),
        level_name(board.frame.place.about, board.head.level), _("得分中位数"),
        "—" if middle is None else f"{middle:.{board.scheme.digits}f}",
        _("%(n)s 个入列", n=len(ranked)), _changed(board), (), boundary_note(frame), fixed=True,
    )  # fmt: skip


def _item(board: Board, one: Standing) -> MapItem:
    text = "—" if one.published is None else f"{one.published:.{board.scheme.digits}f}"
    cls = group_of(one)
    return MapItem(one.region, board.regions[one.region].short_name, one.published, text, "V" if cls == VETO else cls, None, None,
                   board.state.drill(one.region), board.open_score(one.region))  # fmt: skip


def _legend(board: Board, items: Iterable[MapItem]) -> tuple[LegendRow, ...]:
    """The cut-offs are the edition's own, and every band is there, empty or not."""
    count = Counter(item.cls for item in items)
    rows = [LegendRow(band, label, count[band]) for band, label in cut_words(board.scheme.cuts).items()]
    veto = [LegendRow("V", _("一票否决"), count["V"])] if count["V"] else []
    return (*rows, *veto, LegendRow(NO_DATA, _("数据不足"), count[NO_DATA]))


def _pairs(board: Board) -> list[tuple[Standing, Standing]]:
    """Regions that have a band in this edition and in the one before: (now, before)."""
    both = ((one, board.before.get(one.region)) for one in board.places if one.rank is not None and one.band)
    return [(one, old) for one, old in both if old is not None and old.rank is not None and old.band]


def _changed(board: Board) -> tuple[Moved, ...]:
    """Regions whose band is another than in the edition before, the steepest falls first."""
    pairs = [(one, old) for one, old in _pairs(board) if one.band != old.band]
    pairs.sort(key=lambda pair: (pair[0].published - pair[1].published, pair[0].region))
    chosen = pairs if len(pairs) <= _MOVED_SHOWN else [*pairs[: _MOVED_SHOWN - 1], pairs[-1]]
    return tuple(Moved(one.region, board.regions[one.region].short_name, old.band, one.band, board.open_score(one.region))
                 for one, old in chosen)  # fmt: skip


def now(deps: Deps, state: WallState, scope: Scope) -> NowView:
    """Last edition beside the running month: whose rank would move farthest."""
    board = Board(deps, state, scope)
    title = _("上期 → 本月至今")
    if board.head is None or not board.now:
        return NowView(title, _("本月还算不出"), 1, ())
    rows = [_now_row(board, one) for one in board.places if one.region in board.now]
    moved = sorted((row for row in rows if row.moved), key=lambda row: (-abs(row.moved), row.moved, row.code))
    return NowView(title, _("试算 · 未锁数 · 未发布"), board.scheme.digits, tuple(moved[:_NOW_SHOWN]))


def _now_row(board: Board, one: Standing) -> NowRow:
    now = board.now[one.region]
    moved = one.rank - now.rank if one.rank is not None and now.rank is not None else None
    return NowRow(one.region, board.regions[one.region].short_name, one.band, one.rank, now.band, now.rank, now.published, moved,
                  board.open_score(one.region))  # fmt: skip
