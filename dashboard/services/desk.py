"""The desk's reads in one table: name -> function of a Desk and what else it asks for. Callbacks look here only."""

from collections.abc import Callable, Mapping

from dashboard.services import board, board_map, case_sheet, desk_pages, supervise, unit_load

READS: Mapping[str, Callable] = {
    "header": board.header,
    "filters": board.filters,
    "page": board.page,
    "load": unit_load.load,
    "ground": board_map.ground,
    "sheet": case_sheet.sheet,
    "similar_counts": case_sheet.similar_counts,
    "supervise": supervise.supervise,
    "directives": desk_pages.directive_page,
    "patrols": desk_pages.patrol_page,
    "people": desk_pages.people_page,
    "audit": desk_pages.audit_page,
    "asked": case_sheet.asked,
}
