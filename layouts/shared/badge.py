"""Small signs that carry a state in letter or word as well as in colour: band, severity, card, change."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.wall import Change
from layouts.shared import numbers


def band(letter: str | None) -> Component:
    """The letter of a band on its colour; hatch where there is none."""
    name = letter or "N"
    label = _("%(letter)s 档", letter=letter) if letter else _("数据不足")
    return html.Span(letter or "", className=f"band band--{name}", role="img", **{"aria-label": label})


def severity(code: str, label: str) -> Component:
    """A word: outline at 一般, filled from 重大 up."""
    return html.Span(label, className=f"severity severity--{code}")


def card(colour: str, words: str) -> Component:
    """A yellow or red card, drawn upright; `colour` "none" draws nothing."""
    if colour == "none":
        return html.Span(words, className="card-count")
    return html.Span(
        [html.I(className=f"card card--{colour}", **{"aria-hidden": "true"}), words], className="card-count"
    )


def change(label: str, item: Change) -> Component:
    """A difference with its name. Better or equal is plain, worse stands in an amber box."""
    name = "change__value change__value--worse" if item.worse else "change__value"
    figure = html.Span(numbers.change(item), className=name)
    return html.Span([html.Span(label, className="change__label"), figure], className="change")
