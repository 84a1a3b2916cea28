"""A phone drives a wall: codes are used once and run out, only what lies within the wall is shown, either side ends it."""

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from data.models import ChangeRow, SessionRow
from tests.dashboard.api.client import Api

BAD_DRIVES = (  # body, status
    ({}, 400),
    ({"search": "?region=K1", "move": "home"}, 400),
    ({"move": "dance"}, 400),
    ({"search": "?period=31d"}, 400),
    ({"search": "?page=nothing"}, 404),
    ({"search": "?kind=nothing"}, 404),
    ({"search": "?region=K3"}, 404),  # another city
    ({"search": "?region=P"}, 404),  # above what the wall was opened for
    ({"search": "?region=K1&at=K3"}, 404),
    ({"search": "?region=K1&case=1"}, 404),
    ({"search": "?region=nowhere"}, 404),
)


def offer(api: Api, search: str = "?region=C1", by: str = "leader") -> tuple[str, str]:
    """(wall, code) of a wall opened by the leader of C1."""
    wall = secrets.token_hex(16)
    answer = api.by(by).post("/walls", {"wall": wall, "search": search})
    assert answer.status == 201, answer.body
    return wall, answer.body["code"]


@pytest.fixture
def driven(api: Api) -> str:
    """A wall of C1 that the leader's phone drives."""
    wall, code = offer(api)
    assert api.by("leader").post("/walls/claim", {"code": code}).body == {"wall": wall, "name": "C1"}
    return wall


def told(api: Api, wall: str) -> list[tuple]:
    with api.deps.database.read() as session:
        rows = session.scalars(select(ChangeRow).where(ChangeRow.topic == "drive").order_by(ChangeRow.seq))
        return [(row.action, row.detail) for row in rows if row.ref == wall]


def test_a_wall_shows_a_code_as_address_and_as_picture(api: Api):
    answer = api.by("leader").post("/walls", {"wall": "0" * 32, "search": ""}).body
    assert answer["url"].endswith(f"/field/pair?code={answer['code']}")
    assert answer["svg"].startswith("<svg")
    assert "http" not in answer["svg"]


@pytest.mark.parametrize("body", [{"wall": "1"}, {"wall": "0" * 32, "search": "?period=31d"}, {"search": ""}])
def test_what_is_no_wall_gets_no_code(api: Api, body: dict):
    assert api.by("leader").post("/walls", body).status == 400


def test_a_code_is_used_once(api: Api):
    wall, code = offer(api)
    assert api.by("leader").post("/walls/claim", {"code": f"{code[:4]}-{code[4:].lower()}"}).status == 200
    assert api.by("leader").post("/walls/claim", {"code": code}).status == 404
    assert told(api, wall) == [("claimed", None)]


def test_two_phones_at_once_are_one(api: Api):
    _wall, code = offer(api)
    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(lambda _n: api.by("leader").post("/walls/claim", {"code": code}).status, range(2)))
    assert sorted(got) == [200, 404]


def test_a_code_runs_out_and_a_new_one_voids_the_old(api: Api):
    wall, old = offer(api)
    api.by("leader").post("/walls", {"wall": wall, "search": ""})
    assert api.by("leader").post("/walls/claim", {"code": old}).status == 404
    _wall, code = offer(api)
    api.later(minutes=5)
    assert api.by("leader").post("/walls/claim", {"code": code}).status == 404


@pytest.mark.parametrize(
    "who, status", [("supervisor", 404), ("dispatcher2", 404), ("grid", 404), ("auditor", 404), (None, 401)]
)
def test_who_may_not_see_all_of_a_wall_does_not_drive_it(api: Api, who: str | None, status: int):
    wall, code = offer(api)
    assert api.by(who).post("/walls/claim", {"code": code}).status == status
    assert api.by(who).post(f"/walls/{wall}/drive", {"move": "home"}).status == status


def test_the_phone_drills_and_draws_what_the_wall_shows(api: Api, driven: str):
    seen = api.by("leader").get(f"/walls/{driven}").body
    assert [one["code"] for one in seen["path"]] == ["C1"], "what lies above the wall's root is not named"
    assert [one["code"] for one in seen["children"]] == ["K1", "K2"]
    assert api.by("leader").post(f"/walls/{driven}/drive", {"search": "?region=K1&list=open&order=new"}).status == 200
    seen = api.by("leader").get(f"/walls/{driven}").body
    assert (seen["search"], seen["dialog"], seen["page"]) == ("?region=K1&list=open", "list", "overview")
    assert [one["code"] for one in seen["children"]] == ["T1", "T2"]
    api.by("leader").post(f"/walls/{driven}/drive", {"move": "next"})
    assert api.by("leader")("PUT", f"/walls/{driven}", {"search": "?region=K1&page=hazard"}).status == 200
    assert api.by("leader").get(f"/walls/{driven}").body["page"] == "hazard"
    assert told(api, driven)[1:] == [
        ("drive", {"search": "?region=K1&list=open"}),
        ("drive", {"move": "next"}),
        ("shown", None),
    ]


@pytest.mark.parametrize("body, status", BAD_DRIVES)
def test_a_wall_is_sent_only_where_it_can_go(api: Api, driven: str, body: dict, status: int):
    assert api.by("leader").post(f"/walls/{driven}/drive", body).status == status
    assert told(api, driven) == [("claimed", None)]


def test_a_case_is_opened_in_its_region(api: Api, driven: str):
    case = api.by("grid").report().body
    assert api.by("leader").post(f"/walls/{driven}/drive", {"search": f"?region=K1&case={case['id']}"}).status == 200
    assert api.by("leader").post(f"/walls/{driven}/drive", {"search": f"?region=K2&case={case['id']}"}).status == 404


@pytest.mark.parametrize("who", ["supervisor", "dispatcher2", "auditor"])
def test_another_persons_phone_does_not_drive(api: Api, driven: str, who: str):
    assert api.by(who).post(f"/walls/{driven}/drive", {"move": "home"}).status == 404


def test_either_side_ends_it_and_twice_is_once(api: Api, driven: str):
    for _n in range(2):
        assert api.by("leader")("DELETE", f"/walls/{driven}").status == 200
    assert api.by("leader").post(f"/walls/{driven}/drive", {"move": "home"}).status == 404
    assert api.by("leader").get(f"/walls/{driven}").body["driven"] is False
    assert told(api, driven) == [("claimed", None), ("ended", None)]


def test_it_ends_by_itself_after_four_hours(api: Api, driven: str):
    api.later(hours=3, minutes=59)
    assert api.by("leader").get(f"/walls/{driven}").body["driven"] is True
    api.later(minutes=1)
    assert api.by("leader").get(f"/walls/{driven}").body["driven"] is False
    assert api.by("leader").post(f"/walls/{driven}/drive", {"move": "home"}).status == 404


def test_it_ends_with_the_session_that_claimed_it(api: Api, driven: str):
    with api.deps.database.write() as session:
        session.get(SessionRow, hashlib.sha256(api.tokens["leader"].encode()).digest()).ended_at = api.moment
    assert api.by("auditor").get(f"/walls/{driven}").body["driven"] is False


def test_a_wall_elsewhere_says_nothing(api: Api, driven: str):
    found = api.by("dispatcher2").get(f"/walls/{driven}").body
    assert (found["driven"], found["path"], found["children"]) == (False, [], [])
    assert api.by("dispatcher2")("DELETE", f"/walls/{driven}").status == 404
    assert api.by("leader").get(f"/walls/{driven}").body["driven"] is True
