"""The random audit on real databases: drawn from what was frozen, judged by others than took part, and published."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import lots
from dashboard.domain.people import Grant, Person
from dashboard.services import samples
from dashboard.services.finding_words import SAMPLE_VERDICTS
from dashboard.services.samples import Judgement
from data.models import Attachment, AuditRow, Case, CaseStep, Exhibit, Sample
from tests.auditing import EDITION, END, JUNE, add_case, an_edition, freeze, mark
from tests.desk import PHOTO, SENT, Desk, person
from tests.office import in_office

EVALUATOR, VERIFIER, AUDITOR = (
    person("evaluator", "C1"),
    person("verifier", "K1", name="核查甲"),
    person("auditor", "P"),
)
DONE, OPEN = mark("due_closed", "due_on_time", "handled"), mark("due_open")
IN_K1, IN_K2 = range(1, 31), range(101, 106)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    yield from in_office(database)


@pytest.fixture
def frozen(desk: Desk) -> Deps:
    """30 finished cases of K1 and 5 of K2, and 10 of K1 that were open when the figures were frozen."""
    desk.now = END + timedelta(days=1)
    with desk.deps.database.write() as session:
        an_edition(session)
        for n in (*IN_K1, *range(31, 41), *IN_K2):
            add_case(session, n, JUNE + timedelta(hours=n), grid="G5" if n > 100 else "G1")
        ids = {n: UUID(int=n) for n in (*IN_K1, *range(31, 41), *IN_K2)}
        freeze(session, {"K1": {"T1": [(ids[n], DONE if n < 31 else OPEN) for n in range(1, 41)]},
                         "K2": {"T3": [(ids[n], DONE) for n in IN_K2]}})  # fmt: skip
    return desk.at_now()


def drawn(deps: Deps) -> list[Sample]:
    with deps.database.read() as session:
        return list(session.scalars(select(Sample).order_by(Sample.county_code, Sample.case_id)))


def test_a_draw_is_what_anybody_draws_again_from_the_frozen_cases(frozen: Deps):
    made = samples.draw(frozen, EVALUATOR, EDITION, "2026-06-30 福彩 3D 第 172 期", 8)
    keys = {"K1": [("K1", UUID(int=n)) for n in IN_K1], "K2": [("K2", UUID(int=n)) for n in IN_K2]}
    again = lots.draw(made.seed, keys, 8)
    assert {(row.county_code, row.case_id) for row in drawn(frozen)} == {*again["K1"], *again["K2"]}
    assert [(one.region_code, one.drawn) for one in made.regions] == [("K1", 8), ("K2", 5)]
    assert (made.all.drawn, made.all.rate) == (13, None)


def test_what_became_of_the_cases_since_changes_no_draw(frozen: Deps):
    with frozen.database.write() as session:
        session.execute(update(Case).values(state="void"))
    assert samples.draw(frozen, EVALUATOR, EDITION, "s", 3).all.drawn == 6


def test_a_seed_is_drawn_once_and_every_draw_is_shown(frozen: Deps):
    samples.draw(frozen, EVALUATOR, EDITION, "s", 3)
    with pytest.raises(UserError, match="drawn already"):
        samples.draw(frozen, AUDITOR, EDITION, " s ", 5)
    samples.draw(frozen, AUDITOR, EDITION, "t", 5)
    assert {one.seed for one in samples.hit_rate(frozen, EVALUATOR, EDITION)} == {"s", "t"}


def judged(deps: Deps, who: Person, key: tuple, verdict: str = "true", note: str = "回访属实", **more):
    [one] = samples.hit_rate(deps, EVALUATOR, EDITION)
    return samples.judge(deps, who, UUID(one.id), *key, Judgement(verdict, note, **more))


def keys_of(deps: Deps, county: str = "K1") -> list[tuple]:
    return [(row.county_code, row.case_id) for row in drawn(deps) if row.county_code == county]


def test_the_hit_rate_is_published_with_its_interval_by_region_and_in_all(frozen: Deps):
    samples.draw(frozen, EVALUATOR, EDITION, "s", 10)
    for n, key in enumerate(keys_of(frozen)):
        judged(frozen, VERIFIER, key, ("true",) * 7 + ("false",) * 2 + ("unclear",) and
               (["true"] * 7 + ["false"] * 2 + ["unclear"])[n])  # fmt: skip
    [one] = samples.hit_rate(frozen, person("leader", "K1"), EDITION)
    k1, k2 = one.regions
    assert (k1.drawn, k1.judged, k1.true, k1.false, k1.unclear) == (10, 10, 7, 2, 1)
    assert (k1.rate, k1.low, k1.high) == pytest.approx((7 / 9, 0.4526, 0.9368), abs=1e-4)
    assert (k2.judged, k2.rate) == (0, None)
    assert one.all.rate == k1.rate
    assert one.samples == ()


def test_a_sample_is_judged_with_a_note_and_evidence_that_stays(frozen: Deps):
    samples.draw(frozen, EVALUATOR, EDITION, "s", 3)
    key = keys_of(frozen)[0]
    with frozen.database.write() as session:
        session.execute(update(Attachment).values(added_by=VERIFIER.id))
    found = judged(frozen, VERIFIER, key, "false", "现场仍在", evidence=(SENT,))
    assert (found.verdict_label, found.judge, found.evidence) == ("不实", "核查甲", (PHOTO,))
    judged(frozen, VERIFIER, key, "unclear", "再看一次")
    with frozen.database.read() as session:
        log = session.scalars(select(AuditRow).where(AuditRow.action == "sample.judge").order_by(AuditRow.id)).all()
        assert session.scalars(select(Exhibit.region_code)).all() == ["K1"]
    assert [row.detail["before"] for row in log] == [None, "false"]


def test_whoever_took_part_in_a_case_does_not_audit_it(frozen: Deps):
    samples.draw(frozen, EVALUATOR, EDITION, "s", 4)
    one, other, third, fourth = keys_of(frozen)
    with frozen.database.write() as session:
        session.execute(update(Case).where(Case.id == one[1]).values(handled_by=VERIFIER.id))
        step = {"county_code": "K1", "case_id": other[1], "seq": 2, "action": "verify", "state": "verified", "at": JUNE,
                "actor": VERIFIER.name, "role": "verifier", "hash": b"0" * 32}  # fmt: skip
        session.execute(insert(CaseStep), [step, {**step, "case_id": third[1], "action": "supervise"}])
    for key in (one, other):
        with pytest.raises(UserError, match="took part"):
            judged(frozen, VERIFIER, key)
    assert judged(frozen, VERIFIER, third).verdict == "true"
    assert judged(frozen, AUDITOR, one).verdict == "true"
    assert judged(frozen, AUDITOR, fourth).verdict == "true"


def test_a_verifier_judges_and_sees_the_samples_of_the_own_county_only(frozen: Deps):
    made = samples.draw(frozen, EVALUATOR, EDITION, "s", 3)
    assert made.samples == ()  # an evaluator scores, and does not audit
    assert {one.county_code for one in samples.get_draw(frozen, VERIFIER, UUID(made.id)).samples} == {"K1"}
    assert {one.county_code for one in samples.get_draw(frozen, AUDITOR, UUID(made.id)).samples} == {"K1", "K2"}
    with pytest.raises(NotFound):
        judged(frozen, VERIFIER, keys_of(frozen, "K2")[0])
    with pytest.raises(NotFound):
        judged(frozen, EVALUATOR, keys_of(frozen)[0])
    with pytest.raises(NotFound):
        samples.hit_rate(frozen, person("leader", "C2"), EDITION)


MISTAKES = (
    ({"seed": " "}, "a seed"),
    ({"seed": "x" * 65}, "a seed"),
    ({"size": 0}, "cases of each region"),
    ({"size": 201}, "cases of each region"),
)


@pytest.mark.parametrize("wrong, answer", MISTAKES)
def test_a_draw_without_seed_or_size_is_not_made(frozen: Deps, wrong, answer):
    with pytest.raises(UserError, match=answer):
        samples.draw(frozen, EVALUATOR, EDITION, **{"seed": "s", "size": 3, **wrong})
    assert drawn(frozen) == []


def test_nothing_is_drawn_before_the_figures_are_frozen_or_by_whoever_may_not(frozen: Deps):
    with frozen.database.write() as session:
        an_edition(session, id=UUID(int=0xE2), issue=2, state="collecting")
    with pytest.raises(UserError, match="once it is frozen"):
        samples.draw(frozen, EVALUATOR, UUID(int=0xE2), "s", 3)
    both = Person(UUID(int=9), "某", (Grant("leader", "C1"), Grant("evaluator", "K1")))
    with pytest.raises(UserError, match="does not allow"):
        samples.draw(frozen, both, EDITION, "s", 3)


def test_an_edition_of_townships_is_drawn_by_township(frozen: Deps):
    with frozen.database.write() as session:
        an_edition(session, id=UUID(int=0xE3), region="K1", level="township")
        rows = {"T1": [(UUID(int=n), DONE) for n in range(1, 6)], "T2": [(UUID(int=n), DONE) for n in range(6, 9)]}
        freeze(session, {"K1": rows}, UUID(int=0xE3))
    made = samples.draw(frozen, EVALUATOR, UUID(int=0xE3), "s", 4)
    assert [(one.region_code, one.drawn) for one in made.regions] == [("T1", 4), ("T2", 3)]


def test_each_verdict_has_a_word():
    assert set(SAMPLE_VERDICTS) == set(lots.VERDICTS)
