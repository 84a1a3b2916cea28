"""The desk's panels: one table, in the order of reading. `section`: the part of the desk that shows it ("" all,
"case" the page of one case); `capability`: what a person needs to be given it."""

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component
from flask_babel import lazy_gettext as _

from layouts.desk import ids
from layouts.desk.panels import (
    appeals,
    audit,
    case,
    directives,
    evaluation_tabs,
    filters,
    findings,
    header,
    load,
    map,
    patrols,
    people,
    problems,
    ranking_appeals,
    ranking_cases,
    ranking_changes,
    ranking_edition,
    ranking_side,
    ranking_table,
    ranking_trace,
    ranking_tree,
    schemes,
    side,
    supervise,
)


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    id: str
    section: str
    capability: str
    label: object  # words for screen readers, in the reader's language
    draw: Callable[..., Component]


_TABLE = (
    Panel("header", ids.HEADER, "", "desk.view", _("治理端"), header.draw),
    Panel("filters", ids.FILTERS, "board", "case.read", _("队列与筛选"), filters.draw),
    Panel("map", ids.MAP, "board", "case.read", _("位置"), map.draw),
    Panel("load", ids.LOAD, "board", "case.read", _("承办负荷"), load.draw),
    Panel("side", ids.SIDE, "board", "case.read", _("选中案卷"), side.draw),
    Panel("case", ids.CASE, "case", "case.read", _("案卷"), case.draw),
    Panel("supervise", ids.SUPERVISE, "supervise", "case.read", _("督办"), supervise.draw),
    Panel("directives", ids.DIRECTIVES, "directives", "case.read", _("指令"), directives.draw),
    Panel("patrols", ids.PATROLS, "patrols", "case.read", _("巡查"), patrols.draw),
    Panel("ranking_edition", ids.RANKING_EDITION, "ranking", "evaluation.view", _("晾晒期"), ranking_edition.draw),
    Panel("ranking_tree", ids.RANKING_TREE, "ranking", "evaluation.view", _("指标与权重"), ranking_tree.draw),
    Panel("ranking_table", ids.RANKING_TABLE, "ranking", "evaluation.view", _("名次表"), ranking_table.draw),
    Panel("ranking_side", ids.RANKING_SIDE, "ranking", "evaluation.view", _("漏斗图、画像、试权重"), ranking_side.draw),
    Panel("ranking_appeals", ids.RANKING_APPEALS, "ranking", "evaluation.view", _("申诉"), ranking_appeals.draw),
    Panel("ranking_cases", ids.RANKING_CASES, "ranking", "evaluation.view", _("落到案件"), ranking_cases.draw),
    Panel("ranking_changes", ids.RANKING_CHANGES, "ranking", "evaluation.view", _("与上期对比"), ranking_changes.draw),
    Panel("ranking_trace", ids.RANKING_TRACE, "ranking", "evaluation.view", _("溯源"), ranking_trace.draw),
    Panel("evaluation_tabs", ids.EVALUATION_TABS, "", "desk.view", _("晾晒各栏"), evaluation_tabs.draw),
    Panel("appeals", ids.APPEALS, "appeals", "evaluation.view", _("申诉"), appeals.draw),
    Panel("problems", ids.PROBLEMS, "problems", "problem.read", _("问题"), problems.draw),
    Panel("findings", ids.FINDINGS, "findings", "evaluation.view", _("异常线索"), findings.draw),
    Panel("schemes", ids.SCHEMES, "schemes", "evaluation.view", _("方案"), schemes.draw),
    Panel("people", ids.PEOPLE, "people", "people.manage", _("账号"), people.draw),
    Panel("audit", ids.AUDIT, "audit", "audit.read", _("审计"), audit.draw),
)
PANELS = {panel.name: panel for panel in _TABLE}
PAGES = (
    "board",
    "case",
    "supervise",
    "directives",
    "patrols",
    "ranking",
    "appeals",
    "problems",
    "findings",
    "schemes",
    "people",
    "audit",
)  # what the desk shows one of; the URL says which


def panels_in(section: str) -> tuple[Panel, ...]:
    return tuple(panel for panel in _TABLE if panel.section == section)
