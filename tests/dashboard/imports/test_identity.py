"""A record has one id for ever, in the shape of UUIDv7, and its content one hash."""

from uuid import UUID

import numpy as np

from dashboard.imports.identity import case_ids

AT = np.array(["2026-05-04T16:30:00.123456", "2026-05-04T16:30:00.123456"], dtype="datetime64[us]")


def test_an_id_is_a_uuid7_of_the_time_and_the_key():
    first, second = (UUID(text) for text in case_ids("sample", ["1", "2"], AT))
    assert first != second
    for one in (first, second):
        assert (one.version, one.variant) == (7, "specified in RFC 4122")
        assert one.int >> 80 == AT[0].astype("datetime64[ms]").astype(int)


def test_the_same_record_has_the_same_id_and_another_dataset_another():
    assert case_ids("sample", ["1", "2"], AT) == case_ids("sample", ["1", "2"], AT)
    assert set(case_ids("sample", ["1", "2"], AT)).isdisjoint(case_ids("other", ["1", "2"], AT))
    assert case_ids("a", ["bc", ""], AT) != case_ids("ab", ["c", ""], AT)
