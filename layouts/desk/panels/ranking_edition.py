"""The life of the edition in focus: its eight states, what may be done next, who did what, and the others there are."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import Link
from dashboard.views.workshop import Act, EditionBar, Stage
from layouts.desk import forms
from layouts.shared import numbers


def draw(view: EditionBar, state: DeskState) -> Component:
    stages = html.Ol(
        [_stage(one, n + 1) for n, one in enumerate(view.stages)],
        className="stages",
        **{"aria-label": _("晾晒期的环节")},
    )
    return html.Div(
        [_title(view), stages, _tools(view)], className="edition", **{"data-edition": view.id, "data-state": view.state}
    )


def _title(view: EditionBar) -> Component:
    mark = [html.Em(_("试算 · 未发布"), className="mark mark--warn")] if view.provisional else []
    if view.issue > 1:
        mark.append(html.Em(_("第 %(issue)s 版", issue=view.issue), className="mark"))
    picker = html.Details(
        [
            html.Summary(
                [html.H2(view.title, className="edition__name"), *mark],
                className="edition__pick",
                **{"aria-label": _("换一期")},
            ),
            html.Div(
                [_links(_("方案"), view.schemes), _links(_("晾晒期"), view.editions)],
                className="menu__list edition__menu",
            ),
        ],
        className="menu",
        **{"data-menu": "edition"},
    )
    digest = _(" · 输入 %(digest)s", digest=f"{view.digest[:4]}…{view.digest[-4:]}") if view.digest else ""
    return html.Div(
        [picker, html.P(view.scheme + digest, className="edition__about", title=view.digest)],
        className="edition__title",
    )


def _links(title: str, links: tuple[Link, ...]) -> Component:
    rows = [html.A([html.Span(one.label), *([html.Small(_("现在"))] if one.on else [])], href=one.href,
                   className="menu__item" + (" menu__item--on" if one.on else ""),
                   **({"aria-current": "true"} if one.on else {})) for one in links]  # fmt: skip
    return html.Div([html.P(title, className="menu__title"), *rows])


def _stage(one: Stage, n: int) -> Component:
    done = one.standing == "done"
    dot = html.U("✓" if done else str(n), **{"aria-hidden": "true"})
    current = {"aria-current": "step"} if one.standing == "now" else {}
    return html.Li([dot, html.B(one.label), html.Span(one.note)], className=f"stage stage--{one.standing}",
                   **{"data-stage": one.key, **current})  # fmt: skip


def _tools(view: EditionBar) -> Component:
    waiting = html.P(view.waiting, className="edition__waiting") if view.waiting else None
    row = html.Div(
        [*(_act(one, view, n == 0) for n, one in enumerate(view.acts)), _past(view)], className="edition__acts"
    )
    return html.Div([row, waiting], className="edition__tools")


def _act(one: Act, view: EditionBar, first: bool) -> Component:
    """A menu that says what will happen and asks for a note."""
    key = [html.Kbd("N")] if first else []
    fields = [forms.line("note", _("说明（记入经过）"), rows=2)] if one.noted else []
    form = forms.form(one.api, fields, one.label, fixed=one.fixed, result=_("%(action)s：已完成", action=one.label))
    box = html.Div(
        [html.P(one.hint, className="edition__hint"), form], className="menu__list menu__list--right menu__list--form"
    )
    shortcut = {"data-next-act": "true", "aria-keyshortcuts": "N"} if first else {}
    kind = "button button--small" + (" button--primary" if first else "")
    return html.Details(
        [html.Summary([one.label, *key], className=kind, **shortcut), box], className="menu", **{"data-act": one.action}
    )


def _past(view: EditionBar) -> Component:
    rows = [
        html.Li(
            [
                html.Time(f"{one.at.astimezone(view.zone):%m-%d %H:%M}"),
                html.B(one.label),
                html.Span(" · ".join(part for part in (one.actor, one.role) if part)),
                html.P(one.note or numbers.NONE),
            ]
        )
        for one in reversed(view.past)
    ]
    body = html.Ol(rows, className="past") if rows else html.P(_("还没有人动过"), className="menu__note")
    return html.Details([html.Summary(_("经过 %(n)s", n=len(view.past)), className="button button--small"),
                         html.Div(body, className="menu__list menu__list--right past__box")], className="menu")  # fmt: skip
