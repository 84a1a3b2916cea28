"""Imported again, changed at the source, stopped or killed: a record is one case, and the sums stay exact."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from dashboard.domain.errors import UserError
from dashboard.imports.mapping_file import load_mapping
from data.migrate import upgrade
from data.models import Case, CaseStep, rollup_delta
from data.session import Database
from tests.import_samples import (
    CATALOG,
    MAPPING,
    NOW,
    SF_FILE,
    SF_MAPPING,
    bring,
    bring_rows,
    case,
    contents,
    counts,
    faults,
    outcome,
    rejects,
    row,
    sample_mapping,
    steps,
    write_rows,
)

REPO = Path(__file__).parents[3]
needs_sf = pytest.mark.skipif(not SF_FILE.is_file(), reason=f"{SF_FILE} is not here")


def test_imported_again_nothing_changes(database, tmp_path):
    rows = [row(key, area=str(key % 11), status=("open", "closed")[key % 2]) for key in range(50)]
    bring_rows(database, tmp_path, rows, chunk=7)
    before = contents(database)
    later = NOW + timedelta(days=40)
    assert counts(bring_rows(database, tmp_path, rows, chunk=20, now=later)) == (0, 0, 50, 0)
    assert contents(database) == before


def test_a_changed_row_changes_its_case_and_the_sums_by_one_step(database, tmp_path):
    bring_rows(database, tmp_path, [row(1, status="open", done=""), row(2)])
    report = bring_rows(database, tmp_path, [row(1), row(2)])
    assert counts(report) == (0, 1, 1, 0)
    found = case(database)
    assert (found.state, found.version) == ("closed", 3)
    last = steps(database)[-1]
    assert (last.seq, last.action, last.state, last.reason) == (3, "import", "closed", "source_changed")
    assert (last.note, last.at) == ("state, closed_at, ended_at", NOW)
    assert faults(database) == []


def test_a_new_meaning_in_the_mapping_is_a_change_too(sqlite_database, tmp_path):
    file = write_rows(tmp_path / "rows.csv", [row(1), row(2, type="other")])
    bring(sqlite_database, file, sample_mapping(tmp_path))
    mapping = sample_mapping(tmp_path, MAPPING.replace('kind = "noise"', 'kind = "quarrel"'))
    assert counts(bring(sqlite_database, file, mapping)) == (0, 1, 1, 0)
    assert case(sqlite_database).kind == "quarrel"
    assert faults(sqlite_database) == []


def test_a_case_whose_county_was_wrong_moves_with_its_history(database, tmp_path):
    bring_rows(database, tmp_path, [row(1), row(2)])
    before = case(database)
    assert counts(bring_rows(database, tmp_path, [row(1, area="3", hood="Chinatown"), row(2)])) == (0, 1, 1, 0)
    found = case(database)
    assert (found.id, found.county_code, found.township_code) == (before.id, "SF-03", "SF-03-chinatown")
    assert [step.seq for step in steps(database)] == [1, 2, 3]
    assert steps(database)[-1].reason == "region_corrected"
    assert steps(database)[-1].note.startswith("SF-09 -> SF-03")
    assert faults(database) == []
    assert counts(bring_rows(database, tmp_path, [row(1, area="3", hood="Chinatown"), row(2)])) == (0, 0, 2, 0)


def test_what_people_did_here_is_not_overruled_by_the_source(sqlite_database, tmp_path):
    bring_rows(sqlite_database, tmp_path, [row(1, status="open", done="")])
    with sqlite_database.write() as session:
        session.execute(update(CaseStep).where(CaseStep.seq == 2).values(role="worker"))
    assert counts(bring_rows(sqlite_database, tmp_path, [row(1)])) == (0, 0, 0, 1)
    assert "worked on here" in rejects(tmp_path)[0]["rejected_reason"]
    assert case(sqlite_database).state == "handling"


class Stopped(Exception):
    pass


def test_stopped_between_chunks_and_run_again_gives_the_same_end(database, tmp_path, request):
    rows = [row(key, area=str(key % 12), made=f"2026-0{1 + key % 5}-04 09:30") for key in range(100)]

    def stop(report, _done):
        if report.read >= 60:
            raise Stopped

    with pytest.raises(Stopped):
        bring_rows(database, tmp_path, rows, chunk=20, progress=stop)
    assert faults(database) == []
    assert counts(bring_rows(database, tmp_path, rows, chunk=20)) == (40, 0, 60, 0)
    clean = Database(f"sqlite:///{tmp_path / 'clean.sqlite'}")
    upgrade(clean.engine)
    bring_rows(clean, tmp_path, rows, chunk=33)
    assert outcome(database) == outcome(clean)
    clean.engine.dispose()


KILLED = """
import sys
from pathlib import Path
from data.session import Database
from tests.import_samples import bring, sample_mapping
folder, address = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
say = lambda *_: print("chunk", flush=True)
bring(Database(address), folder / "rows.csv", sample_mapping(folder), chunk=50, progress=say)
"""


def test_killed_in_the_middle_and_run_again_gives_the_same_end(database, tmp_path):
    rows = [row(key, area=str(key % 12), made=f"2026-0{1 + key % 5}-04 09:30") for key in range(3000)]
    file, mapping = write_rows(tmp_path / "rows.csv", rows), sample_mapping(tmp_path)
    address = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, str(tmp_path), address]
    env = {**os.environ, "PYTHONPATH": "."}
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True, env=env) as run:
        for line in run.stdout:
            if line == "chunk\n":
                break
        time.sleep(0.05)  # somewhere inside a chunk
        run.send_signal(signal.SIGKILL)
    with database.read() as session:
        done = session.scalar(select(func.count()).select_from(Case))
    assert 0 < done < 3000
    assert done % 50 == 0
    report = bring(database, file, mapping)
    assert (report.new, report.unchanged) == (3000 - done, done)
    clean = Database(f"sqlite:///{tmp_path / 'clean.sqlite'}")
    upgrade(clean.engine)
    bring(clean, file, mapping)
    assert outcome(database) == outcome(clean)
    clean.engine.dispose()


@needs_sf
def test_san_francisco_is_whole_flagged_and_the_same_when_run_twice(database, tmp_path):
    mapping = load_mapping(SF_MAPPING, CATALOG)
    report = bring(database, SF_FILE, mapping, rejects=tmp_path / "rejects.csv")
    assert counts(report) == (10_000, 0, 0, 0)
    assert report.flagged == {
        "closed_before_reported": 17, "no_position": 4264, "unassigned_county": 4273, "unassigned_township": 331,
    }  # fmt: skip
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Case.ended_at.is_(None))) == 370
        assert session.scalar(select(func.count()).where(Case.closed_at < Case.reported_at)) == 17
        assert session.scalar(select(func.count()).where((Case.lon == 0) | (Case.lat == 0))) == 0
        assert session.scalar(select(func.count()).where(Case.lon.is_(None))) == 4264
        assert session.scalar(select(func.count()).select_from(rollup_delta)) == 0
    assert faults(database) == []
    before = contents(database)
    assert counts(bring(database, SF_FILE, mapping, rejects=tmp_path / "rejects.csv")) == (0, 0, 10_000, 0)
    assert contents(database) == before


def test_two_imports_at_once_get_an_answer(database, tmp_path, monkeypatch):
    bring_rows(database, tmp_path, [row(1)])
    monkeypatch.setattr("dashboard.services.importing.find_known", lambda *_: {})  # as if the other came between
    with pytest.raises(UserError, match="is another import of the same records running"):
        bring_rows(database, tmp_path, [row(1)])
    assert faults(database) == []
