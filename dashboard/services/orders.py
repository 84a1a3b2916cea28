"""The composer of directives on the wall: what an order would be about, whom it would reach, ready words and deadlines."""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain import directives as rules
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.cases import shown_title
from dashboard.services.directives import ISSUE
from dashboard.services.frame import Frame
from dashboard.views.directives import Deadline, OrderCase, OrderView
from data.queries.cases import get_case
from data.queries.directives import count_people
from data.queries.regions import get_region, list_path

UNITS_MOST = 8
_NEAR = timedelta(minutes=30)


def order(deps: Deps, state: WallState, scope: Scope, *, person: Person) -> OrderView:
    """The composer for what the state shows. NotFound where the region or case is none, or out of scope."""
    frame = Frame(deps, state, scope)
    with deps.database.read() as session:
        case, region = _subject(session, frame)
        own = person.scope(ISSUE)
        allowed = person.can(ISSUE) and own.covers(region)
        people = count_people(session, region, rules.MEANT) if allowed else []
        path = list_path(session, own, region) if allowed else []
    local = deps.clock().astimezone(frame.place.zone)
    refused = "" if allowed else _("您不能向这个辖区下达指令")
    if allowed and not people:
        refused = _("这个辖区还没有可以接收指令的人员，请选上一级辖区")
    return OrderView(
        region.code, region.name, tuple((one.short_name, state.to(at=one.code), one.code == region.code) for one in path),
        _roles(people), _units(people), _templates(frame, case), deadlines(local), case,
        state.to(order=""), state.to(order="", at="" if not state.list else state.at),
        int(local.utcoffset().total_seconds() // 60), refused,
    )  # fmt: skip


def _subject(session, frame: Frame) -> tuple[OrderCase | None, Region]:
    """The case an order would be about, and the region: the one chosen, that of the case's county, or the one shown."""
    state, case = frame.state, None
    region = get_region(session, frame.scope, state.at) if state.at else frame.region
    if state.case:
        found = get_case(session, frame.scope, frame.region, state.case)
        row = {column.key: getattr(found, column.key) for column in found.__table__.columns}
        case = OrderCase(found.county_code, str(found.id), case_number(found.id), shown_title(frame, row))
        county = get_region(session, frame.scope, found.county_code)
        region = region if state.at or county.code in dict(region.path).values() else county
    return case, region


def _roles(people: list) -> tuple[tuple[str, str, int], ...]:
    return tuple((role, str(words.ROLES[role]), sum(count for one, _unit, count in people if one == role))
                 for role in rules.MEANT)  # fmt: skip


def _units(people: list) -> tuple[tuple[str, int], ...]:
    """The units with most people, by name."""
    units: dict[str, int] = {}
    for _role, unit, count in people:
        if unit is not None:
            units[unit] = units.get(unit, 0) + count
    most = sorted(units, key=lambda unit: (-units[unit], unit))[:UNITS_MOST]
    return tuple((unit, units[unit]) for unit in sorted(most))


def _templates(frame: Frame, case: OrderCase | None) -> tuple[tuple[str, str], ...]:
    """(name, text) of three orders ready to send; `head` says what they are about."""
    head = _("案件 %(number)s：", number=case.number) if case else ""
    if not case and frame.state.list:
        head = _("%(list)s：", list=words.list_name(frame.state.list))
    return (
        (_("核查处置"), head + _("请立即核查并处置，按时反馈结果。")),
        (_("到场报告"), head + _("请责任人员立即到场，报告现场情况和已采取的措施。")),
        (_("限时办结"), head + _("请逐件说明超期原因，限时办结。")),
    )


def deadlines(now: datetime) -> tuple[Deadline, ...]:
    """`now` in the region's zone."""
    today, tomorrow = close_of_work(now, 0), close_of_work(now, 1)
    late = _("今天 24:00") if today.time() == time() else _("今天 18:00")
    return (
        Deadline("30m", _("30 分钟内"), span="30m"),
        Deadline("2h", _("2 小时内"), span="2h"),
        Deadline("today", late, at=today.isoformat()),
        Deadline("tomorrow", _("明天 18:00"), at=tomorrow.isoformat()),
        Deadline("custom", _("自定")),
    )


def close_of_work(now: datetime, days: int) -> datetime:
    """18:00 of today (`days` 0; midnight when that is near or over) or of a following day, in the zone of `now`."""
    day = now.date() + timedelta(days=days)
    end = datetime.combine(day, time(18), now.tzinfo)
    return end if end - now > _NEAR else datetime.combine(day + timedelta(days=1), time(), now.tzinfo)
