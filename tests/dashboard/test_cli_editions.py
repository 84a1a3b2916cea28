"""The commands about editions: what they say, and the exit status that programs read."""

import pytest
from flask import current_app
from sqlalchemy import update

from dashboard.cli_editions import editions_group
from data.models import EditionStanding
from tests.editions import TO_PUBLISHED, an_office


@pytest.fixture
def office(templates, tmp_path):
    yield from an_office(templates, "sqlite", tmp_path, 60)


@pytest.fixture
def run(office):
    server = current_app._get_current_object()
    server.extensions["deps"] = office.deps
    server.cli.add_command(editions_group)
    return lambda *words: server.test_cli_runner().invoke(args=["editions", *map(str, words)])


def test_an_edition_is_listed_verified_recomputed_and_exported(office, run, tmp_path):
    head = office.walk(office.open().id, *TO_PUBLISHED)
    listed = run("list").output
    assert str(head.id) in listed
    assert f"{head.digest[:12]}" in listed
    assert "1 editions checked, 0 faults" in run("verify").output
    assert run("verify", head.id).exit_code == 0
    again = run("recompute", head.id)
    assert (again.exit_code, "the same" in again.output) == (0, True)
    file = tmp_path / "edition.zip"
    assert run("export-archive", head.id, file).exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


def test_a_changed_row_is_a_fault_with_a_name(office, run):
    head = office.walk(office.open().id, *TO_PUBLISHED)
    with office.base.database.write() as session:
        session.execute(update(EditionStanding).where(EditionStanding.region_code == "K1").values(published=100.5))
    for words in (("verify",), ("verify", head.id)):
        answer = run(*words)
        assert answer.exit_code == 1
        assert "edition_standing K1: published was changed" in answer.output


@pytest.mark.parametrize("words", [("verify", "0" * 32), ("recompute", "0" * 32)])
def test_an_edition_nobody_made_is_said_to_be_missing(run, words):
    answer = run(*words)
    assert answer.exit_code == 1
    assert "no such edition" in answer.output
