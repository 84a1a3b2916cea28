"""The command says what came of it in words, and its exit status says it to programs."""

from types import SimpleNamespace

import pytest
from flask import Flask

from dashboard.cli_import import FLAGS, import_cases_command
from tests.import_samples import CATALOG, MAPPING, NOW, row, write_rows


@pytest.fixture
def run(sqlite_database, tmp_path):
    server = Flask(__name__)
    deps = SimpleNamespace(database=sqlite_database, catalog=CATALOG, clock=lambda: NOW)
    server.extensions["deps"] = deps
    server.cli.add_command(import_cases_command)
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")

    def call(rows, *more, mapping="mapping.toml", regions="san_francisco"):
        file = write_rows(tmp_path / "rows.csv", rows)
        asked = ["import-cases", str(file), "--mapping", str(tmp_path / mapping), "--regions", regions, *more]
        return server.test_cli_runner().invoke(args=asked)

    return call


def test_a_summary_a_person_understands(run):
    answer = run([row(1), row(2, area=""), row(3, made="never")])
    assert answer.exit_code == 0
    assert "rows.csv (utf-8, comma-separated): 3 records read" in answer.output
    assert "2 new, 0 changed, 0 unchanged, 1 rejected" in answer.output
    assert "1  without a known county; filed under the unassigned one" in answer.output
    assert "rows.csv.rejected.csv" in answer.output
    assert "0 new, 0 changed, 2 unchanged, 1 rejected" in run([row(1), row(2, area=""), row(3, made="never")]).output


def test_nothing_imported_is_a_failure(run):
    assert run([row(1, made="never")]).exit_code == 1
    answer = run([])
    assert (answer.exit_code, "no rows" in answer.output) == (1, True)


@pytest.mark.parametrize(
    "more, words",
    [
        ({"mapping": "none.toml"}, "none.toml is missing"),
        ({"regions": "atlantis"}, "no region pack 'atlantis'"),
    ],
)
def test_what_cannot_be_used_is_named_without_a_traceback(run, more, words):
    answer = run([row(1)], **more)
    assert answer.exit_code == 1
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_usage_has_a_status_of_its_own(run):
    assert run([row(1)], "--limit", "0").exit_code == 2


def test_a_limit_and_another_dataset(run):
    rows = [row(key) for key in range(10)]
    assert "4 new" in run(rows, "--limit", "4").output
    assert "10 new" in run(rows, "--dataset", "again").output


def test_every_flag_has_words():
    assert all(words and not words[0].isupper() for words in FLAGS.values())
