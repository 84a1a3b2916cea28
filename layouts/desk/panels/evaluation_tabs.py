"""Tabs over the sections about evaluation, and the edition that their verdicts belong to. Elsewhere nothing is drawn."""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import Link
from dashboard.views.evaluation import TabsView
from layouts.desk import verdicts
from layouts.shared import numbers


def draw(view: TabsView, _state: DeskState) -> Component:
    faults = {"data-faults": json.dumps(dict(view.faults), ensure_ascii=False)}
    if not view.tabs:
        return html.Div(hidden=True, **faults)
    parts: list[Component] = [
        html.Nav([_tab(one) for one in view.tabs], className="subbar__tabs", **{"aria-label": _("晾晒各栏")})
    ]
    if view.editions:
        parts.append(html.Div(verdicts.menu(_("哪一期"), _chosen(view)), className="subbar__edition"))
    return html.Div(parts, className="subbar", **faults)


def _chosen(view: TabsView) -> tuple[Link, ...]:
    """One that is not among them (superseded, say) is named all the same."""
    if any(one.on for one in view.editions) or not view.edition:
        return view.editions
    return (Link("", view.edition, "", on=True), *view.editions)


def _tab(one: Link) -> Component:
    current = {"aria-current": "page"} if one.on else {}
    count = [html.B(numbers.number(one.count), className="subbar__count")] if one.count is not None else []
    return html.A([one.label, *count], href=one.href, className="subbar__link" + (" subbar__link--on" if one.on else ""),
                  **{"data-tab": one.key, **current})  # fmt: skip
