"""What opens over the wall's page "ranking": how a region's score comes about, down to the cases that were counted; and the
exposed problems with their loop.

Two or three clicks lead from a score to an indicator, one more to its cases, whose number is the figure's own.
"""

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.model import ROOT
from dashboard.domain.people import Person
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.domain.workflow import STATES
from dashboard.services import words
from dashboard.services.cases import PAGE_ROWS, time_left
from dashboard.services.problem_lists import list_problems
from dashboard.services.standings import Board, month_words
from dashboard.services.tracing import cases_behind, trace
from dashboard.services.verdict_words import PROBLEM_STEPS
from dashboard.views.appeals import ProblemRow, StepView
from dashboard.views.cases import CaseListView, CaseRow
from dashboard.views.dossier import CaseHead
from dashboard.views.editions import Figure, Trace, TraceStep
from dashboard.views.standings import LoopRow, LoopStep, LoopView, ScoreRow, ScoreView

_SHOWN = 8
_WALL = "wall.view"


def _board(deps: Deps, state: WallState, scope: Scope) -> Board:
    """Raises NotFound where nothing is published, or the region takes no part as far as the wall may see."""
    board = Board(deps, state, scope)
    if board.head is None or state.score not in board.regions:
        raise NotFound("region", "takes no part in this edition", got=state.score)
    return board


def score(deps: Deps, state: WallState, scope: Scope, *, person: Person) -> ScoreView:
    board = _board(deps, state, scope)
    found = trace(deps, person, board.head.id, state.score, state.node or ROOT)
    place = next(one for one in board.places if one.region == state.score)
    return ScoreView(
        _("%(place)s · 得分由来", place=board.regions[state.score].name), state.score, place.band, place.published,
        board.scheme.digits, _subtitle(board, place.rank, place.deducted),
        tuple((_name(one), state.to(node=one.key, behind="", p=1)) for one in found.path),
        tuple(_row(board, one) for one in found.below), found.figure.formula if found.figure else "", _facts(found.figure),
        _parts(board, found), state.closed().to(),
    )  # fmt: skip


def _subtitle(board: Board, rank: int | None, deducted: float) -> str:
    parts = [month_words(board.head), _("已发布"), _("第 %(n)s 名", n=rank) if rank else _("不列名次")]
    return " · ".join([*parts, *([_("另扣 %(n)s 分", n=f"{deducted:g}")] if deducted else [])])


def _name(step: TraceStep) -> str:
    return _("总分") if step.key == ROOT else step.name


def _row(board: Board, one: TraceStep) -> ScoreRow:
    return ScoreRow(one.key, _name(one), one.leaf, one.score, one.mean, one.share, one.lost,
                    board.state.to(node=one.key, behind="", p=1))  # fmt: skip


def _facts(figure: Figure | None) -> tuple[tuple[str, str], ...]:
    if figure is None:
        return ()
    scored = "—" if figure.normal is None else _("%(n)s 分（满分 100）", n=f"{figure.normal:.1f}")
    pairs = [(_("折算"), scored), (_("定义"), figure.definition), (_("统计口径"), figure.cohort), (_("计时规则"), figure.clock),
             (_("出处"), figure.standard)]  # fmt: skip
    if figure.targets:
        bad, good = figure.targets
        pairs.insert(1, (_("目标值"), _("满意 %(good)s · 不允许 %(bad)s", good=f"{good:g}", bad=f"{bad:g}")))
    return tuple((name, text) for name, text in pairs if text)


def _parts(board: Board, found: Trace) -> tuple[tuple[str, int, str], ...]:
    """The lists of cases that the figure stands on; () where it counts no cases."""
    figure = found.figure
    if figure is None or figure.top is None:
        return ()
    counts = {"top": figure.top} if figure.base is None else {"base": figure.base, "top": figure.top,
                                                               "rest": abs(figure.base - figure.top)}  # fmt: skip
    return tuple((str(words.PARTS[part]), count, board.state.to(behind=part, p=1)) for part, count in counts.items())


def behind(deps: Deps, state: WallState, scope: Scope, *, person: Person) -> CaseListView:
    """The cases behind a figure as they were frozen, in the frame of the wall's lists."""
    board = _board(deps, state, scope)
    found = trace(deps, person, board.head.id, state.score, state.node or ROOT)
    if found.figure is None:
        raise NotFound("node", "this is no indicator", got=state.node)
    page = cases_behind(deps, person, board.head.id, state.score, state.node, state.behind, offset=(state.p - 1) * PAGE_ROWS,
                        limit=PAGE_ROWS)  # fmt: skip
    pages = max(1, -(-page.total // PAGE_ROWS))
    parts = tuple((f"{label} {count:,}", href, part == state.behind)
                  for (label, count, href), part in zip(_parts(board, found), _keys(found.figure), strict=True))  # fmt: skip
    conditions = (
        board.regions[state.score].name,
        _("%(month)s · 锁数时的名单", month=month_words(board.head)),
        found.figure.formula,
    )
    return CaseListView(
        _name(found.path[-1]), conditions, page.total, tuple(_case(board, one) for one in page.rows), state.p, pages,
        state.to(p=state.p - 1) if state.p > 1 else None, state.to(p=state.p + 1) if state.p < pages else None, "", parts,
        state.to(behind="", p=1),
    )  # fmt: skip


def _case(board: Board, one: CaseHead) -> CaseRow:
    """Of sensitive kinds the wall shows the kind, never the text."""
    title = one.kind_label if one.sensitive else one.title
    if STATES[one.state].ended:
        left, hot = (_("逾期办结") if one.overdue else _("按期")), False
    else:
        left, hot = time_left({"close_due_at": one.close_due_at, "ended_at": None, "closed_at": None}, board.frame.now)
    return CaseRow(one.id, one.county_code, one.number, one.reported_at.astimezone(board.frame.place.zone), one.place, one.kind_label,
                   one.severity, one.severity_label, title, one.state_label, left, one.card, hot or one.overdue,
                   board.state.to(case=one.id))  # fmt: skip


def _keys(figure: Figure) -> tuple[str, ...]:
    return ("top",) if figure.base is None else ("base", "top", "rest")


def loop(deps: Deps, state: WallState, scope: Scope, *, person: Person) -> LoopView:
    """Problems of the region shown that are not closed: late ones first, then the oldest."""
    board = Board(deps, state, scope)
    found = list_problems(deps, person, region=board.frame.region.code, open_only=True, capability=_WALL)
    rows = sorted(found.rows, key=lambda one: (not one.overdue, one.opened_at, one.id))
    stages = tuple((str(PROBLEM_STEPS[key]), found.stages[key]) for key in PROBLEM_STEPS)
    return LoopView(_("问题清单"), _("发现 → 处理 → 举一反三 → 完善规章"), found.total, found.overdue, stages,
                    tuple(_problem(one) for one in rows[:_SHOWN]))  # fmt: skip


def _problem(one: ProblemRow) -> LoopRow:
    current = next((step for step in one.steps if step.step == one.stage), one.steps[-1])
    due = f"{current.due_on:%m-%d}" if current.due_on else ""
    return LoopRow(one.id, one.region_name, one.title, current.owner or "", due, one.overdue,
                   tuple(LoopStep(str(PROBLEM_STEPS[step.step]), _standing(one, step)) for step in one.steps))  # fmt: skip


def _standing(problem: ProblemRow, step: StepView) -> str:
    if step.checked_at:
        return "done"
    if step.done_at:
        return "waits"
    if step.step != problem.stage:
        return "next"
    return "late" if step.late else "now"
