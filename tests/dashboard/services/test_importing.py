"""Records of another system become cases once and only once, whole chunks at a time, and nothing odd is lost."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from dashboard.domain.errors import UserError
from dashboard.domain.history import FIELDS, START, step_hash
from dashboard.imports.mapping_file import load_mapping
from data.migrate import upgrade
from data.models import Case, CaseStep, Dataset, rollup_delta, rollup_stock
from data.queries.audit import compare_rollups
from data.session import Database
from tests.import_samples import (
    CATALOG,
    COLUMNS,
    MAPPING,
    NOW,
    SF_FILE,
    SF_MAPPING,
    bring,
    bring_rows,
    contents,
    outcome,
    row,
    sample_mapping,
    write_rows,
)

REPO = Path(__file__).parents[3]
needs_sf = pytest.mark.skipif(not SF_FILE.is_file(), reason=f"{SF_FILE} is not here")


def counts(report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.rejected


def case(database, key="1"):
    with database.read() as session:
        return session.scalars(select(Case).where(Case.source_key == key)).one()


def steps(database, key="1"):
    with database.read() as session:
        here = select(CaseStep).join(Case, CaseStep.case_id == Case.id).where(Case.source_key == key)
        return list(session.scalars(here.order_by(CaseStep.seq)))


def faults(database) -> list[str]:
    """What does not agree: roll-ups with cases, or histories with their hashes."""
    with database.read() as session:
        return [*compare_rollups(session), *_broken(session)]


def _broken(session) -> list[str]:
    """Histories that are not chained, or not numbered, as dashboard.domain.history says."""
    previous, broken = {}, []
    for step in session.execute(select(CaseStep.__table__).order_by(CaseStep.case_id, CaseStep.seq)).mappings():
        key = step["county_code"], step["case_id"]
        seq, before = previous.get(key, (0, START))
        if (seq + 1, step_hash(before, **{name: step[name] for name in FIELDS})) != (step["seq"], step["hash"]):
            broken.append(f"{key} step {step['seq']}")
        previous[key] = step["seq"], step["hash"]
    return broken


def rejects(folder: Path) -> list[dict[str, str]]:
    with (folder / "rows.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_row_becomes_a_case_with_what_the_source_knows_and_no_more(database, tmp_path):
    assert counts(bring_rows(database, tmp_path, [row(1)])) == (1, 0, 0, 0)
    found = case(database)
    assert (found.city_code, found.county_code, found.township_code) == ("SF", "SF-09", "SF-09-mission")
    assert (found.kind, found.kind_group, found.severity, found.state) == ("noise", "police", "04", "closed")
    assert (found.title, found.holder_unit, found.version) == ("noise · a party", "Police", 2)
    assert (found.lon, found.lat) == (-122.41, 37.76)
    assert found.reported_at == datetime(2026, 5, 4, 16, 30, tzinfo=UTC)
    assert found.closed_at == found.ended_at == datetime(2026, 5, 6, 17, 0, tzinfo=UTC)
    assert (found.accepted_at, found.accept_due_at, found.accept_minutes, found.clock_kind) == (None,) * 4
    assert not found.overdue
    assert found.close_due_at > found.closed_at
    assert found.flags == []
    assert [(s.seq, s.action, s.state, s.role, s.actor) for s in steps(database)] == [
        (1, "report", "reported", "import", "Police"), (2, "close", "closed", "import", "Police"),
    ]  # fmt: skip
    assert faults(database) == []


def test_an_open_row_ends_in_its_own_state_and_is_overdue_as_of_now(database, tmp_path):
    late, early = row(1, status="open", done=""), row(2, status="open", done="", made="2026-06-15 09:00")
    bring_rows(database, tmp_path, [late, early])
    assert [case(database, key).overdue for key in ("1", "2")] == [True, False]
    assert [(s.action, s.state) for s in steps(database)] == [("report", "reported"), ("import", "handling")]
    with database.read() as session:
        total = select(func.sum(rollup_stock.c.open), func.sum(rollup_stock.c.overdue))
        assert session.execute(total.where(rollup_stock.c.region_code == "SF", rollup_stock.c.kind == "*")).one() == (2, 1)


ODD = [  # what a row says, the flag it gets
    ({"done": "2026-05-01 10:00"}, "closed_before_reported"),
    ({"done": ""}, "closing_time_from_update"),
    ({"status": "open"}, "open_with_closing_time"),
    ({"lon": "0", "lat": "0.0"}, "no_position"),
    ({"lon": "", "lat": ""}, "no_position"),
    ({"lon": "west", "lat": "37.7"}, "no_position"),
    ({"lon": "2.35", "lat": "48.85"}, "position_outside"),
    ({"area": ""}, "unassigned_county"),
    ({"area": "-1"}, "unassigned_county"),
    ({"area": "77"}, "unassigned_county"),
    ({"hood": ""}, "unassigned_township"),
    ({"hood": "Atlantis"}, "unassigned_township"),
]


@pytest.mark.parametrize("given, flag", ODD)
def test_what_is_odd_but_true_is_flagged_and_kept(sqlite_database, tmp_path, given, flag):
    report = bring_rows(sqlite_database, tmp_path, [row(1, **given)])
    assert counts(report) == (1, 0, 0, 0)
    assert report.flagged == {flag: 1}
    assert case(sqlite_database).flags == [flag]
    assert faults(sqlite_database) == []


def test_an_unassigned_region_is_a_region_and_no_position_is_no_point(sqlite_database, tmp_path):
    bring_rows(sqlite_database, tmp_path, [row(1, area="", lon="0", lat="0", done="2026-05-01 10:00")])
    found = case(sqlite_database)
    assert (found.county_code, found.township_code) == ("SF-00", "SF-00-unassigned")
    assert (found.lon, found.lat) == (None, None)
    assert found.closed_at < found.reported_at


BAD = [  # what a row says, words of the reason
    ({"id": ""}, "id: the source's key is missing"),
    ({"id": "x" * 201}, "longer than 200"),
    ({"made": ""}, "the time of the report is missing"),
    ({"made": "yesterday"}, "made: not a time, got 'yesterday', allowed: %Y-%m-%d %H:%M or %d.%m.%Y"),
    ({"made": "2026-02-30 10:00"}, "not a time"),
    ({"made": "1969-01-01 10:00"}, "before 1970"),
    ({"made": "2027-01-01 10:00"}, "lies in the future"),
    ({"done": "2027-01-01 10:00"}, "done: lies in the future"),
    ({"done": "soon"}, "done: not a time"),
    ({"done": "", "changed": ""}, "gives no time for it"),
    ({"status": "maybe"}, "status 'maybe' is unknown; allowed: open, closed, void"),
    ({"type": "ufo"}, "no [[kind]] rule matches"),
    ({"text": "a\x00b"}, "NUL"),
]


@pytest.mark.parametrize("given, words", BAD)
def test_a_bad_row_is_put_aside_with_its_place_and_reason(sqlite_database, tmp_path, given, words):
    bad = row(2) | given
    report = bring_rows(sqlite_database, tmp_path, [row(1, text="two\nlines"), bad, row(3)])
    assert counts(report) == (2, 0, 0, 1)
    (found,) = rejects(tmp_path)
    assert (found["rejected_row"], found["rejected_line"], found["rejected_key"]) == ("3", "4", bad["id"])
    assert words in found["rejected_reason"]
    assert {name: found[name] for name in COLUMNS} == bad


def test_a_second_row_with_a_key_is_rejected_whatever_the_chunks(sqlite_database, tmp_path):
    rows = [row(1), row(2), row(1, status="open"), row(3), row(2)]
    assert counts(bring_rows(sqlite_database, tmp_path, rows, chunk=2)) == (3, 0, 0, 2)
    assert [one["rejected_reason"] for one in rejects(tmp_path)] == [
        "id '1' stands in row 2 already", "id '2' stands in row 3 already",
    ]  # fmt: skip
    assert counts(bring_rows(sqlite_database, tmp_path, rows)) == (0, 0, 3, 2)


def test_corrected_rejects_can_be_imported_by_themselves(sqlite_database, tmp_path):
    bring_rows(sqlite_database, tmp_path, [row(1), row(2, status="maybe", text="=1+1")])
    file = tmp_path / "rows.csv.rejected.csv"
    assert "'=1+1" in file.read_text(encoding="utf-8-sig")
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",maybe,", ",open,"), encoding="utf-8")
    assert counts(bring(sqlite_database, file, sample_mapping(tmp_path))) == (1, 0, 0, 0)


def test_a_run_without_rejects_leaves_no_file_of_an_earlier_one(sqlite_database, tmp_path):
    bring_rows(sqlite_database, tmp_path, [row(1, status="maybe")])
    assert bring_rows(sqlite_database, tmp_path, [row(1)]).rejects is None
    assert not (tmp_path / "rows.csv.rejected.csv").exists()
    with pytest.raises(UserError, match="overwrite the file"):
        bring_rows(sqlite_database, tmp_path, [row(1)], rejects=tmp_path / "rows.csv")


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


def test_excel_and_other_encodings_import_the_same_cases(sqlite_database, tmp_path):
    rows = [row(1, text="噪声"), row(2)]
    mapping = sample_mapping(tmp_path)
    bring(sqlite_database, write_rows(tmp_path / "a.csv", rows, "gb18030", ";"), mapping)
    book = Workbook()
    for cells in ([*COLUMNS], *([*one.values()] for one in rows)):
        book.active.append(cells)
    book.save(tmp_path / "b.xlsx")
    assert counts(bring(sqlite_database, tmp_path / "b.xlsx", mapping)) == (0, 0, 2, 0)


def test_a_mapping_that_does_not_fit_the_pack_leaves_the_database_as_it_was(sqlite_database, tmp_path):
    before = contents(sqlite_database)
    mapping = sample_mapping(tmp_path, MAPPING.replace('unassigned = "SF-00"', 'unassigned = "SF-99"'))
    with pytest.raises(UserError, match="unassigned is no county of this region pack; got 'SF-99'"):
        bring(sqlite_database, write_rows(tmp_path / "rows.csv", [row(1)]), mapping)
    assert contents(sqlite_database) == before


def test_a_dataset_keeps_its_pack_and_its_truth(sqlite_database, tmp_path):
    bring_rows(sqlite_database, tmp_path, [row(1)])
    mapping = sample_mapping(tmp_path, MAPPING.replace('source = "tests"', 'source = "tests"\nsynthetic = true'))
    with pytest.raises(UserError, match="is real, the mapping says otherwise"):
        bring(sqlite_database, tmp_path / "rows.csv", mapping)
    with sqlite_database.read() as session:
        assert session.scalars(select(Dataset)).one().synthetic is False


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
