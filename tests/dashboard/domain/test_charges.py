"""Whose time it was: every minute of a case's life is charged once, pauses are marked, loaded records are read, too."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.charges import charge
from dashboard.domain.history import canonical
from dashboard.domain.workflow import STATES, TRANSITIONS
from tests.calendars import work_calendar
from tests.dashboard.domain.test_casework import START, local

CALENDAR = work_calendar()
ROOM, FIRE, SAFETY = "指挥室", "消防", "应急"


def step(
    action: str, state: str, at, effect: str | None = None, unit: str | None = None, device_at=None, **detail
) -> dict:
    return {"action": action, "state": state, "at": at, "device_at": device_at, "unit": unit, "clock_effect": effect,
            "detail": canonical(detail)}  # fmt: skip


LIVE = (
    step("report", "reported", local("06-22 10:00"), "run", holder=ROOM),
    step("accept", "accepted", local("06-22 10:30"), "run"),
    step("dispatch", "dispatched", local("06-22 11:00"), unit=None, holder=FIRE),
    step("object", "objected", local("06-22 11:30"), "pause", FIRE),
    step("redispatch", "dispatched", local("06-22 15:00"), "run", holder=SAFETY, charged=ROOM),
    step("take", "handling", local("06-22 15:20"), unit=SAFETY),
    step("handle", "handled", local("06-22 17:00"), "run", SAFETY),
    step("verify", "verified", local("06-23 09:00"), "run"),
    step("close", "closed", local("06-23 10:00")),
    step("reopen", "handling", local("06-24 10:00"), "reset"),
    step("handle", "handled", local("06-24 11:00"), "run", SAFETY),
)


def test_each_stretch_is_charged_to_who_had_the_case():
    told = charge(LIVE, local("06-24 11:30"), CALENDAR)
    assert [(one.holder, one.state, one.minutes, one.work_minutes, one.paused) for one in told] == [
        (ROOM, "reported", 30, 30, False), (ROOM, "accepted", 30, 30, False), (FIRE, "dispatched", 30, 30, False),
        (ROOM, "objected", 210, 0, True), (SAFETY, "dispatched", 20, 20, False), (SAFETY, "handling", 100, 100, False),
        (ROOM, "handled", 960, 60, False), (ROOM, "verified", 60, 60, False),
        (SAFETY, "handling", 60, 60, False), (ROOM, "handled", 30, 30, False),
    ]  # fmt: skip


def test_loaded_records_are_charged_by_the_units_of_their_steps():
    loaded = (
        step("report", "reported", local("06-22 10:00"), "run", "某网格"),
        step("accept", "accepted", local("06-22 10:30"), "run", ROOM),
        step("dispatch", "dispatched", local("06-22 11:00"), unit=ROOM), step("take", "handling", local("06-22 15:20"), unit=FIRE),
        step("handle", "handled", local("06-22 17:00"), "run", FIRE), step("verify", "verified", local("06-23 09:00"), unit="综合室"),
    )  # fmt: skip
    told = charge(loaded, local("06-23 10:00"), CALENDAR)
    assert [one.holder for one in told] == [ROOM, ROOM, FIRE, FIRE, "综合室", "综合室"]


def test_a_step_counts_from_when_it_was_done():
    steps = (
        *LIVE[:6],
        step("handle", "handled", local("06-23 09:00"), "run", SAFETY, local("06-22 16:00"), credited=True),
    )
    told = charge(steps, local("06-23 09:00"), CALENDAR)
    assert (told[-2].end, told[-2].work_minutes) == (local("06-22 16:00"), 40)


def test_nothing_is_charged_without_a_history():
    assert charge((), START, CALENDAR) == ()


@given(
    st.lists(st.tuples(st.sampled_from(sorted(TRANSITIONS)), st.integers(0, 200_000)), max_size=25),
    st.integers(0, 10**6),
)
def test_every_minute_from_report_to_end_is_charged_to_exactly_one(walk: list[tuple[str, int]], rest: int):
    steps, at = [step("report", "reported", START, "run", holder=ROOM)], START
    for action, seconds in walk:
        row = TRANSITIONS[action]
        if steps[-1]["state"] in row.sources:
            at += timedelta(seconds=seconds)
            steps.append(step(action, row.target or steps[-1]["state"], at, row.clock))
    now = at + timedelta(seconds=rest)
    told = charge(steps, now, CALENDAR)
    open_spans = [(one["at"], next_["at"]) for one, next_ in zip(steps, [*steps[1:], {"at": now}], strict=True)
                  if not STATES[one["state"]].ended and one["at"] < next_["at"]]  # fmt: skip
    assert [(one.start, one.end) for one in told] == open_spans
    if not any(STATES[one["state"]].ended for one in steps):
        assert sum(one.minutes for one in told) == int((now - START).total_seconds()) // 60
        paused = sum(one.paused for one in told)
        assert sum(one.work_minutes for one in told) <= CALENDAR.minutes(START, now, True)
        assert paused or sum(one.work_minutes for one in told) == CALENDAR.minutes(START, now, True)
