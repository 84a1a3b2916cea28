"""Monthly figures of a scheme: import whole or not at all, export to fill in, withdraw with a reason."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.scheme_pages import SchemesPage, TableEntry
from layouts.desk import forms, verdicts
from layouts.shared import frame, numbers


def draw(view: SchemesPage) -> list[Component]:
    if not view.reads_tables:
        return [frame.empty(_("这个方案只统计案件，不读表格"))]
    names = (_("月份"), _("名称"), _("来源"), _("辖区数"), _("数据项"), _("导入"), _("导出"), "")
    rows = [_row(one, view) for one in view.tables]
    none = _("先导出一张空表，填好再导入")
    listed = verdicts.table(names, rows, _("月度数据"), _("还没有导入"), none, figures=(3, 4))
    side = html.Div(_side(view), className="panel--forms tables__side", tabIndex=0)
    return [html.Div([html.Div(listed, className="tables__list"), side], className="tables")]


def _row(one: TableEntry, view: SchemesPage) -> Component:
    row = one.row
    marks = [verdicts.mark(_("合成数据"))] if row.synthetic else []
    marks += [verdicts.mark(_("已撤回"), "warn")] if row.withdrawn_at else []
    loads = [
        html.A(link.label, href=link.href, className="textlink", download=True, **{"data-plain": "true"})
        for link in one.download
    ]
    cells = (
        html.Span(row.name, className="rows__text", title=row.name),
        html.Span(row.source, className="rows__text", title=row.source),
        numbers.number(row.regions),
        numbers.number(row.figures),
        f"{row.actor} · {row.imported_at.astimezone(view.zone):%m-%d %H:%M}",
        loads,
        _withdraw(one, view),
    )
    return html.Tr(
        [html.Th([f"{row.month:%Y-%m}", *marks], scope="row"), *(html.Td(cell) for cell in cells)],
        **{"data-table": str(row.id)},
    )


def _withdraw(one: TableEntry, view: SchemesPage) -> Component | str:
    if one.row.withdrawn_at or not view.may_import:
        return ""
    api = f"DELETE /api/v1/schemes/{view.key}/tables/{one.row.id}?reason={{-reason}}"
    return verdicts.folded(
        _("撤回"), forms.form(api, [forms.line("-reason", _("理由"))], _("撤回"), result=_("已撤回"))
    )


def _side(view: SchemesPage) -> list[Component]:
    parts: list[Component] = [frame.head(_("导出一个月，或取空表")), _export(view)]
    return [*parts, frame.head(_("导入")), _import(view)] if view.may_import else parts


def _export(view: SchemesPage) -> Component:
    return html.Div(
        [
            forms.line("-month", _("月份"), view.month, hint="2026-06"),
            *(
                html.A(
                    form.upper(),
                    href=f"/api/v1/schemes/{view.key}/export?month={view.month}&form={form}",
                    className="button button--small",
                    download=True,
                    **{"data-plain": "true", "data-export-month": form},
                )
                for form in ("csv", "xlsx")
            ),
        ],
        className="form",
        **{"data-export-form": view.key},
    )


def _import(view: SchemesPage) -> Component:
    fields = [
        forms.line("-month", _("月份"), view.month, hint="2026-06"),
        forms.line("-name", _("表格名称")),
        forms.line("-source", _("数据来源")),
        _picker(),
    ]
    return forms.form(
        f"POST /api/v1/schemes/{view.key}/tables?month={{-month}}&name={{-name}}&source={{-source}}",
        fields,
        _("导入"),
        result=_("已导入 {regions} 个辖区、{figures} 个数值"),
        detailed=True,
    )


def _picker() -> Component:
    """One file, sent as it is (assets/desk/forms.js)."""
    pick = html.Button(_("选 CSV 或 Excel 文件"), className="button button--small", **{"data-pick-table": "true"})
    return html.Div(
        [pick, html.Span("", **{"data-picked": "true"})],
        className="files",
        role="group",
        **{"data-name": "-file", "data-raw": "true", "data-needed": _("文件"), "aria-label": _("文件")},
    )
