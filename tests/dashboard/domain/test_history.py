"""The hash chain of a history: unambiguous, and the same one by one as in bulk."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.history import FIELDS, SEPARATOR, START, chain, chained, instant, step_hash, word

AT = datetime(2026, 6, 18, 6, 5, 32, 123_456, tzinfo=UTC)
STEP = {"county_code": "330106", "case_id": UUID(int=7), "seq": 1, "action": "report", "state": "reported", "at": AT,
        "device_at": None, "actor": "网格员", "role": "grid_worker", "unit": None, "reason": None, "note": None,
        "clock_effect": "run"}  # fmt: skip
WORDS = st.none() | st.text(alphabet=["a", "\\", SEPARATOR, "N", "u", "中"], max_size=4)


def test_the_canonical_text_has_the_fields_of_a_step_in_order():
    assert tuple(STEP) == FIELDS


def test_the_hash_is_sha256_over_a_documented_text():
    text = ["330106", "00000000000000000000000000000007", "1", "report", "reported", "1781762732123456", r"\N",
            "网格员", "grid_worker", r"\N", r"\N", r"\N", "run"]  # fmt: skip
    assert step_hash(START, **STEP) == chained(START, SEPARATOR.join(text))


@pytest.mark.parametrize("name, other", [
    ("county_code", "330105"), ("case_id", UUID(int=8)), ("seq", 2), ("action", "accept"), ("state", "accepted"),
    ("at", AT + timedelta(microseconds=1)), ("device_at", AT), ("actor", "群众"), ("role", "public"), ("unit", ""),
    ("reason", "x"), ("note", "\\N"), ("clock_effect", None),
])  # fmt: skip
def test_a_change_of_any_field_changes_the_hash(name, other):
    assert step_hash(START, **STEP) != step_hash(START, **{**STEP, name: other})


def test_a_change_of_the_hash_before_changes_the_hash():
    assert step_hash(START, **STEP) != step_hash(bytes(32), **STEP)


def test_the_same_instant_in_another_zone_has_the_same_hash():
    local = AT.astimezone(timezone(timedelta(hours=8)))
    assert step_hash(START, **STEP) == step_hash(START, **{**STEP, "at": local})


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        instant(AT.replace(tzinfo=None))


@given(st.lists(WORDS, min_size=3, max_size=3), st.lists(WORDS, min_size=3, max_size=3))
def test_different_words_never_share_a_text(some, others):
    texts = [SEPARATOR.join(map(word, words)) for words in (some, others)]
    assert (texts[0] == texts[1]) == (some == others)


def test_a_bulk_chain_starts_anew_with_each_history():
    first = chained(START, "a")
    assert chain(["a", "b", "c"], [True, False, True]) == [first, chained(first, "b"), chained(START, "c")]
