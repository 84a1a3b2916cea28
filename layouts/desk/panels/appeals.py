"""Appeals against an edition: the list for all the ranked, one in full with its evidence, the decision, and a new one."""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.evaluation import AppealEntry, AppealsPage, Moved, NewAppeal
from layouts.desk import forms, history, verdicts
from layouts.shared import frame, numbers
from layouts.shared.segments import segments

_API = "/api/v1/appeals"
_TONES = {"filed": "warn", "upheld": "ok"}


def draw(view: AppealsPage, _state: DeskState) -> Component:
    if not view.edition:
        return html.Section(
            frame.empty(_("还没有可申诉的一期"), _("公示之后，被评价的辖区可以对一件案件、一个数值或一次扣分提出申诉")),
            className="panel panel--whole",
        )
    side = _side(view)
    return verdicts.columns([_head(view), _bar(view), _list(view), verdicts.pages(view.paging)], side, _("申诉详情"))


def _head(view: AppealsPage) -> Component:
    if view.taken:
        until = _("受理至 %(at)s", at=verdicts.at(view.until, view.zone)) if view.until else _("正在受理")
    else:
        until = _("现在不受理申诉")
    new = (
        html.A(
            _("提出申诉"), href=view.new_href, className="button button--small button--primary", **{"data-new": "true"}
        )
        if view.new_href
        else None
    )
    return verdicts.top(
        _("申诉"), f"{view.title} · {until} · " + _("裁决人不在评分链内"), verdicts.exports(view.export), new
    )


def _bar(view: AppealsPage) -> Component:
    return verdicts.bar(
        verdicts.tabs(_("状态"), view.stages),
        verdicts.menu(_("辖区"), view.regions),
        verdicts.menu(_("排序"), view.sorts),
    )


def _list(view: AppealsPage) -> Component:
    names = (_("辖区"), _("对什么"), _("理由"), _("提交时间"), _("裁决期限"), _("状态"))
    rows = [_row(one, view) for one in view.rows]
    return verdicts.table(names, rows, _("申诉"), _("没有这样的申诉"), _("采纳的申诉会重新计算，并列出每一处名次变化"))


def _row(one: AppealEntry, view: AppealsPage) -> Component:
    row = one.row
    late = [verdicts.mark(_("逾期"), "bad")] if row.late and row.state == "filed" else []
    cells = (
        one.subject,
        html.Span(row.claim, className="rows__text", title=row.claim),
        f"{row.filed_at.astimezone(view.zone):%m-%d %H:%M}",
        [f"{row.due_at.astimezone(view.zone):%m-%d %H:%M}", *late],
        verdicts.mark(one.state, _TONES.get(row.state, "")),
    )
    return verdicts.row(row.region_name, one.href, cells, one.on, row.id)


def _side(view: AppealsPage) -> list[Component] | None:
    if view.new is not None:
        return verdicts.opened(
            _("%(place)s：提出申诉", place=view.new.region_name), view.close_href, _new(view.new, view)
        )
    if view.open is not None:
        return verdicts.opened(
            f"{view.open.row.region_name} · {view.open.subject}", view.close_href, *_detail(view.open, view)
        )
    if view.moved:
        return verdicts.opened(_("申诉采纳后的名次变化"), view.close_href, _moved(view.moved))
    return None


def _detail(one: AppealEntry, view: AppealsPage) -> list[Component | None]:
    row, zone = one.row, view.zone
    case = html.A(row.case_number, href=one.case_href, className="textlink") if one.case_href else row.case_number
    pairs = [
        (_("辖区"), row.region_name),
        (_("对什么"), one.subject),
        (_("案件"), case if row.case_number else ""),
        (_("请求"), one.asked),
        (_("状态"), one.state),
        (_("提交人"), f"{row.actor} · {verdicts.at(row.filed_at, zone)}"),
        (_("裁决期限"), _("%(at)s（%(n)s 个工作日）", at=verdicts.at(row.due_at, zone), n=row.limit)),
        (
            _("谁可裁决"),
            _("审计员：没有提交、没有参与评分、没有记录该扣分、不代表该辖区的人") if row.state == "filed" else "",
        ),
    ]
    return [
        verdicts.facts(pairs),
        verdicts.part(_("理由"), html.P(row.claim, className="verdicts__said")),
        verdicts.part(_("证据 %(n)s 件", n=row.shown), _evidence(row.evidence, row.shown)),
        _decision(one, view),
        *_acts(one),
    ]


