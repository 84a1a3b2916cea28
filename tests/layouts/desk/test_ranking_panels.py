"""The section "ranking": bands before ranks, what is not ranked, every region there, every chart with its table."""

import re
from dataclasses import replace

import pytest

from dashboard.domain.desk_state import DeskState
from layouts.desk import keys
from layouts.desk.panels import (
    PANELS,
    ranking_appeals,
    ranking_cases,
    ranking_changes,
    ranking_edition,
    ranking_profile,
    ranking_side,
    ranking_table,
    ranking_trace,
    ranking_tree,
    ranking_trial,
)
from layouts.figures import funnel_plot, gap_bar, rank_rail
from tests.layouts.desk import ranking_samples as samples
from tests.layouts.desk.test_desk_panels import ASSETS, found, plain, words

STATE = DeskState("ranking")


def test_every_key_that_the_script_takes_is_in_the_list_of_keys():
    script = (ASSETS / "ranking.js").read_text(encoding="utf-8").partition("const keys = {")[2].partition("};")[0]
    taken = {key.upper() for key in re.findall(r"^    (\w): ", script, re.MULTILINE)}
    listed = {str(key) for _where, rows in keys.ALL[1:2] for key, _does in rows}
    assert "J" in taken
    assert taken <= listed
    assert set(found(plain(keys.foot()), "hidden")) == {True}


def test_every_region_stands_in_the_table_though_bands_fold():
    drawn = plain(ranking_table.draw(samples.TABLE, STATE))
    regions = found(drawn, "data-region")
    assert len(regions) == len(set(regions)) == 26
    assert found(drawn, "data-group") == ["A", "B", "E", "apart"]


@pytest.mark.parametrize(
    "count, n, last, on, kept",
    [
        (5, 0, False, (), [0, 1, 2, 3, 4]),  # one row more than fit: folding it away saves nothing
        (6, 0, False, (), [0, 1, 2, 3]), (6, 1, False, (), [0, 1]), (6, 2, False, (), [0, 1]), (9, 3, True, (), [5, 6, 7, 8]),
        (9, 1, False, (7,), [0, 1, 7]), (9, 3, True, (0,), [0, 5, 6, 7, 8]),
    ],
)  # fmt: skip
def test_a_folded_band_shows_its_head_the_last_one_its_end_and_what_is_in_focus(count, n, last, on, kept):
    rows = [samples.place(k, str(k), "A", on=k in on) for k in range(count)]
    assert sorted(map(int, ranking_table.shown(rows, n, last))) == kept


def test_a_tall_screen_shows_more_of_a_folded_band():
    rows = [samples.place(k, str(k), "A") for k in range(9)]
    assert ranking_table.shown(rows, 1, False) < ranking_table.shown(rows, 1, False, 1)
    said = words(ranking_table.draw(samples.TABLE, STATE))
    assert "A 档另 4 个" in said
    assert "A 档另 3 个" in said


def test_a_fold_says_how_many_and_between_which_scores():
    said = words(ranking_table.draw(samples.TABLE, STATE))
    for part in ("A 档另 4 个 · ≥95.5", "B 档另 4 个 · 94.5–95.4", "E 档另 5 个 · 92.4 及以下"):
        assert part in said


def test_ties_moves_doubt_veto_and_thin_data_are_said_in_words():
    said = words(ranking_table.draw(samples.TABLE, STATE))
    for part in ("并列", "↑2", "↓3", "±0.3", "≈", "否", "一票否决，不列名次", "样本不足，不评", "申诉 2"):
        assert part in said
    drawn = plain(ranking_table.draw(samples.TABLE, STATE))
    labels = found(drawn, "aria-label")
    assert "比上期降 3 名" in labels
    assert "一票否决" in labels
    assert "数据不足" in labels


def test_a_peer_table_draws_its_rail_by_the_rank_among_all():
    row = samples.place(2, "丙县", "C", whole=20, first=18, last=22)
    drawn = plain(ranking_table.draw(replace(samples.TABLE, groups=(), flat=(row,), apart=()), STATE))
    whole = plain(rank_rail.rank_rail(18, 20, 22, 24))
    assert whole["props"]["children"] in found(drawn, "children")


def test_the_rail_keeps_within_its_width():
    for first, rank, last in ((1, 1, 1), (1, 90, 90), (40, 45, 61)):
        drawn = plain(rank_rail.rank_rail(first, rank, last, 90))
        [band] = [one["props"] for one in drawn["props"]["children"] if "width" in one["props"]]
        assert float(band["x"]) >= 0
        assert float(band["x"]) + float(band["width"]) <= rank_rail.WIDTH
    assert rank_rail.at(1, 90) < rank_rail.at(2, 90) < rank_rail.at(90, 90)


def test_the_stepper_shows_eight_states_and_asks_for_a_note_before_it_acts():
    drawn = plain(ranking_edition.draw(samples.EDITION, STATE))
    assert found(drawn, "data-stage") == [key for key, _label in samples.STATES]
    assert found(drawn, "data-act") == ["hear"]
    assert found(drawn, "data-name") == ["note"]
    assert "9f3c…e1a7" in words(ranking_edition.draw(samples.EDITION, STATE))
    now = replace(samples.EDITION, id="", provisional=True, acts=(), past=())
    assert "试算 · 未发布" in words(ranking_edition.draw(now, STATE))


def test_weights_that_do_not_add_up_and_an_inconsistent_comparison_are_no_tick():
    assert "100.0 ✓" in words(ranking_tree.draw(samples.TREE, STATE))
    bad = words(ranking_tree.draw(replace(samples.TREE, total=70.0, ratio=0.2), STATE))
    assert "70.0" in bad
    assert "✓" not in bad


