"""Due times, cards and overdue marks of imported cases are right as of the moment of the import."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from dashboard.domain.clocks import WorkCalendar
from dashboard.imports.dues import add_dues
from dashboard.imports.mapping import ClockPart
from tests.import_samples import CATALOG

# every day is a work day; "complex": accept 2 work hours, handle 13 work days, close 15 work days; 7 h a day
CALENDAR = WorkCalendar(ZoneInfo("UTC"), CATALOG.hours, date(2026, 5, 1), (True,) * 120)
ALL = ("accept", "handle", "verify", "close")


def moment(text: str) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([pd.Timestamp(text) if text else pd.NaT], tz="UTC").as_unit("us")


def due(now: str, limits=ALL, **given) -> dict:
    times = {"reported_at": "2026-05-04 08:30", "accepted_at": "", "handled_at": "", "verified_at": "", "ended_at": ""}
    words = {"state": "reported", "clock_kind": "complex"}
    columns = {name: moment(given.get(name, text)) for name, text in times.items()}
    columns |= {name: pd.Series([given.get(name, text)], dtype=object) for name, text in words.items()}
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    return add_dues(pd.DataFrame(columns), ClockPart("complex", limits), CATALOG, CALENDAR, at).iloc[0].to_dict()


CARDS = [  # now, what the case says, card, when it climbs, overdue
    ("2026-05-04 09:00", {}, "none", "2026-05-04 10:06", False),
    ("2026-05-04 10:06", {}, "yellow", "2026-05-04 10:30", False),
    ("2026-05-04 10:30", {}, "red", None, False),
    ("2026-05-19 17:29", {}, "red", None, True),
    ("2026-05-04 11:00", {"state": "accepted", "accepted_at": "2026-05-04 09:00"}, "none", "2026-05-14 14:54", False),
    ("2026-06-30 11:00", {"state": "closed", "ended_at": "2026-05-18 17:00"}, "none", None, False),
    ("2026-06-30 11:00", {"state": "closed", "ended_at": "2026-05-20 17:00"}, "none", None, True),
    ("2026-05-05 11:00", {"state": "handling"}, "none", None, False),  # nobody knows when its clock started
]


@pytest.mark.parametrize("now, given, card, climbs, overdue", CARDS)
def test_cards_and_overdue_marks(now, given, card, climbs, overdue):
    found = due(now, **given)
    assert (found["card"], found["overdue"]) == (card, overdue)
    if climbs is None or climbs.startswith("2026-05-04"):
        assert (None if pd.isna(found["next_card_at"]) else str(found["next_card_at"])[:16]) == climbs
    else:
        assert found["next_card_at"].date() == date.fromisoformat(climbs[:10])


def test_minutes_used_are_counted_where_a_stage_has_both_its_ends():
    found = due("2026-06-01 00:00", state="accepted", accepted_at="2026-05-04 09:15")
    assert (found["accept_minutes"], found["accept_limit"]) == (45, 120)
    assert pd.isna(found["handle_minutes"])


def test_a_closing_limit_alone_runs_no_clock_and_drops_no_card():
    found = due("2026-06-30 00:00", limits=("close",))
    assert found["overdue"]
    assert (found["card"], found["clock_kind"]) == ("none", None)
    assert pd.isna(found["accept_due_at"])
    assert pd.isna(found["next_card_at"])


def test_without_a_clock_nothing_is_due():
    columns = {name: moment("2026-05-04 08:30") for name in ("reported_at", "accepted_at", "handled_at", "verified_at")}
    columns |= {"ended_at": moment(""), "state": ["handling"], "clock_kind": pd.Series([None], dtype=object)}
    now = datetime(2030, 1, 1, tzinfo=UTC)
    found = add_dues(pd.DataFrame(columns), ClockPart("none"), CATALOG, None, now).iloc[0]
    assert pd.isna(found["close_due_at"])
    assert not found["overdue"]
