"""Indicators and weights as a tree, and below it what the one in focus means."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop import Branch, TreeView
from layouts.shared import frame, numbers


def draw(view: TreeView | None, state: DeskState) -> Component:
    """`view` None: no scheme can be read."""
    if view is None:
        return frame.empty(_("没有评价方案"))
    note = html.P(view.scheme, className="head__note head__end")
    head = frame.head(_("指标与权重"), "", note)
    most = max((one.weight for one in view.branches), default=1.0)
    tree = html.Ul(
        [_branch(one, 1, most) for one in view.branches],
        className="tree",
        role="tree",
        **{"aria-label": _("指标与权重")},
    )
    return html.Div(
        [head, html.Div(tree, className="panel__scroll"), _about(view), _foot(view)], className="panel__fill"
    )


def _branch(one: Branch, level: int, most: float) -> Component:
    """`most`: the greatest weight on the top level: every bar is a share of it."""
    opened = {"aria-expanded": "true" if one.open else "false"} if one.children else {}
    twist = html.I(className="tree__twist", **{"data-twist": "true", "aria-hidden": "true"})
    bar = html.Span(html.I(style={"width": f"{100 * one.weight / most:.0f}%" if most else "0"}), className="tree__bar",
                    **{"aria-hidden": "true"})  # fmt: skip
    label = html.Span([twist, html.Span(one.label, className="tree__name", title=one.label)], className="tree__label")
    row = html.A(
        [label, bar, html.B(numbers.number(one.weight, 1))],
        href=one.href,
        role="treeitem",
        tabIndex=0 if one.on or level == 1 else -1,
        className=f"tree__row tree__row--{min(level, 4)}" + (" tree__row--on" if one.on else ""),
        **{"aria-level": str(level), "aria-selected": "true" if one.on else "false", "data-node": one.key, **opened},
    )
    below = [html.Ul([_branch(child, level + 1, most) for child in one.children], role="group")] if one.children else []
    return html.Li([row, *below], role="none")


def _about(view: TreeView) -> Component:
    rows = [html.Div([html.Dt(term), html.Dd(words)]) for term, words in view.about]
    return html.Section(
        [html.H3(view.title), html.Dl(rows)], className="about", tabIndex=0, **{"aria-label": view.title}
    )


def _foot(view: TreeView) -> Component:
    good = abs(view.total - 100) < 0.05
    parts = [
        html.Span(
            [
                _("合计"),
                html.B(f"{numbers.number(view.total, 1)}{' ✓' if good else ''}", className="" if good else "bad"),
            ]
        )
    ]
    if view.ratio is not None:
        sound = view.ratio <= 0.1
        told = f"{numbers.number(view.ratio, 3)}{' ✓' if sound else ''}"
        parts.append(html.Span([_("层次分析法 CR"), html.B(told, className="" if sound else "bad")]))
    tool = html.A([_("试权重"), html.Kbd("W")], href=view.weigh, className="head__tool", **{"data-key-w": "true"})
    return html.Footer([*parts, tool], className="sums")