def _evidence(files: tuple[str, ...], shown: int) -> Component:
    if files:
        return history.gallery(files)
    words = _("证据只给当事辖区、评价员和审计员看") if shown else _("没有证据")
    return html.P(words, className="dim")


def _decision(one: AppealEntry, view: AppealsPage) -> Component | None:
    row = one.row
    if row.decision is None:
        return None
    pairs = [
        (_("结果"), one.state),
        (_("裁决人"), f"{row.decider} · {verdicts.at(row.decided_at, view.zone)}"),
        (_("效果"), one.granted),
    ]
    moved = _moved(view.moved) if view.moved and row.state == "upheld" else None
    note = (
        html.P(_("复核时按效果重新计算；每一处名次变化都会列出"), className="dim")
        if one.granted and not moved
        else None
    )
    return verdicts.part(
        _("裁决结果"), html.P(row.decision, className="verdicts__said"), verdicts.facts(pairs), moved, note
    )


def _moved(rows: tuple[Moved, ...]) -> Component:
    names = (_("辖区"), _("原名次"), _("现名次"), _("原得分"), _("现得分"))
    body = [
        html.Tr(
            [
                html.Th(one.region, scope="row"),
                *(
                    html.Td(numbers.number(value, digits), className="num")
                    for value, digits in ((one.before, 0), (one.after, 0), (one.score_before, 1), (one.score_after, 1))
                ),
            ]
        )
        for one in rows
    ]
    head = html.Thead(
        html.Tr([html.Th(name, scope="col", className="num" if n else "") for n, name in enumerate(names)])
    )
    return html.Table([head, html.Tbody(body)], className="plain moved", **{"aria-label": _("名次变化")})


def _acts(one: AppealEntry) -> list[Component]:
    row, out = one.row, []
    if "uphold" in row.actions:
        out.append(verdicts.folded(_("采纳"), _uphold(one), primary=True))
        fixed = json.dumps({"upheld": False, "version": row.version})
        refuse = forms.form(
            f"POST {_API}/{row.id}/decision",
            [forms.line("decision", _("裁决理由"), rows=3)],
            _("不采纳"),
            fixed=fixed,
            result=_("已裁决：不采纳"),
        )
        out.append(verdicts.folded(_("不采纳"), refuse))
    if "withdraw" in row.actions:
        fixed = json.dumps({"version": row.version})
        out.append(
            forms.tool(
                f"POST {_API}/{row.id}/withdrawal",
                _("撤回申诉"),
                fixed=fixed,
                sure=_("撤回这件申诉？"),
                result=_("已撤回"),
            )
        )
    return [html.Div(out, className="verdicts__acts")] if out else []


def _uphold(one: AppealEntry) -> Component:
    """The effect is about the very item of the wish; it may be more or less than was asked."""
    row = one.row
    wish = dict(row.wish)
    fields: list[Component] = [forms.line("decision", _("裁决理由"), rows=3)]
    if row.subject == "case":
        fields += _counting("effect", wish)
    if row.subject == "value":
        fields += [
            forms.line(f"effect.{key}", name, f"{wish[key]:g}" if key in wish else "", needed=False)
            for key, name in (("top", _("分子")), ("base", _("分母")))
        ]
    said = {key: value for key, value in wish.items() if key not in ("top", "base")}
    fixed = json.dumps({"upheld": True, "version": row.version, "effect": said})
    return forms.form(
        f"POST {_API}/{row.id}/decision", fields, _("采纳并写入效果"), fixed=fixed, result=_("已裁决：采纳")
    )


