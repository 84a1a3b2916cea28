"""Pages about verdicts: what each says in words, what its forms send, and that nothing is offered to whoever may not do it."""

import json
from dataclasses import replace

import pytest

from dashboard.domain.desk_state import DeskState
from layouts.desk.panels import appeals, evaluation_tabs, findings, problems, scheme_pairs, schemes
from tests.layouts.desk import verdict_samples as samples
from tests.layouts.desk.test_desk_panels import found, plain, words

STATE = DeskState("appeals")


def forms_of(drawn) -> dict[str, list[tuple[dict, list[str]]]]:
    """{method and path: (what goes along, names of the fields) of each form}."""
    out: dict[str, list] = {}
    for one in _walk(plain(drawn)):
        props = one.get("props", {})
        if "data-api" in props:
            fixed = json.loads(props["data-fixed"])
            out.setdefault(props["data-api"], []).append((fixed, found(one, "data-name")))
    return out


def _walk(part):
    if isinstance(part, list):
        for one in part:
            yield from _walk(one)
    elif isinstance(part, dict):
        yield part
        for one in part.values():
            yield from _walk(one)


def test_tabs_say_where_one_is_and_carry_words_for_refusals():
    drawn = plain(evaluation_tabs.draw(samples.TABS, STATE))
    assert found(drawn, "data-tab") == ["ranking", "appeals"]
    assert json.loads(found(drawn, "data-faults")[0]) == {"chain": "您在评分链内"}
    assert "申诉 3" in words(drawn).replace("  ", " ")
    nothing = plain(evaluation_tabs.draw(replace(samples.TABS, tabs=(), editions=()), STATE))
    assert found(nothing, "data-tab") == []


def test_a_decision_names_version_and_item_and_its_effect_can_differ_from_the_wish():
    forms = forms_of(appeals.draw(samples.APPEALS, STATE))
    [uphold, refuse] = forms[f"POST /api/v1/appeals/{samples.THING}/decision"]
    wish = {key: value for key, value in samples.APPEAL.wish.items() if key != "top"}
    assert uphold == ({"upheld": True, "version": 3, "effect": wish}, ["decision", "effect.top", "effect.base"])
    assert refuse == ({"upheld": False, "version": 3}, ["decision"])


def test_whoever_may_not_decide_is_offered_nothing_and_sees_no_evidence():
    row = replace(samples.APPEAL, actions=(), evidence=())
    view = replace(samples.APPEALS, open=replace(samples.ENTRY, row=row))
    assert forms_of(appeals.draw(view, STATE)) == {}
    assert "证据只给当事辖区、评价员和审计员看" in words(appeals.draw(view, STATE))


def test_a_decision_lists_the_ranks_it_moved():
    row = replace(
        samples.APPEAL, state="upheld", decision="截图属实", decider="演示·审计员", decided_at=samples.NOW, actions=()
    )
    view = replace(samples.APPEALS, open=replace(samples.ENTRY, row=row, state="已采纳", granted="计入分子"))
    said = words(appeals.draw(view, STATE))
    for part in ("截图属实", "演示·审计员", "计入分子", "原名次", "80.1", "81.2"):
        assert part in said


def test_no_edition_is_an_answer():
    assert "还没有可申诉的一期" in words(appeals.draw(replace(samples.APPEALS, edition=""), STATE))
    assert "还没有锁数的一期" in words(findings.draw(replace(samples.FINDINGS, edition=""), STATE))


@pytest.mark.parametrize(
    "subject, case, names",
    [
        ("case", None, ["wish.case", "wish.indicator", "wish.top", "wish.base", "claim", "evidence"]),
        (
            "case",
            ("330382", samples.THING, "260618-4J2K7A"),
            ["wish.indicator", "wish.top", "wish.base", "claim", "evidence"],
        ),
        ("value", None, ["wish.indicator", "wish.top", "wish.base", "claim", "evidence"]),
        ("deduction", None, ["wish.deduction", "wish.removed", "claim", "evidence"]),
    ],
)
def test_a_new_appeal_asks_for_what_its_subject_needs(subject, case, names):
    new = replace(samples.NEW, subject=subject, case=case, deductions=(samples.Field("x", "06-18 暗访 −0.25"),))
    [(fixed, asked)] = forms_of(appeals.draw(replace(samples.APPEALS, new=new), STATE))[
        f"POST /api/v1/editions/{samples.THING}/appeals"
    ]
    assert asked == names
    assert fixed["wish"]["subject"] == subject
    assert fixed["wish"].get("case") == (case[1] if case else None)


