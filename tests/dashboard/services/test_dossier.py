"""The dossier beyond what the API's tests show: the chain, masks, and which guards close an action beforehand."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from dashboard.domain.guards import GUARDS
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services.allowed import ASKS_INPUT
from dashboard.services.dossier import mask_name, mask_phone
from data.models import CaseStep
from tests.dashboard.api.client import FIRE, MONDAY, Api, make_api

NAMES = ((None, None), ("", None), ("林", "林**"), ("林小满", "林**"))
PHONES = (
    (None, None),
    ("", None),
    ("13812340421", "138****0421"),
    ("057788889999", "057****9999"),
    ("88889999", "****99"),
)
TAMPERED = {  # what somebody did to the history behind the product's back
    "a note changed": lambda: update(CaseStep).where(CaseStep.seq == 2).values(note="另一句"),
    "a time changed": lambda: update(CaseStep).where(CaseStep.seq == 2).values(at=MONDAY - timedelta(days=3)),
    "a step left out": lambda: delete(CaseStep).where(CaseStep.seq == 2),
    "the first step left out": lambda: delete(CaseStep).where(CaseStep.seq == 1),
}


@pytest.fixture
def api(database, tmp_path: Path) -> Api:
    return make_api(database, tmp_path / "evidence")


@pytest.mark.parametrize("name, shown", NAMES)
def test_a_name_is_masked(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize("phone, shown", PHONES)
def test_a_phone_is_masked(phone, shown):
    assert mask_phone(phone) == shown


def test_a_history_that_was_tampered_with_is_seen_on_the_case(api: Api):
    for what, change in TAMPERED.items():
        case = api.by("grid").report(title=what).body
        for action, inputs in (("accept", {"note": "收到"}), ("dispatch", {"unit": FIRE})):
            assert api.by("dispatcher").act(case, action, inputs=inputs).status == 200
        assert api.by("dispatcher").dossier(case)["chain_ok"], what
        with api.deps.database.write() as session:
            session.execute(change())
        assert not api.by("dispatcher").dossier(case)["chain_ok"], what
        with api.deps.database.write() as session:
            session.execute(delete(CaseStep))


def test_guards_that_need_an_input_are_named_and_all_others_can_be_judged_beforehand():
    used = {guard for transition in TRANSITIONS.values() for guard in transition.guards}
    assert ASKS_INPUT <= used <= GUARDS.keys()


def test_what_a_guard_would_refuse_is_not_offered(api: Api):
    case = api.by("grid").report(source="grid", kind="fire").body
    for who, action, inputs in (("dispatcher", "accept", {}), ("dispatcher", "dispatch", {"unit": FIRE}),
                                ("handler", "take", {})):  # fmt: skip
        api.by(who).act(case, action, inputs=inputs)
    offered = {one["action"] for one in api.by("supervisor").dossier(case)["actions"]}
    assert not offered & {"grant_extension", "refuse_extension", "resume", "lift_supervision"}
    api.by("handler").act(case, "ask_extension", inputs={"limit": "1wd", "reason": "weather"})
    api.by("supervisor").act(case, "supervise", inputs={"level": "red"})
    offered = {one["action"] for one in api.by("supervisor").dossier(case)["actions"]}
    assert {"grant_extension", "refuse_extension", "lift_supervision"} <= offered
    assert "supervise" not in offered
    assert "ask_extension" not in {one["action"] for one in api.by("handler").dossier(case)["actions"]}
