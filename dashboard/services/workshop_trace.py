"""From a score down to what it counts: total, nodes, indicator with its arithmetic, numerator and denominator, cases."""

from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.lift import next_cut
from dashboard.domain.evaluation.model import Indicator, Node
from dashboard.services import words, workshop_words
from dashboard.services.desk_frame import Desk
from dashboard.services.evaluation_tabs import appeal_link
from dashboard.services.scheme_words import spoken
from dashboard.services.tracing import cases_behind
from dashboard.services.workshop import formula
from dashboard.services.workshop_frame import Workshop
from dashboard.views.desk import Link
from dashboard.views.dossier import CaseHead
from dashboard.views.workshop import Behind, CaseList, Hop, TraceBar

ROWS = 50  # cases a page


def trace(desk: Desk) -> TraceBar | None:
    """None: there are no figures, or no region is in focus."""
    here = Workshop(desk)
    if here.loaded is None or not here.at:
        return None
    steps = here.path(here.node.key) if here.node else ()
    hops = [_total(here), *(_node(here, one) for one in steps if isinstance(one, Node))]
    if here.indicator is None:
        below = sorted((one for one in here.scheme.children(here.node.key if here.node else "total")),
                       key=lambda one: _lost(here, one), reverse=True)  # fmt: skip
        hops += [_node(here, one, lost=True) for one in below[: 4 - len(steps)]]
        return TraceBar(tuple(hops), None, _("落到案件"), _("选一项指标，看它数了哪些案件"), "")
    hops += [_value(here, here.indicator), _fraction(here, here.indicator)]
    appeal = appeal_link(desk, here.head, here.at, node=here.indicator.key) if here.indicator.source != "cases" else ""
    return TraceBar(tuple(hops), *_cases(here, here.indicator), appeal)


