"""Texts become instants by the mapping's formats and zone, and an offset that is not true is not believed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.imports.mapping import TimesPart
from dashboard.imports.times import parse_times

LA = ZoneInfo("America/Los_Angeles")
OFFSET = "%Y-%m-%d %H:%M:%S%z"
CASES = [  # format, are offsets trusted, text, the instant (UTC)
    (OFFSET, True, "2016-07-13 15:11:07+00:00", datetime(2016, 7, 13, 15, 11, 7)),
    (OFFSET, True, "2016-07-13 15:11:07+0800", datetime(2016, 7, 13, 7, 11, 7)),
    (OFFSET, False, "2016-07-13 15:11:07+00:00", datetime(2016, 7, 13, 22, 11, 7)),
    (OFFSET, False, "2016-01-13 15:11:07Z", datetime(2016, 1, 13, 23, 11, 7)),
    ("%d.%m.%Y %H:%M", True, "13.07.2016 15:11", datetime(2016, 7, 13, 22, 11)),
    ("%Y年%m月%d日", True, "2016年7月13日", datetime(2016, 7, 13, 7, 0)),
    ("%d.%m.%Y", True, "2016-07-13 15:11:07", datetime(2016, 7, 13, 22, 11, 7)),  # as an Excel cell reads
    ("%Y-%m-%d %H:%M", True, "2016-11-06 01:30", datetime(2016, 11, 6, 8, 30)),  # comes twice: the first
    ("%Y-%m-%d %H:%M", True, "2016-03-13 02:30", datetime(2016, 3, 13, 10, 0)),  # is skipped: the end of the gap
    ("%Y-%m-%d %H:%M", True, "", None),
]


@pytest.mark.parametrize("form, trust, text, expected", CASES)
def test_a_text_becomes_an_instant(form, trust, text, expected):
    part = TimesPart("made", LA, (form,), trust_offset=trust)
    times, wrong = parse_times([text, "2016-99-99"], part)
    found = times.to_pydatetime()[0]
    assert (None if expected is None else expected.replace(tzinfo=UTC)) == (found if expected else None)
    assert times[1:].isna().all()
    assert wrong.tolist() == [False, True]


def test_formats_may_be_mixed_in_one_column():
    times, wrong = parse_times(["2016-07-13", "13.07.2016"], TimesPart("made", LA, ("%Y-%m-%d", "%d.%m.%Y")))
    assert times[0] == times[1]
    assert not wrong.any()
