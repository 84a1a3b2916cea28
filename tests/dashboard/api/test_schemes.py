"""Schemes and tables of figures over the API: as TOML and as JSON, in and out, and who may."""

import pytest

from dashboard.schemes import read_scheme, shipped
from dashboard.services import schemes as service
from tests.dashboard.api.client import Api
from tests.desk import person
from tests.scheme_samples import SMALL

CSV = "text/csv"
DATA = b"region,fires,fires_n\nK1,12,60000\n"
PUT = "/schemes/small/tables?month=2026-05&name=May&source=report"

ASKED = (
    ("/schemes/nothing", 404), ("/schemes/small?version=9", 404), ("/schemes/small?version=0", 400),
    ("/schemes/small?form=pdf", 400), ("/schemes/small/changes?old=1", 400), ("/schemes/small/changes?old=1&new=2", 404),
    ("/schemes/small/tables?month=2026-13", 400), ("/schemes/small/export?month=May", 400),
    ("/schemes/process/export?month=2026-05", 400),
)  # fmt: skip
BAD = (  # the file, its type, status, what is said
    (b"region,fires\nK1,x\n", CSV, 400, "row 2, column fires: not a number"),
    (b"region,fires\nK2,1\n", CSV, 400, "no such region here; got 'K2'; allowed: K1"),
    (b"", CSV, 400, "is empty"),
    (DATA, "image/png", 415, "another type"),
    (b"region,fires\n" + b"#" * (1 << 20), CSV, 413, "too large"),
)


@pytest.fixture
def kept(api: Api) -> Api:
    service.enter_shipped(api.deps)
    service.save_version(api.deps, person("evaluator", "P"), SMALL, "first")
    return api


def test_schemes_are_listed_and_given_as_json_and_as_toml(kept: Api):
    rows = kept.by("leader").get("/schemes").body["rows"]
    assert [(row["key"], row["version"], row["newest"]) for row in rows] == [
        ("peace_index", 1, True), ("process", 1, True), ("small", 1, True)]  # fmt: skip
    found = kept.by("leader").get("/schemes/small").body
    assert (found["key"], found["cuts"][0], found["indicators"][0]["numerator"]) == (
        "small", ["A", 90.0], [{"counter": "due_on_time", "kind": "", "sign": 1}])  # fmt: skip
    answer = kept.by("leader").get("/schemes/process?form=toml&version=1")
    assert answer.headers["Content-Type"].startswith("application/toml")
    assert answer.data == shipped()["process"].read_bytes()
    assert read_scheme(answer.data.decode()).key == "process"


def test_what_is_not_there_or_not_meant_is_told(kept: Api):
    for path, status in ASKED:
        assert kept.by("leader").get(path).status == status, path


def test_a_new_version_is_for_whoever_evaluates_all(kept: Api):
    text = SMALL.replace("version = 1", "version = 2").replace("A = 90", "A = 91")
    body = {"text": text, "note": "cut A raised"}
    assert kept.by("leader").post("/schemes", body).status == 404  # no such capability
    answer = kept.by("evaluator").post("/schemes", body)
    assert (answer.status, answer.body["error"]) == (400, "forbidden")
    assert service.save_version(kept.deps, person("evaluator", "P"), text, "cut A raised").version == 2
    rows = kept.by("leader").get("/schemes/small/changes?old=1&new=2").body["rows"]
    assert rows == [{"part": "cuts", "key": "", "field": "A", "old": 90.0, "new": 91.0}]


def test_a_table_goes_in_comes_out_and_is_withdrawn(kept: Api):
    evaluator = kept.by("evaluator")
    answer = evaluator("POST", PUT, data=DATA, media=CSV)
    assert (answer.status, answer.body["regions"], answer.body["figures"]) == (201, 1, 1)
    table = answer.body["id"]
    assert [row["id"] for row in kept.by("leader").get("/schemes/small/tables?month=2026-05").body["rows"]] == [table]
    file = kept.by("leader").get("/schemes/small/export?month=2026-05")
    assert b"K1,K1,12,60000,," in file.data
    assert file.headers["Content-Disposition"] == 'attachment; filename="small-2026-05.csv"'
    assert kept.by("leader").get("/schemes/small/export?month=2026-05&form=xlsx").data[:2] == b"PK"
    assert evaluator("DELETE", f"/schemes/small/tables/{table}").status == 400  # without a reason
    assert evaluator("DELETE", f"/schemes/small/tables/{table}?reason=twice").status == 200
    assert b"K1,K1,,,," in kept.by("leader").get("/schemes/small/export?month=2026-05").data


def test_a_table_that_does_not_fit_is_refused(kept: Api):
    for data, media, status, words in BAD:
        answer = kept.by("evaluator")("POST", PUT, data=data, media=media)
        assert (answer.status, words in answer.body["message"]) == (status, True), answer.body
    assert kept.by("leader").get("/schemes/small/tables").body["rows"] == []
