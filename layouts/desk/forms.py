"""Small forms that send what is filled in to the API (assets/desk/forms.js), and tables of plain rows.

A form carries `data-api`, method and path; its fields `data-name`, where dots lead into the JSON ("grants.0.role").
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.desk import NamedPlace


def form(
    api: str, fields: Sequence[Component], send: str, *, result: str = "", fixed: str = "", then: str = "",
    detailed: bool = False,
) -> Component:  # fmt: skip
    """`result`: words for the answer, with {keys} of its JSON; `then`: where it leads, with the same. `fixed`: JSON that
    goes along. `detailed`: a refusal is told with the server's own line, which names row, column or line."""
    button = html.Button(send, className="button button--primary", **{"data-api-send": "true"})
    said = html.P("", className="form__said", role="status", **{"data-result": result or _("已完成")})
    return html.Div([*fields, html.Div([button, said], className="form__foot")], className="form", role="group",
                    **{"data-api": api, "data-fixed": fixed or "{}", "data-then": then,
                       "data-detailed": "true" if detailed else "", "data-refused": _("没有做成：{message}"),
                       "data-missing": _("还没有填：{what}")})  # fmt: skip


def line(name: str, words: str, value: str = "", *, rows: int = 1, needed: bool = True, hint: str = "") -> Component:
    """Text that has to be there; not `needed`, left empty it is not sent."""
    text = html.Textarea(value, rows=rows, className="field__text", placeholder=hint,
                         **{"data-name": name, "data-needed": words if needed else "", "aria-label": words})  # fmt: skip
    return html.Label([html.Span(words, className="field__label"), text], className="field")


def files(name: str, words: str, *, needed: bool = True, most: int = 9) -> Component:
    """Pictures, sent as they are picked (assets/desk/files.js)."""
    pick = html.Button(_("选照片"), className="button button--small", **{"data-pick-files": "true"})
    group = html.Div([pick, html.Div(className="gallery", **{"data-files": "true"})], className="files", role="group",
                     **{"data-name": name, "data-needed": words if needed else "", "data-most": str(most),
                        "aria-label": words, "data-failed": _("没有传上去：{name}"), "data-sending": _("正在上传 {name}"),
                        "data-drop": _("不要 {name}")})  # fmt: skip
    return html.Div([html.Span(words, className="field__label"), group], className="field")


def choice(
    name: str,
    words: str,
    options: Sequence[tuple[str, str]],
    chosen: str = "",
    *,
    several: bool = False,
    needed: bool = True,
) -> Component:
    """One of several as buttons, or any number of them but none."""
    role = "checkbox" if several else "radio"
    buttons = [html.Button(label, className="option", role=role,
                           **{"data-value": key, "aria-checked": "true" if key == chosen else "false"})
               for key, label in options]  # fmt: skip
    group = html.Div(buttons, className="options", role="group" if several else "radiogroup",
                     **{"data-name": name, "data-several": "true" if several else "false",
                        "data-needed": words if needed else "",
                        "aria-label": words})  # fmt: skip
    return html.Div([html.Span(words, className="field__label"), group], className="field")


def place(name: str, words: str, chosen: NamedPlace) -> Component:
    """A region, looked for by its name; the code that is sent is never seen."""
    finder = html.Div(chosen.name, className="field__line", contentEditable="plaintext-only", role="combobox", tabIndex=0,
                      **{"data-find-place": "true", "aria-label": words, "aria-expanded": "false",
                         "aria-haspopup": "listbox", "aria-autocomplete": "list"})  # fmt: skip
    found = html.Div(className="place__found", role="listbox", hidden=True, **{"aria-label": words})
    about = html.Span(chosen.path, className="place__path")
    box = html.Div([finder, about, found], className="place",
                   **{"data-name": name, "data-value": chosen.code, "data-told": chosen.name, "data-about": chosen.path,
                      "data-none": _("没有找到这个辖区")})  # fmt: skip
    return html.Div([html.Span(words, className="field__label"), box], className="field")


def units(name: str, words: str, chosen: NamedPlace) -> Component:
    """The units of the region that the form's place names, or none of them."""
    buttons = [html.Button(label, className="option", role="radio",
                           **{"data-value": unit, "aria-checked": "false" if unit else "true"})
               for unit, label in (("", _("不限")), *((one, one) for one in chosen.units))]  # fmt: skip
    group = html.Div(buttons, className="options", role="radiogroup",
                     **{"data-name": name, "data-several": "false", "data-units": "true", "aria-label": words})  # fmt: skip
    return html.Div([html.Span(words, className="field__label"), group], className="field")


def tool(api: str, words: str, *, fixed: str = "", result: str = "", sure: str = "") -> Component:
    """A button that sends at once; with `sure` it asks first."""
    return html.Button(words, className="textlink", **{"data-api": api, "data-api-send": "true", "data-fixed": fixed or "{}",
                                                       "data-result": result, "data-sure": sure,
                                                       "data-refused": _("没有做成：{message}")})  # fmt: skip


def table(names: Sequence[str], rows: Sequence[Sequence], label: str) -> Component:
    top = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows])
    return html.Div(html.Table([top, body], className="plain plain--wide"), className="panel__scroll", tabIndex=0,
                    role="region", **{"aria-label": label})  # fmt: skip
