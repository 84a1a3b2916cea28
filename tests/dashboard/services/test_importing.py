"""Rows of another system become cases: what is odd is flagged, what is bad is put aside, and nothing is invented."""

from datetime import UTC, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from dashboard.domain.errors import UserError
from data.models import Dataset, rollup_stock
from tests.import_samples import (
    COLUMNS,
    MAPPING,
    bring,
    bring_rows,
    case,
    contents,
    counts,
    faults,
    rejects,
    row,
    sample_mapping,
    steps,
    write_rows,
)


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
        assert session.execute(total.where(rollup_stock.c.region_code == "SF", rollup_stock.c.kind == "*")).one() == (
            2,
            1,
        )


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
