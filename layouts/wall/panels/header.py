"""Header: where we are (breadcrumb), which days, and how fresh and how real the figures are."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.periods import PERIODS
from dashboard.domain.state import WallState
from dashboard.views.wall import Crumb, Header
from layouts.shared.segments import segments
from layouts.wall import ids


def draw(view: Header, state: WallState) -> Component:
    return html.Div([_place(view, state), _meta(view)], className="header__parts")


def _place(view: Header, state: WallState) -> Component:
    last = len(view.crumbs) - 1
    crumbs = [_crumb(crumb, number == last, number == last - 1) for number, crumb in enumerate(view.crumbs)]
    words = {"today": _("今日"), "7d": _("7日"), "30d": _("30日"), "year": _("本年"), "all": _("全部")}
    periods = [(words[key], state.closed().to(period=key), key == state.period) for key in PERIODS]
    below = html.Span([html.Span(words) for words in view.below], className="header__below")
    row = html.Div([segments(_("时段"), periods), below], className="header__row")
    trail = html.Nav(html.Ol(crumbs, className="crumbs"), **{"aria-label": _("辖区")})
    return html.Div([trail, row], className="header__place")


def _crumb(crumb: Crumb, current: bool, parent: bool) -> Component:
    attributes = {"aria-current": "page", "data-here": crumb.code} if current else {"data-up": "true"} if parent else {}
    link = html.A(crumb.name, href=crumb.href, className="crumbs__link", **attributes)
    return html.Li(link, className="crumbs__item crumbs__item--on" if current else "crumbs__item")


def _meta(view: Header) -> Component:
    """`data-offset`: minutes east of UTC, by which the browser writes all times of this wall."""
    offset = view.as_of.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    told = f"{view.as_of:%Y-%m-%d}" if view.archive else f"{view.as_of:%H:%M:%S}"
    still = {"data-archive": "true"} if view.archive else {}  # finished records: the browser leaves the date alone
    when = html.Time(told, id=ids.AS_OF, dateTime=view.as_of.isoformat(), className="fresh__time", **still)
    stale = " fresh--stale" if view.stale else ""
    words = [html.Span(_("数据截至"), className="fresh__ok"), html.Span(_("数据停在"), className="fresh__late")]
    fresh = html.P(
        [html.I(className="fresh__lamp", **{"aria-hidden": "true"}), *words, when], className=f"fresh{stale}"
    )
    mark = html.P(view.mark, className="mark" if view.synthetic else "mark mark--real")
    rows, kind = ([_missing(view), fresh, mark], " header__meta--missing") if view.unsent else ([fresh, mark], "")
    return html.Div(rows, className=f"header__meta{kind}", **{"data-offset": str(minutes)})


def _missing(view: Header) -> Component:
    """Up to when the figures are complete, and who holds what comes after. While nobody answers, the style sheet shows
    how old the figures are in its place."""
    until = view.complete_until
    today = until.date() == view.as_of.date()
    when = html.Time(f"{until:%H:%M}" if today else f"{until:%m-%d %H:%M}", dateTime=until.isoformat())
    devices = _("%(count)s 台设备有未发上报", count=view.unsent)
    return html.P(
        [_("数据完整至"), " ", when, " · ", devices], className="missing", **{"data-unsent": str(view.unsent)}
    )
