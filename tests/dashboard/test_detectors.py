"""The detectors' catalogue: it loads, says its thresholds in words, and each mistake is answered with line and allowed."""

from pathlib import Path

import pytest

from dashboard.detectors import FILE, load_detectors
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.detect.model import PARAMS

MISTAKES = (  # what stands there, what is written instead, the line that is named, and what the message says
    ("history_days = 90", "history_days = 0", "history_days = 0", "history_days: expected a whole number; got 0"),
    ("history_days = 90", "", "", "history_days is missing"),
    ('key = "burst"', 'key = "brust"', 'key = "brust"', "key: not one of the known values; got 'brust'"),
    ('key = "instant"', 'key = "burst"', "", "key stands twice; got 'burst'"),
    ("least = 6", "least = 0", "least = 0", "least: expected a whole number; got 0; allowed: 1 or more"),
    ("least = 6", 'leats = 6', "leats = 6", "unknown field in [[detector]]; got 'leats'"),
    ("false_alarms = 0.2", "false_alarms = -1", "false_alarms = -1",
     "false_alarms: expected how many findings chance may bring; got -1; allowed: 0 to 10"),
    ("window_minutes = 60,", "window = 60,", "params = { window = 60", "params of another detector; got ['active_hours', 'window']"),
    ("window_minutes = 60,", 'window_minutes = "60",', 'window_minutes = "60"', "params: expected a whole number; got '60'"),
    ("params = { days = 3 }", "", '[[detector]]\nkey = "reclassed"', "lacks params; got []; allowed: days"),
    ("{days} 天", "{day} 天", 'rule = "锁数前 {day}', "the rule names another figure"),
    ('source = "SHA-256 (FIPS 180-4); no matter of chance"', 'source = ""', 'source = ""', "source: expected words"),
    ("[[detector]]", "[[detectors]]", "", "detector"),
)  # fmt: skip


@pytest.mark.parametrize("right, wrong, near, answer", MISTAKES)
def test_a_mistake_is_answered_with_line_and_what_is_allowed(tmp_path: Path, right, wrong, near, answer):
    text = FILE.read_text(encoding="utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    path = tmp_path / FILE.name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_detectors(path)
    assert answer in str(caught.value)
    assert str(caught.value).startswith(f"{FILE.name} line ")
    if near:
        line = text[: text.index(near)].count("\n") + 1
        assert str(caught.value).startswith(f"{FILE.name} line {line}:")


def test_a_detector_that_is_left_out_is_missed(tmp_path: Path):
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").rpartition("[[detector]]")[0], encoding="utf-8")
    with pytest.raises(UserError, match=r'a detector is missing.*key = "silence"'):
        load_detectors(path)


def test_the_shipped_rules_say_their_own_thresholds():
    rows = load_detectors().rows
    assert set(rows) == set(PARAMS)
    assert "60 分钟" in rows["burst"].rule
    assert "3 days" in rows["reclassed"].rule_en
    assert not [row.key for row in rows.values() if "{" in row.rule + row.rule_en]
    assert sum(row.false_alarms for row in rows.values()) == pytest.approx(1.2)
