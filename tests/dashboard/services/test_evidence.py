"""The evidence store and its cleaning: nothing half-written, nothing that a case shows is removed, the rest goes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.evidence.store import FolderStore
from dashboard.services.evidence import forget_unused
from tests.dashboard.api.client import Api, digest, make_api, picture

KEY = digest(b"x")


@pytest.fixture
def api(database, tmp_path: Path) -> Api:
    return make_api(database, tmp_path / "evidence")


def _aged(api: Api) -> None:
    """Let the files be as old as the test's clock says."""
    for path in api.folder.rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))


def test_files_that_no_case_shows_are_forgotten_after_a_day_and_others_stay(api: Api):
    used, unused, fresh = picture(10), picture(20), picture(30)
    kept = {shade: api.by("grid").put(data).body["sha256"] for shade, data in ((10, used), (20, unused))}
    assert api.by("grid").report(evidence=[digest(used)]).status == 201
    api.moment += timedelta(hours=25)
    kept[30] = api.by("grid").put(fresh).body["sha256"]
    assert forget_unused(api.deps, "") == 1
    assert api.by("grid").get(f"/evidence/{kept[10]}").status == 200
    assert api.by("grid").get(f"/evidence/{kept[20]}").status == 404
    assert api.by("grid").get(f"/evidence/{kept[30]}").status == 200
    assert len(api.files()) == 4
    refused = api.by("grid").report(evidence=[digest(unused)])
    assert (refused.status, refused.body["error"]) == (400, "evidence")
    assert api.by("grid").put(unused).status == 201
    assert api.by("grid").report(evidence=[digest(unused)]).status == 201


def test_a_file_that_came_in_again_is_young_again(api: Api):
    shot = picture(40)
    api.by("grid").put(shot)
    api.moment += timedelta(hours=20)
    assert api.by("grid").put(shot).status == 200
    api.moment += timedelta(hours=20)
    assert forget_unused(api.deps, "") == 0
    assert api.by("grid").report(evidence=[digest(shot)]).status == 201


def test_bytes_that_no_row_tells_of_are_removed_and_lost_bytes_are_taken_in_again(api: Api):
    shot = picture(50)
    stored = api.by("grid").put(shot).body["sha256"]
    api.deps.evidence.put(KEY, "full", b"stray")
    (api.folder / "ab" / "cd").mkdir(parents=True)
    (api.folder / "ab" / "cd" / "new-left").write_bytes(b"half")
    _aged(api)
    assert forget_unused(api.deps, "") == 1
    assert api.files() == [f"{stored}.full", f"{stored}.thumb"]
    api.deps.evidence.delete(stored)
    assert api.by("grid").get(f"/evidence/{stored}").status == 404
    assert api.by("grid").put(shot).body["sha256"] == stored
    assert api.by("grid").get(f"/evidence/{stored}").status == 200


def test_a_write_that_fails_leaves_no_file(tmp_path: Path, monkeypatch):
    def full_disk(*_paths):
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path)
    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.put(KEY, "full", b"bytes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, f"{'a' * 64}/../x"])
def test_a_name_that_is_no_hash_is_never_a_path(tmp_path: Path, name: str):
    with pytest.raises(ValueError, match="not the name of a file"):
        FolderStore(tmp_path).read(name, "full")
