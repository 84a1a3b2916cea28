"""Deadlines explain themselves; every figure agrees with a slow reference that counts minute by minute over a year of
holidays, make-up work days and pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalog import load_catalog
from dashboard.domain.casework import advance, mark, opening
from dashboard.domain.explain import Skipped, explain
from dashboard.domain.workflow import TRANSITIONS
from tests.calendars import HOURS, SHANGHAI, work_calendar
from tests.dashboard.domain.test_casework import BLANK, START, after, local, reported

CALENDAR = work_calendar()
RULES = load_catalog().clocks
MINUTE = timedelta(minutes=1)
MOVES = (
    "dispatch",
    "take",
    "object",
    "uphold",
    "pause",
    "resume",
    "ask_extension",
    "grant_extension",
    "handle",
    "rework",
)


def counts(at: datetime, work: bool, stood: list[tuple[datetime, datetime]]) -> bool:
    """Does the minute that begins at `at` count? The reference: no arithmetic, only looking."""
    if any(a <= at < b for a, b in stood):
        return False
    here = at.astimezone(SHANGHAI)
    works = CALENDAR.workdays[(here.date() - CALENDAR.first).days]
    return not work or (works and any(a <= here.time() < b for a, b in HOURS.spans))


def walk_minutes(start: datetime, count: int, work: bool, stood) -> datetime:
    """The instant at which `count` minutes have counted."""
    at = start
    while count:
        count -= counts(at, work, stood)
        at += MINUTE
    return at


def minutes(start: datetime, end: datetime, work: bool, stood) -> int:
    return sum(counts(start + MINUTE * n, work, stood) for n in range(int((end - start) / MINUTE)))


def step(action: str, case: dict, at: datetime, effect: str | None) -> dict:
    return {"action": action, "state": case["state"], "at": at, "device_at": None, "detail": None, "unit": None,
            "clock_effect": effect}  # fmt: skip


STARTS = st.integers(0, 364 * 24 * 60).map(
    lambda n: (datetime(2025, 1, 2, tzinfo=SHANGHAI) + MINUTE * n).astimezone(UTC)
)
WALKS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(1, 2500)), max_size=8)


@settings(max_examples=60)
@given(rule=st.sampled_from(("urgent", "fast", "ordinary")), start=STARTS, walk=WALKS)
def test_the_handling_clock_agrees_with_counting_minute_by_minute(rule: str, start: datetime, walk):
    kind, limits = RULES[rule], RULES[rule].handle
    case = {**BLANK, **opening(start, kind, CALENDAR)}
    case |= advance(case, "accept", start, kind, CALENDAR)
    steps = [step("report", {"state": "reported"}, start, "run"), step("accept", case, start, "run")]
    begun, since, stood, granted, now = start, None, [], 0, start
    for action, wait in walk:
        now += MINUTE * wait
        case |= mark(case, now)
        if case["state"] not in _sources(action) or (action == "grant_extension" and case["extension"] != "pending"):
            continue
        if action in ("pause", "ask_extension") and (case["paused_at"] or case["extension"]):
            continue
        case = after(case, action, now, rule)
        effect = _effect(action)
        if effect == "pause" and since is None:
            since = now
        elif effect in ("run", "reset") and since is not None:
            stood, since = [*stood, (since, now)], None
        if action == "grant_extension":
            granted = 2 * (HOURS.minutes_a_day if limits.work else 1440)
        if action == "rework":
            begun, stood, granted = now, [], 0
        steps.append(step(action, case, now, effect))
    told = explain(case, kind, CALENDAR, now, steps)[1]
    open_spans = [*stood, (since, now)] if since else stood
    assert told.limit_minutes == limits.minutes + granted
    assert told.used_minutes == minutes(begun, told.stopped_at or now, limits.work, open_spans)
    still = sum(minutes(a, b, limits.work, []) for a, b in open_spans)
    for at, allowed in ((told.due_at, told.limit_minutes), (told.yellow_at, told.yellow_minutes)):
        assert _same(at, walk_minutes(begun, allowed + still, limits.work, []), limits.work)
        if all(a < at for a, _end in open_spans) and all(end <= at for _start, end in open_spans):
            assert _same(at, walk_minutes(begun, allowed, limits.work, open_spans), limits.work)
    _adds_up(told, begun, now, limits.work, open_spans)


def _sources(action: str):
    return TRANSITIONS[action].sources


def _effect(action: str) -> str | None:
    return TRANSITIONS[action].clock


def _same(one: datetime, other: datetime, work: bool) -> bool:
    """Equal, or with nothing but idle time between: 17:30 and the next morning are one moment of work time."""
    low, high = sorted((one, other))
    return one == other or (work and minutes(low, high, True, []) == 0)


def _adds_up(told, begun: datetime, now: datetime, work: bool, stood) -> None:
    """What is skipped and what counts are the whole time, without gap or overlap; and each reason is the right one."""
    for one, next_ in zip(told.skipped, told.skipped[1:], strict=False):
        assert one.end <= next_.start
    for part in told.skipped:
        assert not any(counts(at, work, stood) for at in (part.start, part.end - MINUTE))
    end = max(told.due_at, told.stopped_at or now)
    skipped = sum((part.end - part.start for part in told.skipped), timedelta())
    assert minutes(begun, end, work, stood) == (end - begun - skipped) / MINUTE


def test_skipped_time_is_named():
    case = after(reported("ordinary", local("09-29 16:30")), "accept", local("09-29 16:30"))
    told = explain(case, RULES["ordinary"], CALENDAR, local("09-30 09:00"))[1]
    names = [part.why for part in told.skipped]
    assert names[:4] == ["night", "lunch", "night", "holiday"]
    assert told.skipped[0] == Skipped(local("09-29 17:30"), local("09-30 08:30"), "night")
    assert told.skipped[3].start == local("10-01 00:00")


def test_a_paused_clock_shows_when_it_would_fall_due_and_what_stood_still():
    case = after(reported(), "accept", local("06-22 11:00"))
    case = after(case, "pause", local("06-22 15:00"))
    before = explain(case, RULES["ordinary"], CALENDAR, local("06-22 15:00"))[1]
    later = explain(case, RULES["ordinary"], CALENDAR, local("06-23 15:00"))[1]
    assert (later.status, later.used_minutes, later.left_minutes) == ("paused", 120, 1560)
    assert (before.used_minutes, before.left_minutes) == (120, 1560)
    assert later.due_at - before.due_at == timedelta(days=3)  # a work day later: Monday instead of Friday
    assert Skipped(local("06-22 15:00"), local("06-23 15:00"), "pause") in later.skipped


STATUSES = (  # moves an hour apart, status of each clock, which of them were in time
    ((), ("running", "waiting", "waiting"), (None, None, None)),
    (("accept",), ("done", "running", "waiting"), (True, None, None)),
    (("accept", "dispatch", "object"), ("done", "paused", "waiting"), (True, None, None)),
    (("accept", "dispatch", "take", "handle"), ("done", "done", "running"), (True, True, None)),
    (("accept", "dispatch", "take", "handle", "rework"), ("done", "running", "waiting"), (True, None, None)),
    (("accept", "dispatch", "take", "handle", "verify"), ("done", "done", "done"), (True, True, True)),
    (("accept", "dispatch", "take", "handle", "verify", "close"), ("done", "done", "done"), (True, True, True)),
    (("reject",), ("done", "waiting", "waiting"), (True, None, None)),
    (("accept", "dispatch", "void"), ("done", "done", "waiting"), (True, True, None)),
)


@pytest.mark.parametrize("moves, statuses, in_time", STATUSES)
def test_each_clock_has_its_status_at_every_stage(moves, statuses, in_time):
    case = reported()
    for number, action in enumerate(moves, start=1):
        case = after(case, action, START + timedelta(hours=number / 2))
    told = explain(case, RULES["ordinary"], CALENDAR, START + timedelta(hours=len(moves) / 2))
    assert tuple(clock.clock for clock in told) == ("accept", "handle", "verify")
    assert tuple(clock.status for clock in told) == statuses
    assert tuple(clock.on_time for clock in told) == in_time


def test_a_late_clock_says_how_late_as_the_card_does():
    case = after(reported(), "accept", local("06-22 11:00"))
    while marks := mark(case, local("06-26 14:30")):
        case |= marks
    told = explain(case, RULES["ordinary"], CALENDAR, local("06-26 14:30"))[1]
    assert case["card"] == "red"
    assert (told.left_minutes, told.on_time, told.due_at) == (-90, False, local("06-26 11:00"))


def test_an_extension_is_told_apart_from_the_rule():
    case = reported()
    for action in ("accept", "dispatch", "take", "ask_extension", "grant_extension"):
        case = after(case, action, local("06-22 10:10"))
    told = explain(case, RULES["ordinary"], CALENDAR, local("06-22 10:10"))[1]
    assert (told.limit_minutes, told.extended_minutes, told.yellow_minutes) == (2520, 840, 1890)


def test_a_source_without_limits_has_no_clocks():
    assert explain({**BLANK, "state": "handling"}, None, CALENDAR, START) == ()


def test_a_clock_whose_start_the_source_does_not_say_runs_from_the_report():
    case = {**after(reported(), "accept", local("06-22 10:00")), "state": "handling", "accepted_at": None,
            "clock_started_at": None}  # fmt: skip
    told = explain(case, RULES["ordinary"], CALENDAR, local("06-22 11:00"))[1]
    assert (told.started_at, told.used_minutes) == (case["reported_at"], 60)