def test_a_leaf_in_focus_is_selected_in_the_tree():
    drawn = plain(ranking_tree.draw(samples.TREE, STATE))
    assert found(drawn, "aria-selected").count("true") == 1
    assert found(drawn, "aria-expanded") == ["true", "false"]


def test_the_funnel_plot_has_its_table_and_a_link_for_every_region():
    drawn = plain(ranking_side.draw(samples.FUNNEL, STATE))
    assert sorted(found(drawn, "data-region")) == ["a", "b", "c", "d"]
    said = words(ranking_side.draw(samples.FUNNEL, STATE))
    for one in samples.FUNNEL.points:
        assert one.name in said
    assert "超 99.8%" in said
    assert "界内" in said


def test_labels_of_the_funnel_plot_do_not_cover_one_another_and_the_chosen_one_is_there():
    close = tuple(
        replace(samples.FUNNEL.points[0], region=str(n), name=f"某某{n}县", rate=87 + 0.1 * n) for n in range(12)
    )
    view = replace(samples.FUNNEL, points=(*close, samples.FUNNEL.points[2]))
    placed = funnel_plot.labels(view.points, funnel_plot.frame_of(view))
    assert placed[0][0].on
    assert 2 < len(placed) <= funnel_plot.NAMED
    rooms = [label.rect for _one, label in placed]
    assert not any(one.meets(other) for n, one in enumerate(rooms) for other in rooms[n + 1 :])


def test_a_profile_says_the_cheapest_action_and_its_losses_in_amber():
    said = words(ranking_profile.draw(samples.PROFILE))
    for part in ("少 6 件返工案件", "到 D 档（92.5）", "−2.29", "+1.03", "91.80–92.40", "县·较大 第 4 / 12"):
        assert part in said
    together = words(ranking_profile.draw(replace(samples.PROFILE, together=True)))
    assert "合起来" in together
    assert "怎样都" in words(ranking_profile.draw(replace(samples.PROFILE, lifts=())))


def test_gap_bars_point_away_from_the_middle():
    loss, gain = (plain(gap_bar.gap_bar(points, 2))["props"]["children"][0]["props"] for points in (-1, 1))
    assert float(loss["x"]) + float(loss["width"]) == float(gain["x"]) == gap_bar.WIDTH / 2


def test_weights_are_tried_by_sliders_that_keys_can_move():
    drawn = plain(ranking_trial.draw(samples.TRIAL))
    assert found(drawn, "data-dial") == ["handling", "intake"]
    assert found(drawn, "role").count("slider") == 2
    assert found(drawn, "data-way") == ["normalise", "aggregate"]


def test_an_outcome_says_who_moves_and_who_crosses_a_band():
    said = words(ranking_trial.outcome(samples.OUTCOME))
    assert "2 个名次变动 · 1 个跨档 · 最远 3 名" in said
    assert "87 → 84" in said
    assert "名次没有变化" in words(ranking_trial.outcome(replace(samples.OUTCOME, moved=0, rows=())))


def test_the_trace_ends_in_the_count_of_cases():
    drawn = plain(ranking_trace.draw(samples.TRACE, STATE))
    assert found(drawn, "data-cases") == ["5618"]
    none = ranking_trace.draw(replace(samples.TRACE, cases=None, note="数据来自导入表，没有案件"), STATE)
    assert "没有案件" in words(none)
    assert found(plain(none), "data-cases") == found(plain(none), "data-appeal") == []
    mine = ranking_trace.draw(replace(samples.TRACE, cases=None, appeal="?section=appeals"), STATE)
    assert found(plain(mine), "data-appeal") == ["value"]


def test_the_list_of_cases_says_its_total_and_since_when_it_is_frozen():
    drawn = plain(ranking_cases.draw(samples.CASES, STATE))
    assert found(drawn, "data-total") == ["120"]
    assert "冻结于 2026-06-05 18:00" in words(ranking_cases.draw(samples.CASES, STATE))
    empty = replace(samples.CASES, rows=(), total=0)
    assert "这里没有案件" in words(ranking_cases.draw(empty, STATE))
    assert "对另一件案件申诉" in words(ranking_cases.draw(replace(samples.CASES, appeal="?section=appeals"), STATE))


def test_changes_say_then_and_now_and_what_they_came_from():
    said = words(ranking_changes.draw(samples.CHANGES, STATE))
    for part in (
        "2026-05 比 2026-04",
        "升 0 · 降 1 · 跨档 1",
        "↓4",
        "返工率 −1.40",
        "一票否决，不列名次",
        "合计（未取整） −1.10",
    ):
        assert part.replace(" ", "") in said.replace(" ", "")
    drawn = plain(ranking_changes.draw(samples.CHANGES, STATE))
    assert found(drawn, "data-cause") == ["rework", "accept", "deducted"]
    assert "没有更早的一期可比" in words(ranking_changes.draw(replace(samples.CHANGES, rows=()), STATE))


def test_appeals_that_wait_are_counted_apart():
    assert "12 件 · 待复核 9" in words(ranking_appeals.draw(samples.APPEALS, STATE))


@pytest.mark.parametrize(
    "name",
    sorted(
        {one for one in PANELS if one.startswith("ranking_")} - {"ranking_edition", "ranking_cases", "ranking_changes"}
    ),
)
def test_without_figures_a_panel_says_what_is_missing(name: str):
    assert len(words(PANELS[name].draw(None, STATE))) > 4
