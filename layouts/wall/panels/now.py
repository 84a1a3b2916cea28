"""The published edition beside the running month, which is provisional and says so: whose rank would move most."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.standings import NowRow, NowView
from layouts.shared import badge, frame


def draw(view: NowView, state: WallState) -> Component:
    note = html.P(view.subtitle, className="now__mark")
    if not view.rows:
        empty = frame.empty(_("本月至今没有名次变动"))
        return html.Div([frame.head(view.title, "", note), empty], className="panel__parts")
    names = (_("辖区"), _("上期"), _("至今"), _("得分"), _("变动"))
    heads = html.Div([html.Span(name) for name in names], className="now__heads")
    rows = [html.Li(_row(row, view.digits)) for row in view.rows]
    return html.Div([frame.head(view.title, "", note), heads, html.Ol(rows, className="now")], className="panel__parts")


def _row(row: NowRow, digits: int) -> Component:
    score = "—" if row.now_score is None else f"{row.now_score:.{digits}f}"
    parts = [html.Span(row.name, className="now__name"), _place(row.band, row.rank), _place(row.now_band, row.now_rank),
             html.Span(score, className="now__score"), _moved(row.moved or 0)]  # fmt: skip
    return html.A(parts, href=row.href, className="now__row", **{"data-region": row.code})


def _place(band: str | None, rank: int | None) -> Component:
    return html.Span([badge.band(band), html.B("—" if rank is None else str(rank))], className="now__place")


def _moved(places: int) -> Component:
    up = places > 0
    words = _("上升 %(n)s 位", n=places) if up else _("下降 %(n)s 位", n=-places)
    sign = html.I(className="rank__up" if up else "rank__down", role="img", **{"aria-label": words})
    return html.Span([sign, html.Span(str(abs(places)), className="" if up else "rank__lost")], className="now__moved")
