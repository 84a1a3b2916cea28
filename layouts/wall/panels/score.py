"""How a score comes about, over the wall: from the total down the tree to an indicator, its numbers, and its cases."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.standings import ScoreRow, ScoreView
from layouts.shared import badge
from layouts.shared.numbers import number


def draw(view: ScoreView, state: WallState) -> Component:
    body = _figure(view) if view.formula or view.facts else _table(view)
    path = html.Nav(html.Ol([html.Li(html.A(words, href=href)) for words, href in view.path]), className="score__path",
                    **{"aria-label": _("得分路径")})  # fmt: skip
    return html.Div([_head(view), path, html.Div(body, className="dialog__body", tabIndex=0)], className="dialog dialog--score",
                    role="dialog", **{"aria-modal": "true", "aria-labelledby": "wall-score-title"})  # fmt: skip


def _head(view: ScoreView) -> Component:
    close = html.A(
        _("关闭"), href=view.back, className="button", **{"data-close": "true", "aria-keyshortcuts": "Escape"}
    )
    score = "—" if view.score is None else f"{view.score:.{view.digits}f}"
    title = html.H2(
        [view.title, html.B(score), badge.band(view.band)],
        id="wall-score-title",
        className="dialog__title",
        tabIndex=-1,
    )
    note = html.Ul(html.Li(view.subtitle), className="dialog__conditions")
    return html.Header([title, html.Div(close, className="dialog__tools"), note], className="dialog__head")


def _table(view: ScoreView) -> Component:
    names = (_("指标"), _("得分"), _("全部平均"), _("权重"), _("影响总分"))
    top = html.Tr([html.Th(name, scope="col") for name in names])
    most = max((row.lost or 0 for row in view.rows), default=0)
    return html.Table(
        [html.Thead(top), html.Tbody([_row(row, most) for row in view.rows])], className="cases score__table"
    )


def _row(row: ScoreRow, most: float) -> Component:
    """`most`: points that the worst row costs; the bars end there."""
    lost = row.lost or 0
    bar = html.Span(html.I(className="bar__fill", style={"width": f"{100 * lost / most:.1f}%"}) if most else None, className="bar",
                    **{"aria-hidden": "true"})  # fmt: skip
    worse = row.score is not None and row.mean is not None and row.score < row.mean
    return html.Tr(
        [
            html.Th(html.A(row.name, href=row.href, className="cases__link"), scope="row"),
            html.Td(_points(row.score), className="score__own score__own--worse" if worse else "score__own"),
            html.Td(_points(row.mean)),
            html.Td(f"{number(100 * row.share, 1)} %"),
            html.Td([html.Span("—" if row.lost is None else f"−{number(lost, 2)}"), bar], className="score__lost"),
        ],
        **{"data-node": row.key},
    )


def _points(score: float | None) -> str:
    return "—" if score is None else number(score, 1)


def _figure(view: ScoreView) -> list[Component]:
    facts = [html.Div([html.Dt(name), html.Dd(words)]) for name, words in view.facts]
    links = [html.A([words, html.B(number(count)), _("件")], href=href, className="button button--main score__cases",
                    **{"data-cases": str(count)}) for words, count, href in view.parts]  # fmt: skip
    foot = (
        html.P(links, className="score__links")
        if links
        else html.P(_("这项指标来自导入的表，不落到案件。"), className="quiet__hint")
    )
    return [html.P(view.formula, className="score__formula"), html.Dl(facts, className="score__facts"), foot]
