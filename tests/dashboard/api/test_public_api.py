"""The public end for programs: the same rules as its pages. On SQLite and on PostgreSQL."""

import base64
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.dashboard.pages.public_site import PRIVATE, SAID, Site, by_grid_worker, make_site, picture

SECRET = "X-Case-Secret"


@pytest.fixture
def site(database, tmp_path) -> Iterator[Site]:
    found = make_site(database, tmp_path)
    yield found
    found.deps.database.engine.dispose()


def ask(site: Site, path: str, body: dict | None = None, secret: str = "") -> tuple[int, dict]:
    url = f"/api/v1/public{path}"
    answer = site.client.get(url, headers={SECRET: secret}) if body is None else site.client.post(url, json=body)
    return answer.status_code, answer.get_json()


def report(site: Site, **said: object) -> tuple[int, dict]:
    ticket = ask(site, "/form")[1]["ticket"]
    return ask(site, "/reports", {"ticket": ticket, **SAID, **said})


def test_the_form_names_kinds_and_the_places_below(site: Site):
    form = ask(site, "/form")[1]
    assert "fire" in [kind["key"] for kind in form["kinds"]]
    assert "family" not in [kind["key"] for kind in form["kinds"]]
    assert [place["key"] for place in form["places"]] == ["K1", "K2", "K3"]
    assert [place["key"] for place in ask(site, "/form?county=K1")[1]["places"]] == ["T1", "T2"]
    assert [place["key"] for place in ask(site, "/form?county=K1&township=T1")[1]["places"]] == ["V1", "V2"]


def test_a_report_is_followed_rated_and_reopened(site: Site):
    status, made = report(site, photo=base64.b64encode(picture()).decode(), **PRIVATE)
    assert status == 201
    path = f"/cases/{made['number']}"
    status, case = ask(site, path, secret=made["secret"])
    assert (status, case["stage"], case["now"]) == (200, "received", "等待受理")
    assert site.counts() == [1, 1, 1, 1, 1]
    site.close()
    status, case = ask(site, f"{path}/rating", {"secret": made["secret"], "rating": 5})
    assert (status, case["stage"], case["rating"], case["may_rate"]) == (200, "done", 5, False)
    status, case = ask(site, f"{path}/reopening", {"secret": made["secret"]})
    assert (status, case["stage"]) == (200, "working")
    told = str([made, case])
    assert not [
        one for one in (*PRIVATE.values(), "00000001234", SAID["text"], "清了", "系统", "public") if one in told
    ]


def test_a_ticket_makes_one_report(site: Site):
    body = {"ticket": ask(site, "/form")[1]["ticket"], **SAID}
    first, again = ask(site, "/reports", body), ask(site, "/reports", body)
    assert (first[0], again[0]) == (201, 200)
    assert {**first[1], "repeated": True} == again[1]
    assert site.counts() == [1, 1, 1, 0, 1]


@pytest.mark.parametrize("wrong", [{"kind": "family"}, {"place": "P"}, {"place": "NOWHERE"}, {"text": "x"}, {"photo": "!"},
                                   {"photo": base64.b64encode(b"no picture").decode()}, {"ticket": "x"}, {"more": 1},
                                   {"lon": 200.0, "lat": 0.0}, {"phone": "abc"}])  # fmt: skip
def test_what_is_refused_writes_nothing(site: Site, wrong: dict):
    status, answer = report(site, **wrong)
    assert status == 400
    assert answer["error"]
    assert answer["message"]
    assert site.counts() == [0, 0, 0, 0, 0]


def test_a_wrong_secret_and_an_unknown_number_get_the_same_answer(site: Site):
    _status, made = report(site)
    site.now += timedelta(seconds=1)
    other = by_grid_worker(site)
    asked = [(made["number"], "0"), ("260622-000000", made["secret"]), (other, made["secret"]), (other, "")]
    answers = [ask(site, f"/cases/{number}", secret=secret) for number, secret in asked]
    assert {status for status, _answer in answers} == {404}
    assert all(answer == answers[0][1] for _status, answer in answers)
    assert ask(site, f"/cases/{other}/rating", {"secret": "", "rating": 5})[0] == 404


def test_reports_and_guesses_are_limited(site: Site):
    for _n in range(12):
        assert report(site, text="")[0] == 400
    assert report(site)[0] == 429
    for _n in range(30):
        assert ask(site, "/cases/260622-000000", secret="0")[0] == 404
    status, answer = ask(site, "/cases/260622-000000", secret="0")
    assert status == 429
    assert answer["error"]
    assert site.counts() == [0, 0, 0, 0, 0]
