"""Every panel of the desk draws its sample; clocks, keys, dialogues and the clock bar say what the case says."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from callbacks import desk as callbacks
from dashboard.domain.desk_state import SECTIONS, TABS, DeskState, parse_desk, parse_key, tabs_of
from dashboard.domain.errors import UserError
from dashboard.domain.explain import Skipped
from dashboard.domain.workflow import INPUTS, TRANSITIONS
from dashboard.services.desk import READS
from dashboard.views.dossier import AllowedAction
from layouts.desk import actions, clock_rows, dialog, history, ids
from layouts.desk.panels import PAGES, PANELS
from layouts.figures import clock_bar
from tests.layouts.desk.samples import CHOICES, DONE, LATE, NOW, PAUSED, RUNNING, SAMPLES, SHEET, STATE, WAITING

ASSETS = Path(__file__).parents[3] / "assets" / "desk"


def plain(part: object) -> object:
    return json.loads(json.dumps(part, default=lambda one: one.to_plotly_json()))


def found(part: object, name: str) -> list:
    """All values of the property `name`, at any depth."""
    if isinstance(part, list):
        return [value for one in part for value in found(one, name)]
    if not isinstance(part, dict):
        return []
    own = [part[name]] if part.get(name) is not None else []
    return own + [value for one in part.values() for value in found(one, name)]


def words(part: object) -> str:
    """All that is written, in order."""
    part = plain(part)
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return " ".join(words(one) for one in part)
    return words(part["props"].get("children", "")) if isinstance(part, dict) and "props" in part else ""


# One table for each list: docs/adding.md


def test_every_panel_has_a_sample_an_id_a_callback_module_and_a_place():
    assert SAMPLES.keys() == PANELS.keys()
    for name, panel in PANELS.items():
        assert getattr(ids, name.upper()) == panel.id
        assert panel.section in ("", *PAGES)
        assert any(getattr(module, "PANEL", None) is panel for module in callbacks.MODULES), name


def test_every_page_is_one_of_the_scripts_and_every_section_a_page():
    script = (ASSETS / "live.js").read_text(encoding="utf-8")
    assert json.loads(re.search(r"const PAGES = (\[.*?\]);", script)[1]) == list(PAGES)
    assert set(SECTIONS) | {"case"} == set(PAGES)
    shell = (ASSETS / "10-shell.css").read_text(encoding="utf-8")
    assert all(f"[data-section={page}]" in shell for page in PAGES)


def test_every_read_is_asked_for():
    asked = "".join(path.read_text(encoding="utf-8") for path in (Path(callbacks.__file__).parent).glob("*.py"))
    assert all(f'"{name}"' in asked for name in READS)


def test_ids_follow_one_pattern_and_stand_once():
    values = [value for name, value in vars(ids).items() if name.isupper()]
    assert all(re.fullmatch(r"desk(-[a-z]+)+", value) for value in values)
    assert len(values) == len(set(values))


def test_keys_are_of_actions_and_no_two_of_a_role_in_one_state_are_the_same():
    assert actions.KEYS.keys() <= TRANSITIONS.keys()
    assert set(actions.AT_ONCE) <= TRANSITIONS.keys()
    for one, other in combinations(actions.KEYS, 2):
        a, b = TRANSITIONS[one], TRANSITIONS[other]
        if actions.KEYS[one] == actions.KEYS[other] and a.sources & b.sources:
            assert not set(a.roles) & set(b.roles), (one, other)


# Panels


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_draws_its_sample_with_links_that_can_be_read(name: str):
    drawn = plain(PANELS[name].draw(SAMPLES[name], STATE))
    for link in found(drawn, "href"):
        if link.startswith("?"):
            parse_desk(link)
    for style in found(drawn, "style"):
        assert style.keys() <= {"width", "height"}


def test_nothing_selected_and_no_case_are_states_of_their_own():
    assert "没有选中" in words(PANELS["side"].draw(None, STATE))
    assert PANELS["case"].draw(None, STATE) is None


def test_the_side_names_the_unit_the_reason_and_the_key():
    drawn = plain(PANELS["side"].draw(SHEET, STATE))
    assert "近 30 日同类办结 62 件，57 件由其办结" in words(PANELS["side"].draw(SHEET, STATE))
    assert found(drawn, "data-unit") == [one.unit for one in CHOICES]
    assert found(drawn, "data-case") == [f"{SHEET.dossier.head.county_code}:{SHEET.dossier.head.id}"]
    assert found(drawn, "data-action")[0] == "dispatch"


def test_a_broken_chain_is_said_loudly():
    assert plain(history.chain(SHEET))["props"]["className"].endswith("--ok")
    from_other = SHEET.__class__(**{**{name: getattr(SHEET, name) for name in SHEET.__slots__},
                                    "dossier": _with(SHEET.dossier, chain_ok=False)})  # fmt: skip
    assert plain(history.chain(from_other))["props"]["role"] == "alert"


def _with(value: object, **changes: object) -> object:
    return value.__class__(**{**{name: getattr(value, name) for name in value.__slots__}, **changes})


def test_minutes_are_charged_to_their_holders_and_add_up():
    drawn = plain(history.charges(SHEET))
    widths = [float(style["width"].rstrip("%")) for style in found(drawn, "style")]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert "暂停计时" in words(history.charges(SHEET))


# Clocks


@pytest.mark.parametrize(
    "clock, said",
    [
        (RUNNING, "5 分后黄牌，35 分后红牌"), (WAITING, "受理后起算，6 工时黄牌，8 工时红牌"), (LATE, "红牌，已超 1 工时"),
        (PAUSED, "暂停计时，剩 3 工时"), (DONE, "用 6 分，限 15 分"),
    ],
)  # fmt: skip
def test_a_clock_says_what_will_happen(clock, said: str):
    assert clock_rows.sentence(clock, NOW) == said


@pytest.mark.parametrize(
    "minutes, work, said", [(0, False, "0 分"), (59, True, "59 分"), (60, True, "1 工时"), (125, False, "2 小时 5 分")]
)
def test_a_duration_in_words(minutes: int, work: bool, said: str):
    assert clock_rows.duration(minutes, work) == said


@pytest.mark.parametrize("clock", [RUNNING, LATE, PAUSED, DONE])
def test_the_bar_keeps_within_its_width_and_its_parts_in_order(clock):
    drawn = plain(clock_bar.draw(clock, NOW, 400))
    parts = {one["props"].get("className", ""): one["props"] for one in drawn["props"]["children"]}
    right = [float(one["x"]) + float(one["width"]) for one in parts.values() if "width" in one]
    assert max(right) <= 400
    yellow, red = (float(parts[f"clock__card clock__card--{colour}"]["x"]) for colour in ("yellow", "red"))
    assert yellow < red
    assert ("clock__now" in parts) == (clock.status in ("running", "paused"))
    assert ("clock__late" in parts) == (clock.used_minutes > clock.limit_minutes)


def test_a_stop_stands_where_the_clock_stood_still():
    drawn = plain(clock_bar.draw(RUNNING, NOW, 400))
    [stop] = [one["props"] for one in drawn["props"]["children"] if one["props"].get("className") == "clock__stop"]
    start = (RUNNING.skipped[0].start - RUNNING.started_at).total_seconds() / 60
    assert float(stop["x"]) + float(stop["width"]) / 2 == pytest.approx(7 + 386 * start / 120, abs=0.2)


def shapes(clock) -> dict[str, list[dict]]:
    """The parts of the bar by class, in order."""
    out: dict[str, list[dict]] = {}
    for one in plain(clock_bar.draw(clock, NOW, 400))["props"]["children"]:
        out.setdefault(one["props"]["className"], []).append(one["props"])
    return out


def nights(count: int, started: datetime) -> tuple[Skipped, ...]:
    """Every day from 12 hours after the start on, 12 hours long."""
    first = started + timedelta(hours=12)
    return tuple(Skipped(first + timedelta(days=n), first + timedelta(days=n, hours=12), "night") for n in range(count))


@pytest.mark.parametrize(
    "used, cut",
    [(400, False), (480, False), (567, False), (568, True), (30_000, True)],  # 420 minutes and 35 % of them are 567
)
def test_the_axis_of_a_clock_far_behind_its_limit_is_broken(used: int, cut: bool):
    drawn = shapes(replace(LATE, used_minutes=used))
    red = float(drawn["clock__card clock__card--red"][0]["x"]) + 4.5
    assert ("clock__cut" in drawn) == cut
    if used > 420:
        late = drawn["clock__late"][0]
        end = float(late["x"]) + float(late["width"])
        assert (red, end) == (pytest.approx(7 + 386 * 420 / min(used, 567), abs=0.2), pytest.approx(393, abs=0.2))
    if cut:
        strokes = [float(start) for start in re.findall(r"M([\d.]+)", drawn["clock__cut"][0]["d"])]
        assert len(strokes) == 2
        assert red + 4.5 < strokes[0] < strokes[1] + 8 < end


@pytest.mark.parametrize(
    "limit, used, notches",
    [
        (2880, 2000, 2),  # nights after 720 and 1440 minutes of the clock; it goes to 2880
        (2880, 30_000, 3),  # late by 450 hours: only what stood still before the limit
        (16 * 720 + 1, 16 * 720, 16), (17 * 720 + 1, 17 * 720, 0),  # more would hide the bar
    ],
)  # fmt: skip
def test_a_bar_is_never_hidden_by_its_notches(limit: int, used: int, notches: int):
    started = NOW - timedelta(days=80)
    clock = replace(LATE, limit_minutes=limit, yellow_minutes=limit - 60, started_at=started, used_minutes=used,
                    skipped=nights(min(used // 720, 79), started))  # fmt: skip
    drawn = shapes(clock)
    assert [len(drawn.get(name, [])) for name in ("clock__stop", "clock__hatch")] == [notches, notches]


# Dialogues


@pytest.mark.parametrize("action", sorted(TRANSITIONS))
def test_a_dialogue_asks_for_all_that_an_action_needs_and_takes(action: str):
    row = TRANSITIONS[action]
    allowed = AllowedAction(action, action, row.needs, row.takes, tuple((code, code) for code in row.reasons))
    drawn = plain(dialog.draw(dialog.Asked(allowed, 1, SHEET, CHOICES, {"04": "一般"})))
    assert found(drawn, "data-field") == [*row.needs, *row.takes]
    assert found(drawn, "data-input") == [*row.needs, *row.takes]
    assert [flag == "true" for flag in found(drawn, "data-needed")] == [
        key in row.needs for key in (*row.needs, *row.takes)
    ]
    assert found(drawn, "data-send") == [action]


def test_every_input_has_a_field_and_a_name():
    assert dialog.labels().keys() == INPUTS.keys()
    assert {one.form for one in INPUTS.values()} == dialog._FORMS.keys()


def test_supervision_offers_only_what_lies_above_the_present_level():
    allowed = AllowedAction("supervise", "督办", ("level",), ())
    drawn = plain(dialog.draw(dialog.Asked(allowed, 1, SHEET)))  # the case is supervised in the ordinary way
    assert found(drawn, "data-value") == ["yellow", "red"]


def test_a_conflict_says_who_when_what_and_leaves_a_choice():
    said = words(dialog.conflict("260618-04F7K2", "分流", "陈", "派单员", "受理", "待分流", NOW))
    for part in ("陈 · 派单员", "受理", "待分流", "260618-04F7K2", "刷新后再做", "放弃"):
        assert part in said


# The URL


@pytest.mark.parametrize("state", [DeskState(), DeskState(tab="red", due="late", q="飞线 %"), DeskState("audit", p=4)])
def test_a_state_survives_its_link(state: DeskState):
    assert parse_desk(state.to()) == state


@pytest.mark.parametrize("query", ["?tab=none", "?section=x", "?due=soon", "?p=0", "?p=x", "?case=1", "?case=330382:x", "?q=%00",
                                   f"?q={'x' * 201}"])  # fmt: skip
def test_a_link_that_means_nothing_is_an_error(query: str):
    with pytest.raises(UserError):
        parse_desk(query)


def test_a_key_is_a_county_and_an_id():
    county, case_id = parse_key("330382:01977f1e-0000-7000-8000-000000000001")
    assert (county, case_id.version) == ("330382", 7)


def test_queues_follow_the_roles():
    assert "mine" in tabs_of(["handler"])
    assert "accept" not in tabs_of(["handler"])
    assert tabs_of(["administrator"]) == ()
    assert set(tabs_of(["dispatcher", "supervisor", "handler", "verifier"])) == set(TABS)