def _counting(name: str, wish: dict) -> list[Component]:
    """How a case has to count: once or not at all."""
    known = {
        "top": [("", _("不改")), ("1", _("计入分子")), ("0", _("不计入分子"))],
        "base": [("", _("不改")), ("1", _("计入分母")), ("0", _("不计入分母"))],
    }
    labels = {"top": _("分子"), "base": _("分母")}
    return [
        forms.choice(f"{name}.{key}", labels[key], options, f"{wish[key]:g}" if key in wish else "", needed=False)
        for key, options in known.items()
    ]


def _new(new: NewAppeal, view: AppealsPage) -> Component:
    until = _("受理至 %(at)s", at=verdicts.at(view.until, view.zone)) if view.until else _("正在受理")
    kinds = segments(_("对什么申诉"), ((one.label, one.href, one.on) for one in new.subjects), "small")
    fixed = {"wish": {"subject": new.subject, "region": new.region}}
    fields = _FIELDS[new.subject](new, fixed["wish"])
    fields += [forms.line("claim", _("理由"), rows=4), forms.files("evidence", _("证据照片"))]
    form = forms.form(
        f"POST /api/v1/editions/{new.edition}/appeals",
        fields,
        _("提交申诉"),
        fixed=json.dumps(fixed),
        result=_("申诉已提交，裁决期限内会有答复"),
        then=f"?section=appeals&edition={new.edition}&item={{id}}",
    )
    return html.Div([html.P(until, className="dim verdicts__lead"), kinds, form], className="verdicts__new")


def _case(new: NewAppeal, wish: dict) -> list[Component]:
    fields: list[Component] = []
    if new.case:
        county, key, number = new.case
        wish.update(county=county, case=key)
        fields.append(html.P([html.Span(_("案件")), html.B(number)], className="verdicts__fixed"))
    else:
        wish["county"] = new.region
        fields.append(_finder(new))
    indicators = [(one.key, one.label) for one in new.indicators]
    fields.append(forms.choice("wish.indicator", _("在哪项指标里"), indicators, new.indicator))
    return [*fields, *_counting("wish", {"top": 1})]


def _finder(new: NewAppeal) -> Component:
    """A case of the region by its number or words (assets/desk/dialog.js)."""
    find = html.Div(
        "",
        className="field__line",
        contentEditable="plaintext-only",
        role="textbox",
        tabIndex=0,
        **{
            "data-find-case": new.region,
            "aria-label": _("按案号或事由找"),
            "data-hint": _("按案号或事由找"),
            "data-none": _("没有找到"),
        },
    )
    found = html.Div(
        [],
        className="options",
        role="radiogroup",
        **{
            "data-name": "wish.case",
            "data-several": "false",
            "data-needed": _("哪件案件"),
            "aria-label": _("哪件案件"),
        },
    )
    return html.Div([html.Span(_("哪件案件"), className="field__label"), find, found], className="field")


def _value(new: NewAppeal, _wish: dict) -> list[Component]:
    indicators = [(one.key, one.label) for one in new.indicators]
    return [
        forms.choice("wish.indicator", _("哪项指标"), indicators, new.indicator),
        forms.line("wish.top", _("分子应为"), hint=_("数")),
        forms.line("wish.base", _("分母应为"), needed=False, hint=_("不改就留空")),
    ]


def _deduction(new: NewAppeal, _wish: dict) -> list[Component]:
    if not new.deductions:
        return [frame.empty(_("本辖区没有扣分"))]
    rows = [(one.key, one.label) for one in new.deductions]
    return [
        forms.choice("wish.deduction", _("哪一次扣分"), rows, new.deduction),
        forms.choice("wish.removed", _("请求"), [("true", _("撤销这次扣分"))], "true"),
    ]


_FIELDS = {"case": _case, "value": _value, "deduction": _deduction}
