"""Weights by comparing children in pairs (层次分析): what is entered comes to weights and a consistency ratio at once."""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.scheme_pages import Pairs, SchemesPage, Weighed
from layouts.desk import forms, ids, verdicts
from layouts.shared import frame


def draw(view: SchemesPage) -> list[Component]:
    pick = html.Div(verdicts.menu(_("比较哪一层"), view.nodes), className="verdicts__bar")
    if view.pairs is None:
        return [pick, frame.empty(_("这一层的项目太少或太多，不宜两两比较"))]
    one = view.pairs
    hint = html.P(
        _("行比列重要几倍：1 同样重要，3 稍重要，5 明显，7 强烈，9 极端；反过来用分数，如 0.2。"), className="dim"
    )
    body: list[Component] = [
        hint,
        _matrix(one, view.may_save),
        html.Div(weighed(_now(one)), id=ids.SCHEME_WEIGHED, className="weighed", **{"aria-live": "polite"}),
    ]
    if not view.may_save:
        return [pick, html.Div(body, className="verdicts__body panel__scroll", tabIndex=0)]
    fixed = json.dumps({"base": view.version, "compared": one.node})
    form = forms.form(
        f"POST /api/v1/schemes/{view.key}/versions",
        [*body, forms.line("note", _("改了什么、为什么（存为新版必填）"))],
        _("按这些权重存为版本 %(n)s", n=view.version + 1),
        fixed=fixed,
        result=_("已存为版本 {version}"),
        then=f"?section=schemes&item={view.key}&show=weights&node={one.node}",
        detailed=True,
    )
    return [pick, html.Div(form, className="panel__scroll", tabIndex=0)]


def _now(one: Pairs) -> Weighed:
    rows = tuple((row.label, weight) for row, weight in zip(one.rows, one.weights, strict=True))
    return Weighed(rows, one.ratio, "")


def _matrix(one: Pairs, may: bool) -> Component:
    head = html.Thead(html.Tr([html.Td(""), *(html.Th(row.label, scope="col", className="num") for row in one.rows)]))
    body = [
        html.Tr(
            [
                html.Th(row.label, scope="row"),
                *(html.Td(_cell(one, n, m, may), className="num") for m in range(len(one.rows))),
            ]
        )
        for n, row in enumerate(one.rows)
    ]
    return html.Table(
        [head, html.Tbody(body)], className="plain pairs", **{"data-pairs": one.node, "aria-label": _("两两比较")}
    )


def _cell(one: Pairs, n: int, m: int, may: bool) -> Component | str:
    """Above the diagonal a figure to enter, below it what follows from that (assets/desk/schemes.js)."""
    if n == m:
        return "1"
    low, high = min(n, m), max(n, m)
    key = f"{one.rows[low].key}~{one.rows[high].key}"
    value = one.values[key] if n < m else 1 / one.values[key]
    shown = f"{value:.4g}"
    if n > m:
        return html.Output(shown, **{"data-mirror": key})
    if not may:
        return shown
    words = _("%(a)s比%(b)s重要几倍", a=one.rows[n].label, b=one.rows[m].label)
    return html.Textarea(
        shown,
        rows=1,
        className="cell",
        **{"data-name": f"pairs.{key}", "data-needed": words, "data-pair": key, "aria-label": words},
    )


def weighed(view: Weighed) -> Component:
    if view.fault:
        return html.P(view.fault, className="bad", role="alert")
    rows = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                html.Td(f"{weight:.1f}", className="num"),
                html.Td(
                    html.Span(html.I(style={"width": f"{weight:.0f}%"}), className="tree__bar"),
                    className="weighed__bar",
                ),
            ]
        )
        for name, weight in view.rows
    ]
    ratio = html.P([_("一致性比率 "), html.B(f"{view.ratio:.3f}"), _("（不得超过 0.1）")], className="weighed__ratio")
    return html.Div([html.Table(html.Tbody(rows), className="plain", **{"aria-label": _("权重")}), ratio])
