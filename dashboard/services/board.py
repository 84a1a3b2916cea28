"""The dispatch board: a page of its queue, the counts of all queues, and the filters with what they can be set to."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain

from flask_babel import gettext as _

from dashboard.domain.clocks import parse_limit
from dashboard.domain.desk_state import DUES, EVALUATION, DeskState, bar_of
from dashboard.domain.errors import UserError
from dashboard.domain.numbers import case_number
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.workflow import SOURCES, STATES, SUPERVISION
from dashboard.services import desk_words, words
from dashboard.services.board_map import project
from dashboard.services.desk_frame import Desk
from dashboard.services.filters import saved_filters
from dashboard.services.unit_load import Units
from dashboard.views.desk import Chip, FilterView, HeaderView, Link
from data.queries.board import count_board, list_board
from data.queries.regions import find_regions, list_below

PAGE_MOST = 500
_HINT = 18  # characters of a description that a row shows


def page(desk: Desk, first: int, last: int) -> tuple[list[dict], int]:
    """Rows [first, last) of the queue as plain values, and how many there are in all."""
    if not (0 <= first < last <= first + PAGE_MOST):
        raise UserError("page", "not a range of rows", got=(first, last), allowed=f"at most {PAGE_MOST} rows")
    with desk.deps.database.read() as session:
        rows = list_board(session, desk.scope, desk.chosen, limit=last - first, offset=first)
        places = find_regions(session, EVERYTHING, _codes(rows))
        units = Units(session, desk, [row["county_code"] for row in rows])
        at = project(desk)
        return [_row(desk, row, places, units, at) for row in rows], total(desk)


def total(desk: Desk) -> int:
    """How many cases the queue has under its filters."""

    def ask() -> tuple[int]:
        if not desk.state.filtered:
            return (desk.queues[desk.tab],)
        with desk.deps.database.read() as session:
            return (count_board(session, desk.scope, desk.chosen),)

    moving = desk.now.isoformat(timespec="minutes") if desk.state.due else ""
    return desk.cached("total", (repr(desk.chosen), moving), ask)[0]


def _codes(rows: list[Mapping]) -> set[str]:
    return set(chain.from_iterable((row["county_code"], row["township_code"]) for row in rows)) - {None}


def _row(desk: Desk, row: Mapping, places: Mapping, units: Units, at) -> dict:
    """Plain values: what the grid's cells draw (assets/desk/cells.js)."""
    place = places.get(row["township_code"] or row["county_code"])
    kind = desk.catalog.kinds[row["kind"]]
    told = not kind.sensitive  # of sensitive kinds a list shows the kind, never the text or the place
    unit = units.suggested(row, kind.unit)
    x, y = at(row["lon"], row["lat"]) if at and told and row["lon"] is not None else (None, None)
    held = row["holder_unit"]
    return {
        "key": f"{row['county_code']}:{row['id']}", "version": row["version"], "number": case_number(row["id"]),
        "state": row["state"], "stateLabel": str(words.STATES[row["state"]]), "card": row["card"],
        "severity": row["severity"], "severityLabel": str(words.SEVERITIES[row["severity"]]),
        "title": row["title"] if told else words.named(kind), "hint": _hint(row, told), "kind": words.named(kind),
        "place": place.short_name if place else "—", "source": str(words.SOURCES[row["source"]]),
        "unit": unit, "unitShort": units.short(unit) if unit else "", "holder": units.short(held) if held else "",
        "holderShown": held is not None and row["state"] not in ("reported", "accepted"),
        "supervision": row["supervision"], "supervisionLabel": str(words.SUPERVISION[row["supervision"]]),
        "x": x, "y": y, **clock_cell(desk, row),
    }  # fmt: skip


def _hint(row: Mapping, told: bool) -> str:
    if row["extension"] == "pending":
        return _("申请延期")
    if row["returned"]:
        return _("退回 %(n)s 次", n=row["returned"])
    if row["repeat_of"]:
        return _("重复诉求")
    return (row["description"] or "").split("\n")[0][:_HINT] if told else ""


def clock_cell(desk: Desk, row: Mapping) -> dict:
    """The running clock of a row: minutes left in its own time, shares of the limit, and what it looks like."""
    clock = STATES[row["state"]].clock
    rule = desk.catalog.clocks.get(row["clock_kind"] or "")
    due = row[f"{clock}_due_at"] if clock else None
    if rule is None or due is None:
        return {"clock": "", "left": None, "leftLabel": "—", "used": 0, "yellow": 0, "tone": "none"}
    limit = getattr(rule, clock)
    minutes = limit.minutes
    if clock == "handle" and row["extension"] == "granted" and row["extension_limit"]:
        minutes += parse_limit(row["extension_limit"], desk.catalog.hours).minutes
    left = _left(desk, row["paused_at"] or desk.now, due, limit.work)
    used = min(1.0, max(0.0, 1 - left / minutes))
    late = left < 0 or (row["paused_at"] is None and due <= desk.now)  # the limit can end with the work day
    tone = "paused" if row["paused_at"] else "late" if late else "warn" if used >= rule.yellow else "run"
    return {"clock": str(words.CLOCKS[clock]), "left": left, "leftLabel": span(left), "used": round(used, 3),
            "yellow": rule.yellow, "tone": tone}  # fmt: skip


