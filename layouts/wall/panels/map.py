"""The map's words: title, toggles, own figure, legend, band changes, note. The shapes themselves are drawn by the
browser (assets/wall/map.js) from `data`; the callout's empty frame stands in `callout`."""

from dataclasses import asdict

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import MAP_MEASURES, WallState
from dashboard.views.places import LegendRow, MapView, Moved
from layouts.shared import badge, frame
from layouts.shared.numbers import number
from layouts.shared.segments import segments
from layouts.wall import ids


def draw(view: MapView, state: WallState) -> Component:
    side = html.Div([_hero(view), _moved(view.moved), *_severities(view), _legend(view)], className="map__side")
    note = html.P(view.note, className="map__note")
    shown = split(view, state) or view.view
    return html.Div([_head(view, state), side, note], className=f"map__parts map__parts--{shown}")


def split(view: MapView, state: WallState) -> str:
    """ "both" where an outline with points and the tiles stand side by side: below county, unless one was chosen."""
    return "both" if view.has_map and view.points and not state.view else ""


def data(view: MapView, state: WallState, *, order: bool = False) -> dict:
    """What the browser paints: see assets/wall/map.js. `order`: regions can be given orders."""
    return {
        "shapes": view.shapes,
        "view": split(view, state) or view.view,
        "hasMap": view.has_map,
        "measure": view.measure,
        "items": {item.code: asdict(item) for item in view.items},
        "groups": {code: {"text": text, "cls": cls, "href": state.drill(code)} for code, text, cls in view.groups},
        "points": [asdict(point) for point in view.points],
        "order": state.closed().to(order="new") if order else "",
    }


def callout() -> Component:
    """Filled by the browser for the shape under the pointer or the focus."""
    head = html.H3(
        [
            html.Span(className="band", **{"data-slot": "band"}),
            html.Span(**{"data-slot": "name"}),
            html.B(**{"data-slot": "value"}),
        ]
    )
    still = html.Span([_("在办"), html.B(**{"data-slot": "open"})])
    late = html.Span([_("超期"), html.B(**{"data-slot": "overdue"})])
    drill = html.A(_("下钻"), href="?", className="button button--main", **{"data-slot": "drill"})
    words = {"data-cases": _("看案件"), "data-score": _("看得分")}
    cases = html.A(_("看案件"), href="?", className="button", **{"data-slot": "cases", **words})
    order = html.A(_("下达指令"), href="?", className="button button--main", hidden=True, **{"data-slot": "order"})
    parts = [
        head,
        html.P([still, late], className="callout__facts"),
        html.P([cases, drill, order], className="callout__links"),
    ]
    return html.Aside(parts, id=ids.MAP_CALLOUT, className="callout", hidden=True, **{"aria-label": _("选中的辖区")})


def _head(view: MapView, state: WallState) -> Component:
    words = _measures()
    measures = [(words[key], state.closed().to(measure=key), key == view.measure) for key in MAP_MEASURES]
    tools = [] if view.fixed else [segments(_("地图指标"), measures, "measure")]
    if view.has_map:
        tools.append(segments(_("画法"), _views(view, state), "view"))
    return frame.head(view.title, view.subtitle, html.Div(tools, className="map__tools"))


def _measures() -> dict[str, str]:
    return {"band": _("分档"), "open": _("在办"), "overdue": _("超期"), "on_time": _("按期率"), "per_10k": _("万人")}


def _views(view: MapView, state: WallState) -> list[tuple[str, str, bool]]:
    shown = split(view, state) or view.view
    choices = [("map", _("边界")), ("tile", _("方格"))]
    if view.points:
        choices.insert(0, ("both", _("并排")))
    return [(words, state.closed().to(view="" if key == "both" else key), key == shown) for key, words in choices]


def _hero(view: MapView) -> Component:
    parts = [html.P(view.hero_title, className="hero__title"), html.B(view.hero, className="hero__value")]
    return html.Div([*parts, html.P(view.hero_note, className="hero__note")], className="hero")


def _moved(rows: tuple[Moved, ...]) -> Component:
    items = [html.Li(_move(row)) for row in rows]
    title = html.P(_("较上期换档"), className="moved__title")
    return html.Div([title, html.Ul(items)] if items else [], className="moved")


def _move(row: Moved) -> Component:
    arrow = html.I("›", **{"aria-hidden": "true"})
    return html.A(
        [badge.band(row.before), arrow, badge.band(row.after), html.Span(row.name)],
        href=row.href,
        className="moved__row",
    )


def _severities(view: MapView) -> list[Component]:
    """Key of the points: outline at 一般, filled from 重大 up."""
    if not view.points:
        return []
    words = {"04": _("一般"), "03": _("较大"), "02": _("重大"), "01": _("特大")}
    items = [html.Li([html.I(), name], className=f"severities__{code}") for code, name in words.items()]
    return [html.Ul(items, className="severities", **{"aria-label": _("等级")})]


def _legend(view: MapView) -> Component:
    if not view.items:
        return html.Div(className="legend")
    top = html.P(
        [html.Span(_measures()[view.measure]), html.Span(_("%(level)s数", level=view.level_name))],
        className="legend__title",
    )
    return html.Div([top, html.Ul([_legend_row(row) for row in view.legend])], className="legend")


def _legend_row(row: LegendRow) -> Component:
    letter = row.cls if row.cls in "ABCDE" else ""
    parts = [
        html.Span(letter, className=f"swatch swatch--{row.cls}"),
        html.Span(row.label, className="legend__label"),
        html.B(number(row.count)),
    ]
    return html.Li(parts, className="legend__row")
