"""No sequence of offline, online, retry, crash and cleaning loses or doubles what a phone has in its queue."""

from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from dashboard.services.evidence import forget_unused
from dashboard.services.ids import new_id
from data.models import Attachment, Case, CaseStep, Evidence
from data.queries.audit import compare_rollups
from data.queries.chains import find_broken_chains
from tests.dashboard.api.client import MONDAY, Api, digest, picture
from tests.dashboard.api.phone import ARRIVES, FATES, Entry, Phone

SETTINGS = settings(max_examples=12, stateful_step_count=18, deadline=None, derandomize=True,
                    suppress_health_check=list(HealthCheck))  # fmt: skip
SHOTS = [picture(shade, size=(64, 48)) for shade in range(0, 250, 25)]


class Field(RuleBasedStateMachine):
    """One phone against the API. Each example reports new cases beside those of the examples before it."""

    def __init__(self, api: Api):
        super().__init__()
        self.api = api
        self.phone = Phone(api, "grid", lambda: self.fates.pop() if self.fates else ARRIVES)
        self.fates: list[str] = []
        self.reports: dict = {}
        self.notes: list[str] = []

    @initialize()
    def begin(self):
        """A case in the worker's own hands, which the actions are about."""
        self.api.moment = MONDAY
        self.before = self._count(Case)
        self.case = self.api.by("dispatcher").report(title="在办").body
        for who, action, inputs in (("dispatcher", "accept", {}), ("dispatcher", "dispatch", {"unit": "K1 fire"}),
                                    ("grid", "take", {})):  # fmt: skip
            assert self.api.by(who).act(self.case, action, inputs=inputs).status == 200

    @rule(shots=st.lists(st.sampled_from(SHOTS), max_size=2, unique=True))
    def report(self, shots):
        entered = new_id(self.api.moment)
        body = {"id": str(entered), "place": "G1", "kind": "fire", "title": f"第 {len(self.reports)} 件",
                "evidence": [digest(shot) for shot in shots], **self._times()}  # fmt: skip
        self.reports[entered] = (body["title"], shots)
        self.phone.enter(Entry(entered, "/cases", body, shots))

    @rule(shot=st.none() | st.sampled_from(SHOTS))
    def act(self, shot):
        entered, note = new_id(self.api.moment), f"第 {len(self.notes)} 次"
        self.notes.append(note)
        inputs = {"note": note, **({"evidence": [digest(shot)]} if shot else {})}
        path = f"/cases/{self.case['county_code']}/{self.case['id']}/actions"
        body = {"id": str(entered), "action": "progress", "inputs": inputs, **self._times()}
        self.phone.enter(Entry(entered, path, body, [shot] if shot else []))

    @rule(fates=st.lists(st.sampled_from(FATES), max_size=6))
    def signal_returns(self, fates):
        self.fates, self.phone.online = fates, True
        self.phone.send()

    @rule()
    def signal_goes(self):
        self.phone.online = False

    @precondition(lambda self: self.phone.stored)
    @rule(fates=st.lists(st.sampled_from(FATES), max_size=4))
    def two_tabs_send(self, fates):
        self.fates, self.phone.online = fates, True
        self.phone.send_from_two_tabs()

    @rule(signed_in=st.booleans())
    def the_session_changes(self, signed_in):
        self.phone.signed_in = signed_in

    @rule(hours=st.sampled_from((1, 30, 80)))
    def time_passes_and_the_job_cleans(self, hours):
        self.api.moment += timedelta(hours=hours)
        forget_unused(self.api.deps, "")

    def teardown(self):
        self.fates, self.phone.online, self.phone.signed_in = [], True, True
        self.phone.send()
        assert self.phone.stored == []
        assert self._count(Case) == self.before + 1 + len(self.reports)
        with self.api.deps.database.read() as session:
            for case_id, (title, shots) in self.reports.items():
                rows = session.execute(select(Case.title, Case.version).where(Case.id == case_id)).all()
                assert [tuple(row) for row in rows] == [(title, 1)]
                assert self._originals(session, case_id) == {digest(shot) for shot in shots}
            said = select(CaseStep.note).where(CaseStep.action == "progress", CaseStep.county_code == "K1")
            here = said.where(CaseStep.case_id == UUID(self.case["id"])).order_by(CaseStep.seq)
            assert list(session.scalars(here)) == self.notes
            assert find_broken_chains(session)[1] == []
            assert compare_rollups(session) == []

    def _originals(self, session, case_id) -> set[str]:
        shown = select(Attachment.original).join(Evidence, Evidence.sha256 == Attachment.sha256)
        return set(session.scalars(shown.where(Evidence.case_id == case_id)))

    def _times(self) -> dict:
        return {"device_at": self.api.moment.isoformat(), "device_now": self.api.moment.isoformat()}

    def _count(self, table) -> int:
        with self.api.deps.database.read() as session:
            return session.scalar(select(func.count()).select_from(table))


def test_nothing_that_was_entered_is_lost_or_done_twice(api: Api):
    run_state_machine_as_test(lambda: Field(api), settings=SETTINGS)
