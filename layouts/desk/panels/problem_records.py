"""Records beside the problems: red and black lists, rungs of the ladder, deductions and vetoes. People enter all of them."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.appeals import DeductionLine, VetoLine
from dashboard.views.evaluation import ListEntry, ProblemsPage, RungEntry
from layouts.desk import forms, history, verdicts
from layouts.shared import numbers


def draw(view: ProblemsPage) -> Component:
    parts, side = _SHOWS[view.show](view)
    head = verdicts.top(_("问题"), "", verdicts.tabs(_("问题各页"), view.shows), verdicts.exports(view.export))
    hint = verdicts.bar(html.P(_HINTS[view.show](), className="dim"))
    forms_ = [one for one in side if one is not None]
    right = html.Div(forms_, className="panel panel--forms verdicts__side", tabIndex=0)
    left = html.Section([head, hint, *parts], className="panel verdicts__list")
    return html.Div([left, *([right] if forms_ else [])], className="verdicts" + (" verdicts--open" if forms_ else ""))


_HINTS = {
    "lists": lambda: _("只凭理由和证据列入，从不自动"),
    "rungs": lambda: _("通报 → 约谈 → 挂牌 → 摘牌，只作记录，从不自动"),
    "deductions": lambda: _("加倍、封顶和到期按方案自动折算；一票否决是标记，不是分数"),
}


def _part(title: str, table: Component) -> Component:
    return html.Section([html.H3(title, className="records__title"), table], className="records")


def _plain(
    names: Sequence[str], rows: Sequence[Sequence], label: str, none: str, figures: Sequence[int] = ()
) -> Component:
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    return verdicts.table(names, body, label, none, figures=figures)


def _text(words: str) -> Component:
    return html.Span(words, className="rows__text", title=words)


def _files(files: tuple[str, ...], shown: int | None = None) -> Component | str:
    if files:
        return history.gallery(files)
    return _("%(n)s 件（不归您看）", n=shown) if shown else numbers.NONE


def _form(title: str, form: Component) -> Component:
    return html.Section([html.Header(html.H2(title, className="head__title"), className="head"), form])


# Red and black lists


def _lists(view: ProblemsPage) -> tuple[list[Component], list[Component | None]]:
    names = (_("榜"), _("辖区"), _("理由"), _("证据"), _("列入"), "")
    rows = [_listing(one, view) for one in view.listings]
    title = view.edition_title or _("还没有发布的一期")
    return [_part(title, _plain(names, rows, _("红黑榜"), _("本期没有列入红榜或黑榜的辖区")))], [_list_form(view)]


def _listing(one: ListEntry, view: ProblemsPage) -> tuple:
    row = one.row
    if row.withdrawn_at:
        last = html.Span(_("已撤下：%(why)s", why=row.withdrawn_why or ""), className="dim")
    else:
        last = _why(f"POST /api/v1/listings/{row.id}/withdrawal", _("撤下")) if "list" in view.may else ""
    return (
        verdicts.mark(one.side, "bad" if row.side == "black" else "ok"),
        row.region_name,
        _text(row.reason),
        _files(row.evidence, row.shown),
        f"{row.actor} · {row.listed_at.astimezone(view.zone):%m-%d %H:%M}",
        last,
    )


def _why(api: str, words: str) -> Component:
    return verdicts.folded(words, forms.form(api, [forms.line("why", _("理由"), rows=2)], words))


def _list_form(view: ProblemsPage) -> Component | None:
    if "list" not in view.may:
        return None
    fields = [
        forms.place("region", _("哪个辖区"), view.place),
        forms.choice("side", _("哪个榜"), [("red", _("红榜")), ("black", _("黑榜"))]),
        forms.line("reason", _("理由"), rows=3),
        forms.files("evidence", _("证据照片")),
    ]
    return _form(
        _("列入红黑榜"),
        forms.form(f"POST /api/v1/editions/{view.edition}/listings", fields, _("列入"), result=_("已列入")),
    )


# The ladder


def _rungs(view: ProblemsPage) -> tuple[list[Component], list[Component | None]]:
    names = (_("级"), _("辖区"), _("依据"), _("期限"), _("结果"), _("证据"), _("记录"))
    rows = [_rung(one, view) for one in view.rungs]
    return [_part(_("督办阶梯"), _plain(names, rows, _("督办阶梯"), _("还没有记录")))], [_climb_form(view)]


def _rung(one: RungEntry, view: ProblemsPage) -> tuple:
    row = one.row
    late = [verdicts.mark(_("逾期"), "bad")] if row.overdue else []
    return (
        verdicts.mark(one.rung, "warn" if row.rung == "listed" else ""),
        row.region_name,
        _text(row.basis),
        [f"{row.due_on:%Y-%m-%d}" if row.due_on else numbers.NONE, *late],
        _text(row.outcome or numbers.NONE),
        _files(row.evidence),
        f"{row.actor} · {row.at.astimezone(view.zone):%m-%d %H:%M}",
    )


def _climb_form(view: ProblemsPage) -> Component | None:
    if "climb" not in view.may:
        return None
    fields = [
        forms.place("region", _("哪个辖区"), view.place),
        forms.choice("rung", _("哪一级"), [(one.key, one.label) for one in view.rungs_known]),
        forms.line("basis", _("依据"), rows=3),
        forms.line("due_on", _("期限"), f"{view.days[1]:%Y-%m-%d}", needed=False),
        forms.line("outcome", _("结果（摘牌须写）"), rows=2, needed=False),
        forms.files("evidence", _("证据照片（摘牌须附）"), needed=False),
    ]
    return _form(_("记一级督办"), forms.form("POST /api/v1/rungs", fields, _("记录"), result=_("已记录")))


# Deductions and vetoes


def _deductions(view: ProblemsPage) -> tuple[list[Component], list[Component | None]]:
    names = (_("辖区"), _("规则"), _("日期"), _("数量"), _("今日计"), _("理由"), _("证据"), "")
    rows = [_deduction(one, view) for one in view.deductions]
    vetoes = [_veto(one, view) for one in view.vetoes]
    heads = (_("辖区"), _("依据"), _("提出"), _("决定"), _("起"), _("止"), _("证据"), "")
    parts = [
        _part(_("扣分"), _plain(names, rows, _("扣分"), _("没有扣分"), figures=(3, 4))),
        _part(_("一票否决"), _plain(heads, vetoes, _("一票否决"), _("没有一票否决"))),
    ]
    return parts, [_deduct_form(view), _veto_form(view)]


def _deduction(one: DeductionLine, view: ProblemsPage) -> tuple:
    if one.withdrawn_at:
        last = html.Span(_("已撤销：%(why)s", why=one.withdrawn_why or ""), className="dim")
    else:
        last = (
            _why(f"POST /api/v1/deductions/{one.id}/withdrawal", _("撤销"))
            if "deduct" in view.may
            else _appeal(one, view)
        )
    marks = [verdicts.mark(words) for words, on in ((_("重复"), one.again), (_("重要时段"), one.secured)) if on]
    points = numbers.NONE if one.points is None else f"−{one.points:g}"
    return (
        one.region_name,
        [one.rule_name, *marks],
        f"{one.day:%Y-%m-%d}",
        f"{one.units:g}",
        html.B(points),
        _text(one.reason),
        _files(one.evidence),
        last,
    )


def _appeal(one: DeductionLine, view: ProblemsPage) -> Component | str:
    href = view.appeals.get(one.id)
    return html.A(_("对这次扣分申诉"), href=href, className="textlink", **{"data-appeal": one.id}) if href else ""


def _veto(one: VetoLine, view: ProblemsPage) -> tuple:
    if one.lifted_at:
        last = html.Span(_("已解除：%(why)s", why=one.lifted_why or ""), className="dim")
    elif "veto" in view.may:
        last = _why(f"POST /api/v1/vetoes/{one.id}/lifting", _("解除"))
    else:
        last = verdicts.mark(_("有效"), "bad") if one.stands else ""
    return (
        one.region_name,
        _text(one.basis),
        one.proposed_by,
        one.actor,
        f"{one.decided_on:%Y-%m-%d}",
        f"{one.until:%Y-%m-%d}" if one.until else _("至解除"),
        _files(one.evidence),
        last,
    )


def _deduct_form(view: ProblemsPage) -> Component | None:
    if "deduct" not in view.may:
        return None
    fields = [
        forms.place("region", _("哪个辖区"), view.place),
        forms.choice("rule", _("哪条规则"), [(one.key, one.label) for one in view.rules]),
        forms.line("day", _("哪一天"), f"{view.days[0]:%Y-%m-%d}"),
        forms.line("units", _("数量"), "1"),
        forms.choice("secured", _("重要时段内"), [("false", _("否")), ("true", _("是，加倍"))], "false"),
        forms.line("secured_why", _("为何属重要时段"), needed=False),
        forms.line("reason", _("理由"), rows=3),
        forms.files("evidence", _("证据照片")),
    ]
    return _form(
        _("记一次扣分"),
        forms.form(
            "POST /api/v1/deductions",
            fields,
            _("记录"),
            fixed=f'{{"scheme": "{view.scheme}"}}',
            result=_("已记录；同一年重复发生的自动加倍"),
        ),
    )


def _veto_form(view: ProblemsPage) -> Component | None:
    if "veto" not in view.may:
        return None
    fields = [
        forms.place("region", _("哪个辖区"), view.place),
        forms.line("basis", _("依据"), rows=3),
        forms.line("proposed_by", _("谁提出（不能是决定人）")),
        forms.line("decided_on", _("决定日"), f"{view.days[0]:%Y-%m-%d}"),
        forms.line("until", _("到哪天为止"), needed=False, hint=_("不填：至解除")),
        forms.files("evidence", _("证据照片")),
    ]
    return _form(
        _("记一票否决"), forms.form("POST /api/v1/vetoes", fields, _("记录"), fixed=f'{{"scheme": "{view.scheme}"}}')
    )


_SHOWS = {"lists": _lists, "rungs": _rungs, "deductions": _deductions}