def _left(desk: Desk, now: datetime, due: datetime, work: bool) -> int:
    """Minutes from now to `due` in the clock's own time; negative after it."""
    ahead = desk.calendar.minutes(now, due, work)
    return ahead if now <= due else -desk.calendar.minutes(due, now, work)


def span(minutes: int) -> str:
    """95 → "1:35"; from 100 hours up whole hours; a true minus in front of what is late."""
    sign, amount = ("−" if minutes < 0 else ""), abs(minutes)
    return (
        f"{sign}{amount // 60}:{amount % 60:02d}"
        if amount < 6000
        else _("%(sign)s%(h)s 小时", sign=sign, h=amount // 60)
    )


def header(desk: Desk) -> HeaderView:
    state = desk.state
    shown = EVALUATION if state.section in EVALUATION else (state.section,)
    sections = tuple(Link(key, str(desk_words.SECTIONS[key]), DeskState(key, state.region).to(), on=key in shown)
                     for key in bar_of(desk.person))  # fmt: skip
    path = tuple(Link(one.code, one.short_name, "" if one.code in desk.above else state.to(region=one.code, case="", p=1),
                      on=one.code == desk.region.code) for one in desk.path)  # fmt: skip
    roles = "、".join(dict.fromkeys(str(words.ROLES[grant.role]) for grant in desk.person.grants))
    synthetic = any(flag for _name, flag in desk.datasets)
    return HeaderView(
        desk.person.name,
        roles,
        tuple(sorted(desk.roles)),
        sections,
        path,
        synthetic,
        desk.now.astimezone(desk.zone),
        state.q,
        desk.landing if desk.person.can("case.read") else "",
    )


def filters(desk: Desk) -> FilterView:
    counts, state = desk.queues, desk.state
    tabs = tuple(Link(tab, str(desk_words.QUEUES[tab]), state.to(tab=tab, q="", p=1), counts[tab], tab == desk.tab)
                 for tab in desk.tabs)  # fmt: skip
    saved = tuple(Link(name, name, query, on=query == state.to(case="", p=1))
                  for name, query in saved_filters(desk.deps, desk.person))  # fmt: skip
    export = state.to(case="", tab=desk.tab) if desk.person.can("case.export") else ""
    clear = DeskState(state.section, state.region, desk.tab).to() if state.filtered else ""
    return FilterView(tabs, _chips(desk), saved, total(desk), clear, export, _("先到期在前"))


def _chips(desk: Desk) -> tuple[Chip, ...]:
    kinds = [(key, words.named(entry)) for key, entry in (*desk.catalog.groups.items(), *desk.catalog.kinds.items())]
    return (
        _chip(desk, "due", _("到期"), [(key, str(desk_words.DUES[key])) for key in DUES]),
        _chip(desk, "kind", _("种类"), kinds),
        _places_chip(desk),
        _chip(desk, "source", _("来源"), [(key, str(words.SOURCES[key])) for key in SOURCES]),
        _chip(desk, "severity", _("严重"), [(key, str(name)) for key, name in words.SEVERITIES.items()]),
        _chip(desk, "unit", _("单位"), _unit_choices(desk), more=True),
        _chip(desk, "supervision", _("督办"), [(key, str(words.SUPERVISION[key])) for key in SUPERVISION[1:]], more=True),
    )  # fmt: skip


def _chip(desk: Desk, key: str, label: str, choices: list[tuple[str, str]], *, more: bool = False) -> Chip:
    state, now = desk.state, getattr(desk.state, key)
    links = tuple(Link(code, name, state.to(**{key: code, "p": 1}), on=code == now) for code, name in choices)
    value = next((link.label for link in links if link.on), now)
    return Chip(key, label, value, links, state.to(**{key: "", "p": 1}), more)


def _places_chip(desk: Desk) -> Chip:
    """The regions one level below; one that is chosen becomes the region, so the path leads back."""
    level = {"province": "city", "city": "county", "county": "township"}.get(desk.region.level)
    state = desk.state
    if level is None:
        up = next((one for one in desk.path[-2:-1] if one.code not in desk.above), None)
        return Chip("region", _("街道乡镇"), desk.region.short_name if up else "", (),
                    state.to(region=up.code) if up else state.to())  # fmt: skip
    with desk.deps.database.read() as session:
        below = list(list_below(session, EVERYTHING, desk.region, level))
    label = {"city": _("市"), "county": _("县市区"), "township": _("街道乡镇")}[level]
    links = tuple(Link(one.code, one.short_name, state.to(region=one.code, p=1)) for one in below)
    return Chip("region", label, "", links, state.to())


def _unit_choices(desk: Desk) -> list[tuple[str, str]]:
    with desk.deps.database.read() as session:
        units = Units(session, desk, [desk.region.code])
    return [(unit.name, units.short(unit.name)) for unit in units.known]
