"""One case over the wall: its facts and its way through the loop."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.cases import CaseView, StepRow
from layouts.shared import badge
from layouts.wall import command


def draw(view: CaseView, state: WallState, *, order: bool = False) -> Component:
    """`order`: an order can be given about the case."""
    row = view.row
    title = html.H2(
        [badge.severity(row.severity, row.severity_label), row.title],
        id="wall-case-title",
        className="dialog__title",
        tabIndex=-1,
    )
    back = html.A(
        _("返回"), href=view.back, className="button", **{"data-close": "true", "aria-keyshortcuts": "Escape"}
    )
    late = " dialog__due--late" if row.late else ""
    due = html.P([html.B(row.state), badge.card(row.card, row.due)], className=f"dialog__due{late}")
    tools = html.Div([*command.link(state, order), back], className="dialog__tools")
    head = html.Header([title, tools, due], className="dialog__head")
    body = html.Div([_facts(view.facts), _steps(view.steps)], className="dialog__body dialog__body--case", tabIndex=0)
    return html.Div(
        [head, body], className="dialog", role="dialog", **{"aria-modal": "true", "aria-labelledby": "wall-case-title"}
    )


def _facts(facts: tuple[tuple[str, str], ...]) -> Component:
    pairs = [html.Div([html.Dt(name), html.Dd(words)]) for name, words in facts]
    return html.Section([html.H3(_("案件信息"), className="case__part"), html.Dl(pairs, className="facts")])


def _steps(steps: tuple[StepRow, ...]) -> Component:
    return html.Section(
        [html.H3(_("办理经过"), className="case__part"), html.Ol([_step(step) for step in steps], className="steps")]
    )


def _step(step: StepRow) -> Component:
    when = html.Time(f"{step.at:%m-%d %H:%M:%S}", dateTime=step.at.isoformat(), className="steps__time")
    words = html.P([html.B(step.label), html.Span(step.actor)], className="steps__what")
    return html.Li([when, html.Div([words, html.P(step.note, className="steps__note")] if step.note else [words])])
