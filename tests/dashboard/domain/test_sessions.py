"""How long sessions last, and how long an account stays shut after wrong passwords."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.sessions import LIFETIMES, LOCKS, REMEMBERED, REMOTE_LOCKS, is_over, locked_until
from tests.factories import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENDS = (  # kind, hours since sign-in, hours since last seen, is it over
    ("browser", 0, 0, False), ("browser", 11.9, 0, False), ("browser", 12, 0, True), ("browser", 5, 1.9, False),
    ("browser", 5, 2, True), ("field", 15, 15, False), ("field", 16, 16, True), ("field", 100, 15.9, False),
    ("field", 167.9, 0, False), ("field", 168, 0, True), ("api", 11.9, 11.9, False), ("api", 12, 0, True),
    ("kiosk", 24 * 3000, 24 * 3000, False), ("kiosk", 24 * 3650, 0, True),
)  # fmt: skip
WRONG = (  # wrong passwords in a row, for how long the account is shut after the last
    (0, None), (4, None), (5, 15 * MINUTE), (9, 15 * MINUTE), (10, HOUR), (14, HOUR), (15, 4 * HOUR), (19, 4 * HOUR),
    (20, 24 * HOUR), (500, 24 * HOUR),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "since", "idle", "over"), ENDS)
def test_a_session_ends_when_it_is_old_or_idle(kind: str, since: float, idle: float, over: bool):
    begun = NOW - since * HOUR
    assert is_over(kind, NOW - idle * HOUR, begun + LIFETIMES[kind].most, NOW) is over


@pytest.mark.parametrize(("count", "lock"), WRONG)
def test_the_more_wrong_passwords_the_longer_none_is_looked_at(count: int, lock: timedelta | None):
    wrong = [NOW - n * MINUTE for n in range(count)]
    assert locked_until(wrong) == (None if lock is None else NOW + lock)


@given(st.lists(st.timedeltas(timedelta(), REMEMBERED), min_size=1, max_size=60))
def test_one_more_wrong_password_never_opens_an_account_sooner(ago: list[timedelta]):
    times = sorted(NOW - one for one in ago)
    before = locked_until(times[:-1]) if len(times) > 1 else None
    after = locked_until(times)
    assert before is None or (after is not None and after >= before)


def test_what_locks_is_remembered_as_long_as_it_locks():
    assert all(lock <= REMEMBERED for _count, lock in (*LOCKS, *REMOTE_LOCKS))
    assert [count for count, _lock in LOCKS] == sorted(count for count, _lock in LOCKS)
