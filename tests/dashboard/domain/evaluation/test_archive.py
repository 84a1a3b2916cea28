"""What seals an edition: digests over its archive, and the chain of its steps."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.difference import difference
from dashboard.domain.evaluation.engine import evaluate
from dashboard.domain.history import START
from tests.evaluating import inputs_of, leaf, scheme_of

STEP = {"edition_id": UUID(int=1), "seq": 1, "action": "lock", "state": "locked", "at": datetime(2026, 6, 1, tzinfo=UTC),
        "user_id": UUID(int=2), "actor": "甲", "role": "evaluator", "note": None, "detail": "{}"}  # fmt: skip
OTHER = {"edition_id": UUID(int=9), "seq": 2, "action": "try", "state": "trial", "at": datetime(2026, 6, 2, tzinfo=UTC),
         "user_id": None, "actor": "乙", "role": "leader", "note": "x", "detail": None}  # fmt: skip


@pytest.mark.parametrize("name", archive.STEP_COLUMNS)
def test_every_column_of_a_step_is_in_its_hash(name):
    assert archive.step_hash(START, **STEP) != archive.step_hash(START, **STEP | {name: OTHER[name]})


def test_a_step_covers_the_one_before():
    assert archive.step_hash(b"a" * 32, **STEP) != archive.step_hash(b"b" * 32, **STEP)


def test_a_seal_covers_names_and_bytes_and_no_order():
    one = archive.manifest({"a": b"1", "b": b"2"})
    assert archive.seal(one) == archive.seal(archive.manifest({"b": b"2", "a": b"1"}))
    others = ({"a": b"1"}, {"a": b"1", "b": b"3"}, {"a": b"1", "c": b"2"}, {"a": b"2", "b": b"1"})
    assert archive.seal(one) not in {archive.seal(archive.manifest(bodies)) for bodies in others}


@pytest.mark.parametrize("name, is_frozen", [
    ("scheme.toml", True), ("inputs.json", True), ("facts.json", True), ("cohort/330102", True), ("result.json", False),
    ("corrections.json", False), ("difference.json", False),
])  # fmt: skip
def test_what_is_frozen_is_what_no_later_step_changes(name, is_frozen):
    assert archive.frozen(name) is is_frozen
    frozen = archive.manifest({"inputs.json": b"1"})
    assert (archive.seal_inputs(frozen | {name: "x"}) == archive.seal_inputs(frozen)) is not is_frozen


def test_a_difference_names_what_changed_and_nothing_else():
    scheme = scheme_of(leaf("x"), digits=1)
    old = inputs_of([[90], [80], [70]], [[1], [1], [1]])
    new = inputs_of([[90], [80], [85]], [[1], [1], [1]])
    found = difference(scheme, (old, evaluate(scheme, old)), (new, evaluate(scheme, new)))
    assert found["values"] == [
        {"region": "r2", "indicator": "x", "before": [70.0, 1.0, 70.0], "after": [85.0, 1.0, 85.0]}
    ]
    changed = {one["region"]: (one["before"]["rank"], one["after"]["rank"]) for one in found["standings"]}
    assert changed == {"r1": (2, 3), "r2": (3, 2)}
    assert difference(scheme, (old, evaluate(scheme, old)), (old, evaluate(scheme, old))) == {
        "values": [],
        "standings": [],
    }
