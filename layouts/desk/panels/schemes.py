"""Schemes: versions at the side; the tree as a form with live sums, its text, what a version changed, and more pages."""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import Link
from dashboard.views.scheme_pages import ChangeLine, Leaf, SchemesPage, Siblings
from dashboard.views.schemes import SchemeHead
from layouts.desk import forms, verdicts
from layouts.desk.panels import scheme_pairs, scheme_tables
from layouts.shared import frame


def draw(view: SchemesPage, _state: DeskState) -> Component:
    body = {"": _editor, "weights": scheme_pairs.draw, "text": _text, "changes": _changes, "tables": scheme_tables.draw}
    side = html.Aside(_versions(view), className="panel schemes__side", **{"aria-label": _("版本")})
    main = html.Section([_head(view), *body[view.show](view)], className="panel verdicts__list")
    return html.Div([side, main], className="schemes", **{"data-scheme": f"{view.key}:{view.version}"})


def _head(view: SchemesPage) -> Component:
    note = _("版本 %(n)s", n=view.version) + ("" if view.version == view.newest else _(" · 旧版，只读"))
    load = html.A("TOML", href=view.download, className="button button--small", download=True, **{"data-plain": "true"})
    return verdicts.top(view.name, note, verdicts.tabs(_("方案各页"), view.shows), load)


def _versions(view: SchemesPage) -> list[Component]:
    names = html.Div(verdicts.tabs(_("方案"), view.schemes), className="verdicts__bar")
    rows = [_version(head, link, view) for head, link in view.versions]
    return [frame.head(_("方案与版本")), names, html.Ol(rows, className="versions panel__scroll", tabIndex=0)]


def _version(head: SchemeHead, link: Link, view: SchemesPage) -> Component:
    current = {"aria-current": "true"} if link.on else {}
    newest = [verdicts.mark(_("最新"), "ok")] if head.newest else []
    about = f"{head.actor} · {head.made_at.astimezone(view.zone):%Y-%m-%d %H:%M}"
    title = html.A(link.label, href=link.href, className="rows__link", **current)
    return html.Li(
        [html.P([title, *newest]), html.P(about, className="dim"), html.P(head.note or _("随产品提供"))],
        className="versions__row" + (" versions__row--on" if link.on else ""),
        **{"data-row": str(head.version), "title": head.digest},
    )


# The tree


def _editor(view: SchemesPage) -> list[Component]:
    names = (_("指标"), _("权重"), _("占总分"), _("差值"), _("好值"), _("最小样本"), _("标准化"), _("方向"))
    head = html.Thead(
        html.Tr([html.Th(name, scope="col", className="num" if 0 < n < 6 else "") for n, name in enumerate(names)])
    )
    groups = [_group(one, view) for one in view.groups]
    table = html.Table([head, *groups], className="plain plain--wide treeform", **{"aria-label": _("指标与权重")})
    body = html.Div(table, className="panel__scroll", tabIndex=0, role="region", **{"aria-label": _("指标与权重")})
    if not view.may_save:
        words = _("旧版只读") if view.version != view.newest else _("修改方案须由评价全部辖区的评价员进行")
        return [_cuts(view), body, html.Footer(html.Span(words), className="sums")]
    note = forms.line("note", _("改了什么、为什么（存为新版必填）"))
    fixed = {"base": view.version, **(view.draft.fixed if view.draft else {})}
    form = forms.form(
        f"POST /api/v1/schemes/{view.key}/versions",
        [html.Div([_drafted(view), _cuts(view), body], className="treeform__body"), note],
        _("存为版本 %(n)s", n=view.version + 1),
        fixed=json.dumps(fixed),
        result=_("已存为版本 {version}"),
        then=f"?section=schemes&item={view.key}",
        detailed=True,
    )
    form.className = "form form--whole"
    form.key = (
        f"{view.key} {view.version} {fixed} {view.draft and view.draft.drop}"  # fields of another draft are others
    )
    return [form]


def _drafted(view: SchemesPage) -> Component | None:
    """What stands in the form and in no version."""
    one = view.draft
    if one is None:
        return None
    parts = (
        _("%(node)s之下 %(n)s 处权重", node=one.node, n=one.weights) if one.node else "",
        _("标准化一律用%(way)s", way=one.normalise) if one.normalise else "",
        _("合成一律用%(way)s", way=one.aggregate) if one.aggregate else "",
    )
    said = " · ".join(part for part in parts if part)
    drop = html.A(_("放弃草稿"), href=one.drop, className="textlink", **{"data-draft-drop": "true"})
    words = html.P([html.B(_("试权重的草稿，未保存")), said])
    return html.Div([words, drop], className="drafted", role="status", **{"data-draft": "true"})


def _cuts(view: SchemesPage) -> Component:
    cells = [
        html.Label(
            [
                html.B(letter, className=f"band band--{letter}"),
                _number(f"cuts.{letter}", low, _("%(band)s 档下限", band=letter), view),
            ]
        )
        for letter, low in view.cuts
    ]
    return html.Div([html.Span(_("分档线"), className="dim"), *cells], className="cuts")


