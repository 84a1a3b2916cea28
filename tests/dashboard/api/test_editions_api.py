"""Editions as a program meets them: a month from its opening to the cases behind a score."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest

from tests.dashboard.api.client import Api, make_api
from tests.editions import fill


@pytest.fixture
def month(api: Api) -> tuple[Api, str]:
    return publish(api)


@pytest.fixture(scope="module")
def shown(templates, tmp_path_factory) -> Iterator[tuple[Api, str]]:
    """To read from only."""
    folder = tmp_path_factory.mktemp("shown")
    with templates.opened("sqlite", folder) as database:
        yield publish(make_api(database, folder))


def publish(api: Api) -> tuple[Api, str]:
    """The townships of K1 in May, published."""
    fill(api.deps.database, 120)
    made = api.by("evaluator").post("/editions", {"scheme": "process", "region": "K1", "month": "2026-05"})
    assert made.status == 201, made.body
    edition = made.body["id"]
    for action in ("lock", "try", "preview", "hear", "review"):
        api.moment += timedelta(days=10 if action == "review" else 0, hours=1)
        answer = api.by("evaluator").post(f"/editions/{edition}/actions", {"action": action})
        assert answer.status == 200, answer.body
    answer = api.by("leader").post(f"/editions/{edition}/publication", {"version": answer.body["version"]})
    assert (answer.status, answer.body["state"]) == (200, "published"), answer.body
    return api, edition


def test_a_month_from_its_opening_to_the_cases(month):
    api, edition = month
    supervisor = api.by("supervisor")
    assert [row["id"] for row in supervisor.get("/editions?scheme=process").body["rows"]] == [edition]
    steps = supervisor.get(f"/editions/{edition}/steps").body["rows"]
    assert [step["action"] for step in steps] == ["open", "lock", "try", "preview", "hear", "review", "publish"]
    figures = supervisor.get(f"/editions/{edition}/figures").body
    assert sorted(row["region"] for row in figures["standings"]) == ["T1", "T2"]
    top = supervisor.get(f"/editions/{edition}/trace?region=T1").body
    branch = supervisor.get(f"/editions/{edition}/trace?region=T1&node={top['below'][0]['key']}").body
    leaf = supervisor.get(f"/editions/{edition}/trace?region=T1&node={branch['below'][0]['key']}").body
    figure = leaf["figure"]
    for part in ("base", "top"):
        found = supervisor.get(
            f"/editions/{edition}/cases?region=T1&indicator={figure['key']}&part={part}&limit=200"
        ).body
        assert found["total"] == len(found["rows"]) == figure[part]


def test_the_archive_comes_as_one_file_with_its_manifest(shown):
    api, edition = shown
    answer = api.by("auditor").get(f"/editions/{edition}/archive")
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.data)) as book:
        assert {"manifest.json", "scheme.toml", "inputs.json", "result.json", "cohort/K1"} <= set(book.namelist())


def test_an_edition_is_compared_with_itself_and_says_the_same(shown):
    api, edition = shown
    found = api.by("leader").get(f"/editions/{edition}/difference?old={edition}").body
    assert (found["values"], found["standings"], found["appeals"]) == ([], [], [])


def test_an_action_on_a_passed_version_is_a_conflict(shown):
    api, edition = shown
    answer = api.by("evaluator").post(f"/editions/{edition}/actions", {"action": "archive", "version": 1})
    assert (answer.status, answer.body["error"]) == (409, "conflict")
    assert answer.body["standing"]["state"] == "published"


@pytest.mark.parametrize("login, method, path, body, status", [
    ("dispatcher2", "GET", "", None, 404), ("dispatcher2", "GET", "/figures", None, 404),
    ("dispatcher2", "GET", "/trace?region=T1", None, 404), ("dispatcher2", "GET", "/archive", None, 404),
    ("supervisor", "POST", "/actions", {"action": "archive"}, 404), ("evaluator", "POST", "/publication", {}, 404),
    ("evaluator", "POST", "/actions", {"action": "publish"}, 400), ("evaluator", "POST", "/actions", {"action": "try"}, 400),
    ("evaluator", "POST", "/issues", {"note": "nothing was upheld"}, 400), ("supervisor", "GET", "/trace?region=X", None, 404),
    ("supervisor", "GET", "/cases?region=T1&indicator=nothing", None, 400),
    ("supervisor", "GET", "/cases?region=T1&indicator=closing&part=all", None, 400),
])  # fmt: skip
def test_what_is_not_granted_or_cannot_be_is_refused(shown, login, method, path, body, status):
    api, edition = shown
    assert api.by(login)(method, f"/editions/{edition}{path}", body).status == status


def test_an_edition_nobody_made_is_not_found(api: Api):
    assert api.by("auditor").get(f"/editions/{uuid4()}").status == 404
    assert api.by("evaluator").post("/editions", {"region": "K2", "month": "2026-05"}).status == 404
    assert api.by("evaluator").post("/editions", {"region": "K1", "month": "2026-13"}).status == 400
