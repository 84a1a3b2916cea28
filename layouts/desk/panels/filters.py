"""Queues with their counts, and the filters that narrow the one that is open."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import Chip, FilterView, Link
from layouts.desk import ids
from layouts.shared import numbers

_CARDS = ("yellow", "red")


def draw(view: FilterView, state: DeskState) -> Component:
    tabs = html.Nav([_tab(link) for link in view.tabs], className="tabs", **{"aria-label": _("队列")})
    main = [_chip(chip) for chip in view.chips if not chip.more or chip.value]
    if state.q:
        clear = state.to(q="", p=1)
        main.insert(0, _set(_("搜：%(words)s", words=state.q), clear, _("搜索")))
    chips = html.Div([*main, _more(view)], className="chips", role="group", **{"aria-label": _("筛选")})
    return html.Div(
        [tabs, html.I(className="bar__rule", **{"aria-hidden": "true"}), chips, _end(view)], className="filters"
    )


def _tab(link: Link) -> Component:
    mark = [html.I(className=f"card card--{link.key}", **{"aria-hidden": "true"})] if link.key in _CARDS else []
    current = {"aria-current": "true"} if link.on else {}
    return html.A(
        [*mark, link.label, html.B(numbers.number(link.count), **{"data-count": link.key})], href=link.href,
        className="tab" + (" tab--on" if link.on else ""), **{"data-tab": link.key}, **current,
    )  # fmt: skip


def _chip(chip: Chip) -> Component:
    if chip.value:
        return _set(chip.value, chip.clear, chip.label)
    return html.Details(
        [html.Summary(chip.label, className="chip"), _choices(chip)], className="menu", **{"data-menu": chip.key}
    )


def _set(words: str, clear: str, label: str) -> Component:
    return html.A(
        [words, html.I("×", **{"aria-hidden": "true"})], href=clear, className="chip chip--set",
        **{"aria-label": _("去掉筛选 %(label)s：%(words)s", label=label, words=words)},
    )  # fmt: skip


def _choices(chip: Chip) -> Component:
    return html.Div([html.A(link.label, href=link.href, className="menu__item") for link in chip.choices],
                    className="menu__list" + (" menu__list--wide" if len(chip.choices) > 14 else ""))  # fmt: skip


def _more(view: FilterView) -> Component:
    """Further filters, those that were saved, and a place to save the present ones."""
    parts: list[Component] = []
    for chip in view.chips:
        if chip.more and not chip.value and chip.choices:
            parts += [
                html.P(chip.label, className="menu__note"),
                html.Div(_choices(chip).children, className="menu__grid"),
            ]
    parts.append(html.P(_("我的筛选"), className="menu__note"))
    parts += [_saved(link) for link in view.saved]
    name = html.Div("", className="field__line", contentEditable="plaintext-only", role="textbox", tabIndex=0,
                    **{"data-filter-name": "true", "aria-label": _("筛选的名字"), "data-hint": _("给现在的筛选起个名字")})  # fmt: skip
    save = html.Button(_("保存"), className="button button--small", **{"data-filter-save": "true"})
    parts.append(html.Div([name, save], className="menu__save"))
    summary = html.Summary([html.Span("＋", **{"aria-hidden": "true"}), _("条件"), html.Kbd("F")],
                           className="chip chip--more", **{"aria-keyshortcuts": "F"})  # fmt: skip
    return html.Details([summary, html.Div(parts, className="menu__list menu__list--form")], className="menu",
                        id=f"{ids.FILTERS}-more", **{"data-menu": "more"})  # fmt: skip


def _saved(link: Link) -> Component:
    drop = html.Button("×", className="menu__drop", **{"data-filter-drop": link.key,
                                                        "aria-label": _("删除筛选 %(name)s", name=link.label)})  # fmt: skip
    return html.Div([html.A(link.label, href=link.href, className="menu__item"), drop], className="menu__row")


def _export(query: str) -> Component:
    files = [html.A(words, href=f"/desk/cases.{form}{query}", className="menu__item", download="", **{"data-plain": "true"})
             for form, words in (("csv", _("CSV 文件")), ("xlsx", _("Excel 文件")))]  # fmt: skip
    menu = html.Div(
        [*files, html.P(_("导出会记入审计日志"), className="menu__note")], className="menu__list menu__list--right"
    )
    return html.Details([html.Summary(_("导出"), className="filters__clear"), menu], className="menu")


def _end(view: FilterView) -> Component:
    parts: list = []
    if view.clear:
        parts.append(html.A(_("清除筛选"), href=view.clear, className="filters__clear"))
    if view.export:
        parts.append(_export(view.export))
    count = html.Span(_("%(n)s 件 · %(order)s", n=numbers.number(view.total), order=view.order),
                      **{"data-total": str(view.total)})  # fmt: skip
    return html.P([*parts, count], className="filters__end")
