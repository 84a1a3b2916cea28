"""What the pages about verdicts share: a list beside what is open of it, filters, rows that keys walk, facts, paging.

assets/desk/lists.js: J and K move, Enter goes into what is open, Esc closes it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.desk import Link
from dashboard.views.evaluation import Paging
from layouts.shared import frame, numbers
from layouts.shared.segments import segments


def columns(left: Sequence[Component], right: Component | None, label: str) -> Component:
    """A list, and at its side what is open; without that the list has the whole width."""
    side = [
        html.Aside(right, className="panel verdicts__side", tabIndex=0, **{"data-open": "true", "aria-label": label})
    ]
    return html.Div(
        [html.Section(list(left), className="panel verdicts__list"), *(side if right is not None else [])],
        className="verdicts" + (" verdicts--open" if right is not None else ""),
    )


def top(title: str, note: str, *tools: Component | None) -> Component:
    said = html.P(note, className="head__note", title=note)
    return frame.head(
        title, "", said, html.Div([one for one in tools if one is not None], className="head__end actions")
    )


def bar(*parts: Component | None) -> Component:
    """Filters over a list."""
    return html.Div([one for one in parts if one is not None], className="verdicts__bar")


def tabs(label: str, links: Sequence[Link]) -> Component | None:
    """Links of which one is chosen, with counts; None where there is nothing to choose."""
    if len(links) < 2:
        return None
    return segments(label, ((_counted(one), one.href, one.on) for one in links), "small")


def _counted(one: Link) -> str:
    return one.label if one.count is None else f"{one.label} {numbers.number(one.count)}"


def menu(label: str, links: Sequence[Link]) -> Component | None:
    """A filter with more choices than fit beside each other; None where there is nothing to choose."""
    if len(links) < 2:
        return None
    now = next((one.label for one in links if one.on), label)
    items = [
        html.A(
            _counted(one),
            href=one.href,
            className="menu__item" + (" menu__item--on" if one.on else ""),
            **({"aria-current": "true"} if one.on else {}),
        )
        for one in links
    ]
    return html.Details(
        [
            html.Summary([html.Span(f"{label} "), html.B(now)], className="chip"),
            html.Div(items, className="menu__list menu__list--tall"),
        ],
        className="menu",
    )


def exports(query: str) -> Component | None:
    """The list under its filters as a file."""
    if not query:
        return None
    links = [
        html.A(
            form.upper(),
            href=f"/desk/verdicts.{form}{query}",
            className="button button--small",
            download=True,
            **{"data-plain": "true", "data-export": form, "aria-label": _("导出 %(form)s", form=form.upper())},
        )
        for form in ("csv", "xlsx")
    ]
    return html.Span(links, className="actions")


def table(
    names: Sequence[str], rows: Sequence[Component], label: str, none: str, hint: str = "", figures: Sequence[int] = ()
) -> Component:
    """`figures`: columns, from 0, that hold figures; these and their heads end at the right."""
    if not rows:
        return frame.empty(none, hint)
    top = html.Tr([html.Th(name or html.Span(_("动作"), className="unseen"), scope="col") for name in names])
    for line in (top, *rows):
        for column in figures:
            line.children[column].className = "num"
    return html.Div(
        html.Table([html.Thead(top), html.Tbody(list(rows))], className="plain plain--wide rows"),
        className="panel__scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": label},
    )


def row(first: str | Component, href: str, cells: Sequence, on: bool, key: str) -> Component:
    """A row that opens; its first cell is the link."""
    link = html.A(first, href=href, className="rows__link", **({"aria-current": "true"} if on else {}))
    return html.Tr(
        [html.Th(link, scope="row"), *(html.Td(one) for one in cells)],
        className="rows__row" + (" rows__row--on" if on else ""),
        **{"data-row": key},
    )


def pages(paging: Paging) -> Component:
    words = _(
        "共 %(n)s 条 · 第 %(page)s / %(pages)s 页", n=numbers.number(paging.total), page=paging.page, pages=paging.pages
    )
    links = [
        html.A(label, href=href, className="button button--small")
        for label, href in ((_("上一页"), paging.previous), (_("下一页"), paging.next))
        if href
    ]
    return html.Footer([html.Span(words), *links], className="sums")


def opened(title: str, close: str, *parts: Component | None) -> list[Component]:
    """What is open, with the way back."""
    back = html.A(
        [_("关闭"), html.Kbd("Esc")], href=close, className="button button--small head__end", **{"data-close": "true"}
    )
    head = html.Header([html.H2(title, className="head__title", title=title), back], className="head")
    return [head, html.Div([one for one in parts if one is not None], className="verdicts__body", tabIndex=0)]


def facts(pairs: Iterable[tuple[str, object]]) -> Component:
    """Name and words; what says nothing is left out."""
    lines = [html.Div([html.Dt(name), html.Dd(said)]) for name, said in pairs if said not in (None, "")]
    return html.Dl(lines, className="verdicts__facts")


def part(title: str, *body: Component | None) -> Component:
    return html.Section([html.H3(title), *(one for one in body if one is not None)], className="verdicts__part")


def folded(words: str, *body: Component, opened_: bool = False, primary: bool = False) -> Component:
    """A form behind its name."""
    name = "button button--small" + (" button--primary" if primary else "")
    return html.Details([html.Summary(words, className=name), *body], className="verdicts__fold", open=opened_)


def at(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def mark(words: str, tone: str = "") -> Component:
    return html.Em(words, className="mark" + (f" mark--{tone}" if tone else ""))