def _points(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _total(here: Workshop) -> Hop:
    one = here.places[here.at]
    value = "—" if one.published is None else f"{one.published:.{here.scheme.digits}f}"
    cut = next_cut(here.scheme, one.published)
    note = _("%(band)s 档", band=one.band or "—")
    if cut and one.published is not None:
        gap = f"{cut[1] - one.published:.{here.scheme.digits}f}"
        note = _("%(band)s 档，距 %(next)s 差 %(gap)s", band=one.band, next=cut[0], gap=gap)
    if one.deducted:
        note += _("，扣 %(n)s", n=f"{one.deducted:g}")
    return Hop(_("%(name)s总分", name=here.name(here.at)), value, "/ 100", note, here.link(node=""), here.node is None)


def _node(here: Workshop, one: Node | Indicator, lost: bool = False) -> Hop:
    """Points of the whole, of those it could give; or what it costs most."""
    weight, score = here.shares[one.key], here.score(here.at, one)
    mean = _("均值 %(n)s", n=_points(_part(weight, here.mean(one))))
    note = _("没有数据") if score is None else _("失 %(n)s 分", n=_points(_lost(here, one))) if lost else mean
    on = here.node is not None and here.node.key == one.key
    return Hop(words.named(one), _points(_part(weight, score)), f"/ {weight:.1f}", note, here.link(node=one.key), on)


def _part(weight: float, score: float | None) -> float | None:
    return None if score is None else weight * score / 100


def _lost(here: Workshop, one: Node | Indicator) -> float:
    score = here.score(here.at, one)
    return 0.0 if score is None else here.shares[one.key] * (100 - score) / 100


def _value(here: Workshop, one: Indicator) -> Hop:
    value = here.loaded[2].scores.value[here.row(here.at), here.scheme.keys.index(one.key)]
    normal = here.score(here.at, one)
    if normal is None:
        return Hop(words.named(one), "—", "", _("样本不足，不评"), here.link(node=one.key), True)
    return Hop(words.named(one), f"{value:.{one.digits}f}", _("%(unit)s → %(n)s 分", unit=spoken(one.unit), n=_points(normal)),
               arithmetic(one, float(value)), here.link(node=one.key), True)  # fmt: skip


def arithmetic(one: Indicator, value: float) -> str:
    """How the value became points, in numbers where the method has fixed references."""
    if one.normalise == "goalposts" and one.targets:
        bad, good = one.targets
        share = min(max((value - bad) / (good - bad), 0), 1)
        text = f"({value:.{one.digits}f}−{bad:g})÷({good:g}−{bad:g})×100"
        return text if 0 < share < 1 else _("%(text)s，封顶封底", text=text)
    return str(workshop_words.NORMALISE[one.normalise])


def _fraction(here: Workshop, one: Indicator) -> Hop:
    row, column = here.row(here.at), here.scheme.keys.index(one.key)
    top, base = here.loaded[1].numerator[row, column], here.loaded[1].denominator[row, column]
    if one.exposure:
        base = here.loaded[1].exposure[one.exposure][row]
    below = f"÷ {base:,.0f}" if base == base else ""
    note, href = formula(one, here.desk.catalog), here.link(view="cases", part="top")
    return Hop(_("分子 ÷ 分母"), "—" if top != top else f"{top:,.0f}", below, note, href)


def _cases(here: Workshop, one: Indicator) -> tuple[int | None, str, str, str]:
    """(how many, label, note, link) of the cases below the figure."""
    row, column = here.row(here.at), here.scheme.keys.index(one.key)
    base = here.loaded[1].denominator[row, column]
    count = here.loaded[1].numerator[row, column] if base != base else base
    if one.source != "cases" or count != count:
        return None, _("落到案件"), _("数据来自导入表，没有案件"), ""
    if here.provisional:
        return None, _("落到案件"), _("锁数后可逐案查看"), ""
    part = "base" if one.denominator else "top"
    return int(count), _("落到案件"), _("已冻结，可抽查"), here.link(view="cases", part=part)


def cases(desk: Desk) -> CaseList | None:
    """The cases behind the figure in focus; None: nobody asked for them. Raises NotFound where there are none to list."""
    if desk.state.view != "cases":
        return None
    here = Workshop(desk)
    one = here.indicator
    if one is None or here.provisional or here.loaded is None or one.source != "cases":
        raise NotFound("cases", "this figure does not count cases", got=desk.state.node)
    part = desk.state.part or ("base" if one.denominator else "top")
    page = desk.state.p
    found = cases_behind(
        desk.deps, desk.person, here.head.id, here.at, one.key, part, offset=(page - 1) * ROWS, limit=ROWS
    )
    pages = max(1, -(-found.total // ROWS))
    appeal = appeal_link(desk, here.head, here.at, node=one.key, show="case")
    title = _("%(place)s · %(name)s", place=here.name(here.at), name=words.named(one))
    return CaseList(
        title,
        _parts(here, one, part),
        tuple(_behind(here, one_case, bool(appeal)) for one_case in found.rows),
        found.total,
        page,
        pages,
        here.head.frozen_at,
        desk.zone,
        here.link(view=""),
        desk.state.to(p=page - 1) if page > 1 else "",
        desk.state.to(p=page + 1) if page < pages else "",
        appeal,
    )


def _parts(here: Workshop, one: Indicator, part: str) -> tuple[Link, ...]:
    row, column = here.row(here.at), here.scheme.keys.index(one.key)
    top, base = (int(np_value) if np_value == np_value else None for np_value in
                 (here.loaded[1].numerator[row, column], here.loaded[1].denominator[row, column]))  # fmt: skip
    rows = [("top", _("分子"), top)]
    if one.denominator and base is not None:
        rows = [("base", _("分母"), base), *rows, ("rest", _("分母中不计入分子"), base - (top or 0))]
    return tuple(
        Link(key, label, here.state.to(view="cases", part=key, p=1), count, key == part) for key, label, count in rows
    )


def _behind(here: Workshop, one: CaseHead, speaks: bool) -> Behind:
    appeal = here.desk.state.bare(section="appeals", edition=str(here.head.id), at=here.at, node=here.state.node, show="case",
                                  item=f"{one.county_code}:{one.id}") if speaks else ""  # fmt: skip
    return Behind(one.number, one.title, one.kind_label, one.place, one.reported_at, one.state_label,
                  DeskState(case=f"{one.county_code}:{one.id}").to(), appeal)  # fmt: skip
