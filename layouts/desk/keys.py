"""The keys of the desk: hints at the foot of each section, and the list of all of them that "?" opens.

The scripts take them: assets/desk/keys.js, ranking.js and lists.js; buttons of a case name theirs (layouts.desk.actions).
"""

from dash import html
from dash.development.base_component import Component
from flask_babel import lazy_gettext as _

from layouts.desk import ids

HINTS = (  # (part of the desk, ((keys, what they do), …))
    ("board", ((("J", "K"), _("上下移动")), ((_("空格"),), _("勾选")), (("1", "4"), _("选承办")), (("A",), _("受理")),
               (("D",), _("分派")), (("M",), _("并案")), (("↵",), _("整页")))),
    ("ranking", ((("J", "K"), _("上下辖区")), (("←", "→"), _("展开指标")), (("T",), _("落到案件")), (("P",), _("换同类组")),
                 (("W",), _("试权重")), (("C",), _("与上期对比")), (("N",), _("下一步")), (("Esc",), _("返回名次表")))),
    ("lists", ((("J", "K"), _("上下移动")), (("↵",), _("进入详情")), (("Esc",), _("关闭")))),
)  # fmt: skip
ALL = (  # (where, ((key, what it does), …))
    (_("分派与案件"), (
        ("J · ↓", _("下一件")), ("K · ↑", _("上一件")), (_("空格"), _("勾选或取消")), ("↵", _("打开整页")),
        ("Esc", _("返回、关闭、取消勾选")), ("1 – 4", _("选承办单位")), ("A", _("受理")), ("D", _("分派、改派")),
        ("X", _("不予受理")), ("M", _("并案")), ("S", _("督办")), ("T", _("接单")), ("O", _("提出异议")), ("U", _("维持原派")),
        ("H", _("处置反馈")), ("P", _("处置进展")), ("V", _("核查通过")), ("R", _("核查退回")), ("B", _("回访")), ("C", _("办结")),
        ("E", _("延期")), ("G", _("放大地图")), ("F", _("加条件")))),
    (_("晾晒名次"), (
        ("J", _("下一个辖区")), ("K", _("上一个辖区")), ("← · →", _("收起、展开指标，换图上辖区")), ("T", _("落到案件")),
        ("P", _("换同类组")), ("W", _("试权重")), ("0", _("权重复原")), ("C", _("与上期对比")), ("N", _("下一步")),
        ("Esc", _("返回名次表")))),
    (_("申诉、问题、异常线索和方案"), (
        ("J", _("下一行")), ("K", _("上一行")), ("↵", _("进入详情")), ("Esc", _("关闭")))),
    (_("各处"), (("/", _("搜索")), ("?", _("这张表")))),
)  # fmt: skip


def foot() -> Component:
    """The foot of the desk. Which hints are shown: assets/desk/10-shell.css."""
    lists = [html.Ul([html.Li([*(html.Kbd(str(key)) for key in keys), str(words)]) for keys, words in hints],
                     className=f"keys__{name}", **{"aria-label": str(_("快捷键"))}) for name, hints in HINTS]  # fmt: skip
    every = html.Button(
        [html.Kbd("?"), str(_("全部快捷键"))], className="keys__all", **{"data-keys": "true", "aria-keyshortcuts": "?"}
    )
    note = html.P(str(_("表格与地图同一份数据 · 导出须授权并留痕")), className="keys__note")
    return html.Footer([*lists, every, note, _every()], className="keys")


def _every() -> Component:
    parts = [html.Section([html.H3(str(where), className="allkeys__where"), _list(rows)]) for where, rows in ALL]
    close = html.Button([str(_("关闭")), html.Kbd("Esc")], className="button", **{"data-keys": "true"})
    title = str(_("全部快捷键"))
    box = html.Div([html.H2(title, className="box__title"), html.Div(parts, className="allkeys"), close],
                   className="box", role="dialog", **{"aria-modal": "true", "aria-label": title})  # fmt: skip
    return html.Div(box, id=ids.KEYS, className="veil", hidden=True)


def _list(rows: tuple) -> Component:
    return html.Dl([html.Div([html.Dt(html.Kbd(str(key))), html.Dd(str(words))]) for key, words in rows])
