"""The bar over the desk: product, sections, search, where, how fresh, who."""

from dash import html
from dash.development.base_component import Component
from flask_babel import get_locale
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import HeaderView, Link
from layouts.desk import ids


def draw(view: HeaderView, state: DeskState) -> Component:
    title = html.H1([_("一屏两端"), html.I("·", className="bar__dot"), _("治理端")], className="bar__title")
    sections = html.Nav([_section(link) for link in view.sections], className="bar__nav", **{"aria-label": _("栏目")})
    return html.Div(
        [title, sections, _search(state), _right(view)],
        className="bar__row",
        **{
            "data-roles": " ".join(view.keys),
            "data-home": view.sections[0].key if view.sections else "",
            "data-landing": view.landing,
        },
    )


def _section(link: Link) -> Component:
    current = {"aria-current": "page"} if link.on else {}
    return html.A(link.label, href=link.href, className="bar__link" + (" bar__link--on" if link.on else ""), **current)


def _search(state: DeskState) -> Component:
    box = html.Div(
        state.q, className="search__box", contentEditable="plaintext-only", role="searchbox", tabIndex=0,
        **{"data-search": "true", "aria-label": _("搜案号、事由、地点、单位"), "data-hint": _("搜案号、事由、地点、单位"),
           "aria-keyshortcuts": "/"},
    )  # fmt: skip
    return html.Div([box, html.Kbd("/")], className="search", role="search")


def _right(view: HeaderView) -> Component:
    crumbs = []
    for link in view.path[-3:]:
        name = html.A(link.label, href=link.href, className="path__on" if link.on else "") if link.href else link.label
        crumbs.append(html.Li(name))
    path = html.Ol(crumbs, className="path", **{"aria-label": _("辖区")})
    fresh = html.Span(
        [html.I(className="fresh__dot", **{"aria-hidden": "true"}), html.Span(_("数据截至"), className="fresh__word"),
         html.Time(f"{view.as_of:%H:%M:%S}", dateTime=view.as_of.isoformat(), **{"data-as-of": "true"})],
        className="fresh",
    )  # fmt: skip
    parts: list[Component] = [path, fresh]
    if view.synthetic:
        parts.append(html.Span(_("演示数据"), className="demo"))
    parts.append(_who(view))
    return html.Div(parts, className="bar__right")


def _who(view: HeaderView) -> Component:
    locale = get_locale()
    other, words = ("zh", "中文") if locale is not None and locale.language == "en" else ("en", "English")
    switch = html.A(words, href=f"/lang/{other}", className="menu__item", lang=other,
                    **{"data-plain": "true", "data-next": "true"})  # fmt: skip
    out = html.Button(_("退出登录"), className="menu__item", **{"data-sign-out": "true"})
    menu = html.Div([html.P([html.B(view.person), view.roles], className="menu__note"), switch, out],
                    className="menu__list menu__list--right")  # fmt: skip
    return html.Details(
        [html.Summary(view.person, className="bar__who"), menu], className="menu", id=f"{ids.HEADER}-who"
    )
