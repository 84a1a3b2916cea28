"""Findings: looked for on real databases, kept once, judged by whoever may, and never moving a score."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.detect.model import VERDICTS
from dashboard.services import findings
from dashboard.services.finding_words import VERDICTS as WORDS
from data.models import AuditRow, CaseStep, EditionScore, Evidence, Finding
from tests.auditing import EDITION, END, JUNE, add_case, an_edition
from tests.desk import PHOTO, Desk, person
from tests.office import in_office

EVALUATOR = person("evaluator", "C1")
OF_COUNTY = person("evaluator", "K1")


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    yield from in_office(database)


@pytest.fixture
def june(desk: Desk) -> Deps:
    """A case a day for 60 days in G1, and one thing for each detector."""
    desk.now = END + timedelta(days=1)
    day, same = timedelta(days=1), UUID(int=0x5A)
    with desk.deps.database.write() as session:
        an_edition(session)
        for n in range(60):
            add_case(session, n, JUNE + timedelta(days=n - 30, hours=2))
        for n in range(60, 68):  # within half an hour, the same words, the same picture in two of them
            add_case(session, n, JUNE + 10 * day + timedelta(hours=6, minutes=4 * n), title="路面落叶较多已经清扫完毕")
        for n in range(70, 90):  # in another county: handled at once, by whoever reported
            at = JUNE + timedelta(days=n - 68, hours=3)
            add_case(session, n, at, grid="G5", handled_at=at + timedelta(minutes=2), reported_by=same, handled_by=same,
                     holder_unit="K2消防")  # fmt: skip
        for n in range(90, 150):  # the same kinds, reported and handled as they should be
            add_case(session, n, JUNE + timedelta(hours=10 * (n - 90)), grid="G3", reported_by=UUID(int=1),
                     handled_by=UUID(int=2), source="department")  # fmt: skip
        for n in range(150, 162):  # residents of G4 report, its workers do not
            add_case(
                session, n, JUNE + timedelta(days=n - 149, hours=5), grid="G4", source="public", holder_unit="K1应急"
            )
        for n in (60, 61):
            session.execute(
                insert(Evidence), [{"county_code": "K1", "case_id": UUID(int=n), "seq": 1, "sha256": PHOTO}]
            )
        for n in range(8):
            _step(session, 90 + n, "pause", END - timedelta(hours=n + 1))
        _step(session, 0, "void", JUNE)  # long before
    return desk.at_now()


def _step(session, n: int, action: str, at, **given) -> None:
    county = "K1"
    row = {"county_code": county, "case_id": UUID(int=n), "seq": given.pop("seq", 2), "action": action, "state": "closed",
           "at": at, "actor": "某", "role": "supervisor", "hash": b"0" * 32, **given}  # fmt: skip
    session.execute(insert(CaseStep), [row])


def kept(deps: Deps) -> list[Finding]:
    with deps.database.read() as session:
        return list(session.scalars(select(Finding).order_by(Finding.detector, Finding.key)))


def test_each_detector_finds_what_was_put_there_and_nothing_else(june: Deps):
    looked = findings.look(june, EDITION, EVALUATOR)
    rows = kept(june)
    assert [(row.detector, row.region_code) for row in rows] == [
        ("burst", "K1"), ("instant", "K2"), ("photos", "K1"), ("reclassed", "K1"), ("same_person", "K2"),
        ("silence", "K1"), ("texts", "K1"),
    ]  # fmt: skip
    of = {row.detector: {int(UUID(case.partition(":")[2])) for case in row.cases} for row in rows}
    assert of["burst"] == of["texts"] == set(range(60, 68))
    assert of["instant"] == of["same_person"] == set(range(70, 90))
    assert of["photos"] == {60, 61}
    assert of["reclassed"] == set(range(90, 98))
    assert of["silence"] == set(range(150, 162))
    assert (looked.found, looked.new, looked.expected) == (7, 7, 1.2)


def test_looking_again_adds_nothing_and_keeps_what_was_judged(june: Deps):
    findings.look(june, EDITION)
    first = kept(june)[0]
    findings.judge(june, EVALUATOR, first.id, "harmless", "集中录入当日台账")
    again = findings.look(june, EDITION)
    assert (again.found, again.new) == (7, 0)
    assert kept(june)[0].verdict == "harmless"


def test_whoever_handled_a_case_and_verified_it_is_found_and_not_named(june: Deps):
    with june.database.write() as session:
        for seq, (action, at, actor) in enumerate((("handle", JUNE + timedelta(days=1, hours=0), "张某某"),
                                                   ("verify", JUNE + timedelta(days=1, hours=2), "张某某")), start=2):  # fmt: skip
            _step(session, 108, action, at, actor=actor, unit="K1消防", role="handler", seq=seq)
        add_case(session, 900, JUNE)
        for seq, action in ((2, "handle"), (3, "verify")):
            _step(
                session, 900, action, JUNE + timedelta(days=1), actor="张某某", unit="K1消防", role="handler", seq=seq
            )
        add_case(session, 901, JUNE)
        for seq, action, actor in ((2, "handle", "张某某"), (3, "verify", "李某某")):
            _step(session, 901, action, JUNE + timedelta(days=1), actor=actor, unit="K1消防", role="handler", seq=seq)
    findings.look(june, EDITION)
    [row] = [one for one in kept(june) if one.key == "K1|verified"]
    assert row.cases == [f"K1:{UUID(int=900)}"]
    assert "张" not in repr((row.cases, row.figures, row.key))


def test_a_finding_is_told_with_its_rule_its_place_and_how_it_was_judged(june: Deps):
    findings.look(june, EDITION)
    told = findings.list_findings(june, EVALUATOR, EDITION)
    assert len(told.rows) == 7
    burst = next(one for one in told.rows if one.detector == "burst")
    assert (burst.detector_label, burst.region, burst.place, burst.verdict) == ("突击录入", "K1", "G1", None)
    assert burst.cases[0].id == str(UUID(int=60))
    done = findings.judge(june, EVALUATOR, UUID(burst.id), "gaming", "同一人半小时内补录八件")
    assert (done.verdict_label, done.judge) == ("弄虚作假", "evaluator")
    row = next(one for one in findings.list_findings(june, EVALUATOR, EDITION).detectors if one.key == "burst")
    assert (row.found, row.gaming, row.open) == (1, 1, 0)
    assert "60 分钟" in row.rule
    open_ = findings.list_findings(june, EVALUATOR, EDITION, verdict="open")
    assert len(open_.rows) == 6
    assert len(findings.list_findings(june, EVALUATOR, EDITION, detector="burst", verdict="gaming").rows) == 1


def test_a_verdict_is_written_down_and_moves_no_score(june: Deps):
    findings.look(june, EDITION)
    first = kept(june)[0]
    for verdict in ("unclear", "gaming"):
        findings.judge(june, EVALUATOR, first.id, verdict, "看过原始记录")
    with june.database.read() as session:
        log = session.scalars(select(AuditRow).where(AuditRow.action == "finding.judge").order_by(AuditRow.id)).all()
        assert session.scalars(select(EditionScore)).all() == []
    assert [row.detail for row in log] == [
        {"verdict": "unclear", "before": None},
        {"verdict": "gaming", "before": "unclear"},
    ]
    assert {row.reason for row in log} == {"看过原始记录"}


def test_who_judges_a_county_sees_its_findings_and_no_others(june: Deps):
    findings.look(june, EDITION)
    assert {row.region_code for row in findings.list_findings(june, OF_COUNTY, EDITION).rows} == {"K1"}
    other = next(row for row in kept(june) if row.region_code == "K2")
    with pytest.raises(NotFound):
        findings.judge(june, OF_COUNTY, other.id, "gaming", "不是我的县")
    with pytest.raises(UserError, match="does not allow"):
        findings.look(june, EDITION, person("leader", "C1"))
    with pytest.raises(NotFound):
        findings.look(june, EDITION, person("evaluator", "C2"))
    with pytest.raises(NotFound):
        findings.list_findings(june, EVALUATOR, UUID(int=404))


MISTAKES = (
    ({"verdict": "guilty"}, "no such verdict"),
    ({"note": "  "}, "a verdict says why"),
    ({"note": "长" * 2001}, "a verdict says why"),
)


@pytest.mark.parametrize("wrong, answer", MISTAKES)
def test_a_verdict_that_says_nothing_is_not_taken(june: Deps, wrong, answer):
    findings.look(june, EDITION)
    first = kept(june)[0]
    with pytest.raises(UserError, match=answer):
        findings.judge(june, EVALUATOR, first.id, **{"verdict": "gaming", "note": "因为", **wrong})
    assert kept(june)[0].verdict is None


def test_a_month_that_is_still_collected_can_be_looked_at(june: Deps):
    with june.database.write() as session:
        an_edition(session, id=UUID(int=0xE2), state="collecting", issue=2, frozen_at=None, published_at=None)
    early = replace(june, clock=lambda: JUNE + timedelta(days=20))
    assert findings.look(early, UUID(int=0xE2), EVALUATOR).found == 7


def test_each_verdict_has_a_word():
    assert set(WORDS) == set(VERDICTS)
