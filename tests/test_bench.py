"""The benchmark runs and prints a row for every region and panel. What it measures is never judged here."""

import json
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import evaluation, panels
from tests.bench.panels import PANELS, REGIONS


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> list[str]:
    """Words for a small run on a database that is filled once."""
    kept = tmp_path_factory.mktemp("filled")
    return ["--cases", "2000", "--databases", "sqlite", "--rounds", "1", "--keep", str(kept)]


def test_the_panels_section_prints_every_row_and_writes_the_same_as_json(filled, tmp_path: Path, monkeypatch, capsys):
    given, out = [*filled, "--only", "panels"], tmp_path / "out.json"
    assert bench.main([*given, "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    for region in REGIONS:
        for row in ("all panels cold", "all panels warm", *(f"  {panel} alone, cold" for panel in PANELS)):
            assert f"{region}: {row}" in printed
    (section,) = json.loads(out.read_text(encoding="utf-8"))["sections"]
    assert (section["name"], section["database"], section["cases"]) == ("panels", "sqlite", 2000)
    assert all(f"{row['name']} " in printed for row in section["rows"])
    assert filled[-1] not in printed
    monkeypatch.setattr(panels, "REGIONS", dict(list(REGIONS.items())[:1]))
    bench.main([*given, "--against", str(out)])  # the kept database, beside the earlier run
    assert "all panels cold: by 2,000 cases" in capsys.readouterr().out


def test_the_evaluation_section_sets_the_draws_beside_the_bare_product():
    rows = evaluation.run(regions=6, indicators=25, draws=20, rounds=1)
    size = "6 × 25 × 20"
    assert [row.name for row in rows][:3] == [
        "bare product of weights and points", f"{size}: scores and rank bands", f"{size}: by the bare product",
    ]  # fmt: skip
    assert {row.goal for row in rows} == {None, evaluation.GOAL}
    assert all(row.value > 0 for row in rows)


def test_the_editions_section_makes_a_month_and_says_how_many_cases_it_counted(filled, capsys):
    assert bench.main([*filled, "--only", "editions"]) == 0
    printed = capsys.readouterr().out
    for row in ("a full monthly edition", "freeze: figures and cases", "evaluate: scores, ranks, doubt", "verify it"):
        assert row in printed
    assert "cases counted" in printed
