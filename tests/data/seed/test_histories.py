"""Every demo case walks the transition table, and its row says what its steps say."""

from itertools import pairwise
from uuid import UUID

import pytest

from dashboard.domain.casework import advance, mark, opening
from dashboard.domain.history import FIELDS, START, step_hash
from dashboard.domain.workflow import STATES, TRANSITIONS
from data.seed.loop import SLOTS
from data.seed.stamps import COUNTS, STAMPS
from tests.data.seed.conftest import NOW, Demo


@pytest.fixture(scope="module")
def rows(small: Demo) -> list[tuple[dict, list[dict]]]:
    """(case, its steps) with plain values, None for what is missing."""
    histories = {}
    for step in _plain(small.steps):
        histories.setdefault(step["case_id"], []).append(step)
    return [(case, histories[case["id"]]) for case in _plain(small.cases)]


def _plain(frame) -> list[dict]:
    columns = {}
    for name in frame:
        values = frame[name].dt.to_pydatetime() if frame[name].dtype.kind == "M" else frame[name]
        columns[name] = [None if gone else value for value, gone in zip(values, frame[name].isna(), strict=True)]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_every_history_obeys_the_transition_table(rows):
    for case, steps in rows:
        assert [step["seq"] for step in steps] == list(range(1, len(steps) + 1))
        assert (steps[0]["action"], steps[0]["state"], steps[0]["at"]) == ("report", "reported", case["reported_at"])
        for before, step in pairwise(steps):
            rule = TRANSITIONS[step["action"]]
            assert before["state"] in rule.sources
            assert step["state"] == rule.target
            assert before["at"] < step["at"]
        assert (steps[-1]["state"], len(steps)) == (case["state"], case["version"])


def test_the_sample_holds_every_action(small: Demo):
    assert set(small.steps["action"].unique()) == set(SLOTS)


def test_a_case_stands_as_the_workflow_would_have_left_it(rows, small: Demo):
    """Walk the steps through the rules that live writes use; compare the columns that matter."""
    for case, steps in rows:
        rule = small.catalog.clocks[case["clock_kind"]]
        walked = dict.fromkeys(COUNTS, 0) | dict.fromkeys((*STAMPS, "ended_at")) | {"overdue": False}
        walked |= opening(steps[0]["at"], rule, small.calendar)
        for step in steps[1:]:
            while marks := mark(walked, step["at"]):
                walked |= marks
            walked |= advance(walked, step["action"], step["at"], rule, small.calendar)
        while marks := mark(walked, NOW) if not STATES[walked["state"]].ended else {}:
            walked |= marks
        for name in _compared(case):
            assert walked.get(name) == case[name], (name, case["id"], [step["action"] for step in steps])


def _compared(case: dict) -> list[str]:
    """A stage taken back has no deadline or minutes here; live rows keep the old ones, which count nowhere."""
    names = ["state", "reported_at", "accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at", "ended_at",
             "reopened_at", "returned", "reworked", "reopened", "close_due_at", "accept_due_at", "card", "next_card_at",
             "overdue", "paused_at"]  # fmt: skip
    names += ["accept_minutes", "accept_limit", "handle_due_at"] if case["accepted_at"] else []
    names += ["handle_minutes", "handle_limit", "verify_due_at"] if case["handled_at"] else []
    names += ["clock_started_at", "paused_minutes"] if STATES[case["state"]].clock and not case["verified_at"] else []
    return names + (["verify_minutes", "verify_limit"] if case["verified_at"] else [])


def test_every_hash_chain_verifies(rows):
    for _, steps in rows:
        previous = START
        for step in steps:
            fields = {name: step[name] for name in FIELDS} | {"case_id": UUID(step["case_id"])}
            assert step["hash"] == step_hash(previous, **fields)
            previous = step["hash"]


def test_a_phone_says_a_time_before_the_server_does(small: Demo):
    phones = small.steps.dropna(subset="device_at")
    assert len(phones)
    assert (phones["device_at"] <= phones["at"]).all()


def test_the_check_is_made_by_someone_else_than_the_handler(small: Demo):
    who = small.steps.groupby(small.steps["action"].astype(object))["role"].unique()
    assert set(who["verify"]).isdisjoint(who["handle"])