def test_each_step_offers_what_may_be_done_with_it():
    forms = forms_of(problems.draw(samples.PROBLEMS, STATE))
    acts = {
        (api.rpartition("/")[2], fixed["act"])
        for api, rows in forms.items()
        for fixed, _names in rows
        if "act" in fixed
    }
    assert acts == {
        ("handle", "done"),
        ("handle", "assign"),
        ("generalise", "check"),
        ("generalise", "send_back"),
        ("rule", "assign"),
    }
    assert forms[f"POST /api/v1/problems/{samples.THING}/closing"] == [({"version": 2}, [])]
    labels = " ".join(found(plain(problems.draw(samples.PROBLEMS, STATE)), "aria-label"))
    assert "发现：已核验" in labels
    assert "处理：进行中 06-18 逾期" in labels


def test_a_new_problem_asks_for_owner_and_day_of_all_four_steps():
    view = replace(samples.PROBLEMS, open=None, new=True)
    [(fixed, names)] = forms_of(problems.draw(view, STATE))["POST /api/v1/problems"]
    assert fixed == {"edition": samples.THING}
    assert [name for name in names if name.startswith("steps.")] == [
        f"steps.{step}.{part}" for step in ("find", "handle", "generalise", "rule") for part in ("owner", "due_on")
    ]


@pytest.mark.parametrize(
    "show, api, said",
    [
        ("lists", f"POST /api/v1/editions/{samples.THING}/listings", "只凭理由和证据列入，从不自动"),
        ("rungs", "POST /api/v1/rungs", "只作记录，从不自动"),
        ("deductions", "POST /api/v1/deductions", "一票否决是标记，不是分数"),
    ],
)
def test_records_have_a_form_for_whoever_may_and_none_for_others(show, api, said):
    view = replace(samples.PROBLEMS, show=show)
    assert api in forms_of(problems.draw(view, STATE))
    assert said in words(problems.draw(view, STATE))
    assert forms_of(problems.draw(replace(view, may=frozenset()), STATE)) == {}


def test_a_finding_says_that_it_moves_no_score_and_its_verdict_needs_words():
    drawn = findings.draw(samples.FINDINGS, STATE)
    for part in ("线索本身不影响任何得分，由人判定", "判定不改变得分", "五分钟内办结", "260618-4J2K7A"):
        assert part in words(drawn)
    assert forms_of(drawn)[f"PUT /api/v1/findings/{samples.THING}"] == [({}, ["verdict", "note"])]
    assert forms_of(findings.draw(replace(samples.FINDINGS, may=frozenset()), STATE)) == {}


def test_a_detector_says_what_it_found_and_leaves_out_what_there_is_none_of():
    [(told, link)] = samples.FINDINGS.detectors
    for found_, said in ((told, "异常线索 1 · 待判定 1"), (replace(told, found=0, open=0), "未发现")):
        drawn = words(findings.draw(replace(samples.FINDINGS, open=None, detectors=((found_, link),)), STATE))
        assert "每期巧合至多 0.2 条" in drawn
        assert drawn.rstrip().endswith(said)


def test_the_hit_rate_stands_with_its_interval_for_all():
    view = replace(
        samples.FINDINGS, show="audit", open=None, drawn=samples.DRAWN, rates=samples.DRAWN.regions, may=frozenset()
    )
    assert "50.0%（95% 区间 9–91%）" in words(findings.draw(view, STATE))
    assert "页" not in words(findings.draw(view, STATE))  # all rates stand on one page
    mine = replace(view, samples=(samples.SAMPLE,), sample=samples.SAMPLE, may=frozenset({"sample"}))
    assert f"PUT /api/v1/draws/{samples.THING}/samples/330382/{samples.THING}" in forms_of(findings.draw(mine, STATE))


@pytest.mark.parametrize("show", ["", "weights", "text", "changes", "tables"])
def test_a_scheme_that_may_not_be_changed_has_no_fields(show):
    view = replace(samples.SCHEMES, show=show)
    if show != "changes":
        assert forms_of(schemes.draw(view, STATE))
    assert forms_of(schemes.draw(replace(view, may_save=False, may_import=False), STATE)) == {}


def test_the_form_of_a_scheme_names_what_it_changes_and_the_version_it_starts_from():
    [(fixed, names)] = forms_of(schemes.draw(samples.SCHEMES, STATE))["POST /api/v1/schemes/process/versions"]
    assert fixed == {"base": 2}
    assert names == ["cuts.A", "cuts.E", "edits.settling.weight", "edits.closing.weight", "edits.closing.bad", "edits.closing.good",
                     "edits.closing.minimum", "note"]  # fmt: skip


def test_comparisons_stand_above_the_diagonal_and_mirror_below():
    drawn = plain(schemes.draw(replace(samples.SCHEMES, show="weights"), STATE))
    assert found(drawn, "data-pair") == found(drawn, "data-mirror") == ["a~b"]
    assert "0.3333" in words(drawn)
    assert "互相矛盾" in words(scheme_pairs.weighed(samples_fault()))


def samples_fault():
    return scheme_pairs.Weighed((), None, "两两比较互相矛盾")