def _number(
    name: str, value: float | None, words: str, view: SchemesPage, was: float | None = None
) -> Component | str | list:
    """A figure that can be changed; a plain one in a version that nobody may change. `was`: before a draft changed it, so
    that it is sent as it stands."""
    shown = "" if value is None else f"{value:g}"
    if not view.may_save:
        return shown or "—"
    sent = {} if was is not None else {"data-if-changed": "true"}
    field = html.Textarea(
        shown,
        rows=1,
        className="cell" + ("" if was is None else " cell--drafted"),
        **{"data-name": name, "data-needed": "", "aria-label": words, **sent},
    )
    return field if was is None else [html.Del(f"{was:g}"), field]


def _group(one: Siblings, view: SchemesPage) -> Component:
    given = one.weighting_key == "given"
    total = sum(row.weight for row in one.rows)
    sums = html.Td(
        [_("合计 "), html.B(f"{total:g}", **{"data-sum": "true"}), f" / {one.whole:g}"], className="num treeform__sum"
    )
    way = html.Td([one.weighting, " · ", html.A(_("用层次分析法定权"), href=one.href, className="textlink")], colSpan=6)
    top = html.Tr([html.Th(one.path, scope="rowgroup"), sums, way], className="treeform__head")
    return html.Tbody(
        [top, *(_leaf(row, one, view, given) for row in one.rows)],
        **{"data-siblings": one.key, "data-whole": f"{one.whole:g}"},
    )


def _leaf(row: Leaf, one: Siblings, view: SchemesPage, given: bool) -> Component:
    name = f"edits.{row.key}"
    weight = (
        _number(f"{name}.weight", row.weight, _("%(name)s的权重", name=row.name), view, row.was)
        if given
        else f"{row.weight:g}"
    )
    cells = [html.Td(weight, className="num", **{"data-weight": "true"}), html.Td(f"{row.share:.2f}", className="num")]
    cells += [html.Td("", colSpan=5)] if row.node else _measured(row, name, view)
    label = html.Th(
        row.name,
        scope="row",
        title=row.note,
        className="treeform__name" + (" treeform__name--node" if row.node else ""),
    )
    return html.Tr([label, *cells], **{"data-leaf": row.key})


def _measured(row: Leaf, name: str, view: SchemesPage) -> list[Component]:
    """What an indicator has and a heading has not."""
    ends = (
        ("bad", row.bad, _("%(name)s的差值", name=row.name)),
        ("good", row.good, _("%(name)s的好值", name=row.name)),
    )
    bad, good = (
        _number(f"{name}.{key}", value, words, view) if value is not None else "—" for key, value, words in ends
    )
    least = _number(f"{name}.minimum", row.minimum, _("%(name)s的最小样本", name=row.name), view)
    numbers = [html.Td(cell, className="num") for cell in (bad, [good, html.I(row.unit)], least)]
    return [*numbers, html.Td(row.normalise), html.Td(row.direction)]


# Text and differences


def _text(view: SchemesPage) -> list[Component]:
    if not view.may_save:
        return [html.Pre(view.text, className="panel__scroll toml", tabIndex=0)]
    text = html.Textarea(
        view.text,
        className="toml toml--edit",
        spellCheck="false",
        **{"data-name": "text", "data-needed": _("文本"), "aria-label": _("方案文本")},
    )
    hint = html.P(
        _("version 已是 %(n)s，整份检查后存为新版；有错会指出第几行。", n=view.version + 1)
        if view.draft
        else _("把 version 改为 %(n)s，整份检查后存为新版；有错会指出第几行。", n=view.version + 1),
        className="dim",
    )
    form = forms.form(
        "POST /api/v1/schemes",
        [
            html.Div([_drafted(view), hint], className="form__top"),
            text,
            forms.line("note", _("改了什么、为什么（必填）")),
        ],
        _("存为新版"),
        result=_("已存为版本 {version}"),
        then=f"?section=schemes&item={view.key}",
        detailed=True,
    )
    form.className = "form form--whole"
    form.key = f"{view.key} {view.version} {view.draft and view.draft.drop}"
    return [form]


def _changes(view: SchemesPage) -> list[Component]:
    if not view.older:
        return [frame.empty(_("这是第一个版本，没有更早的可比"))]
    against = html.Div(
        [html.Span(_("与哪一版相比"), className="dim"), verdicts.tabs(_("与哪一版相比"), view.olders)],
        className="verdicts__bar",
    )
    names = (_("部分"), _("哪一项"), _("什么"), _("版本 %(n)s", n=view.older), _("版本 %(n)s", n=view.version))
    rows = [_change(one) for one in view.changes]
    return [against, verdicts.table(names, rows, _("版本差别"), _("两版内容相同"))]


def _change(one: ChangeLine) -> Component:
    texts = (html.Span(words, className="rows__text", title=words) for words in (one.old, one.new))
    return html.Tr(
        [html.Td(one.part), html.Th(one.name, scope="row"), html.Td(one.field), *(html.Td(text) for text in texts)]
    )
