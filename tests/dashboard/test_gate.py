"""What is not granted is not seen: every route and every callback, asked by every role of another county and by nobody.

Whoever may is asked first, so that a cached answer to the same question would show.
"""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from dashboard import gate
from dashboard.domain.people import ROLES, SYSTEM
from dashboard.services import accounts
from dashboard.services.kiosks import add_kiosk, revoke_kiosk
from data.models import Dataset
from tests.dashboard.gate_asks import ANSWERS, Ask
from tests.dashboard.gate_world import HERE, MARKS, THERE, World, a_world, is_told
from tests.people import make_token, quicken
from tests.templates import new_postgres_database

PAGE = {"Accept": "text/html"}
ASKED = sorted(name for name, asks in ANSWERS.items() if not isinstance(asks, str))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request, tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("gate")
    url = f"sqlite:///{folder / 'gate.sqlite'}"
    if request.param == "postgresql":
        url = new_postgres_database(request.getfixturevalue("postgres_server"))
    with a_world(folder, url) as found:
        yield found


@pytest.fixture
def small(tmp_path, monkeypatch) -> Iterator[World]:
    """A world of one's own, to end sessions and take grants in."""
    quicken(monkeypatch)
    with a_world(tmp_path, f"sqlite:///{tmp_path / 'gate.sqlite'}") as found:
        yield found


def ask(world: World, client: FlaskClient, question: Ask) -> tuple[int, bool]:
    """(status, is anything of county K2 told)."""
    there = world.people[THERE, "leader"]
    given = {"user": there.id, "grant": world.grants[THERE], "kiosk": world.kiosks[THERE]}
    path = question.path.format(**given)
    answer = client.open(path, method=question.method, json=question.json, data=question.data or question.form,
                         headers=question.headers)  # fmt: skip
    if answer.mimetype == "text/event-stream":
        return answer.status_code, any(mark in chunk for chunk in first_events(answer) for mark in MARKS)
    try:
        return answer.status_code, is_told(answer)
    finally:
        answer.close()


def first_events(answer: TestResponse) -> Iterator[bytes]:
    """What a stream replays, up to where it goes on live."""
    for chunk in answer.response:
        yield chunk
        if chunk.startswith((b"id:", b"event: reload")) and b"event: change" not in chunk:
            break
    answer.close()


def test_every_route_is_decided_on(world: World):
    assert {rule.endpoint for rule in world.server.url_map.iter_rules()} == set(ANSWERS)


def test_every_route_has_a_capability_and_no_row_is_left_over(world: World):
    rules = {rule.endpoint: rule.rule for rule in world.server.url_map.iter_rules()}
    assert [name for name, rule in rules.items() if gate.capability_of(name, rule) is None] == []
    assert set(gate.ROUTES) <= set(rules)


@pytest.mark.parametrize("endpoint", ASKED)
def test_another_county_is_told_nothing_and_changes_nothing(world: World, endpoint: str):
    rule = next(rule for rule in world.server.url_map.iter_rules() if rule.endpoint == endpoint)
    needed = gate.capability_of(endpoint, rule.rule)
    for question in ANSWERS[endpoint]:
        if question.seen:
            status, told = ask(world, world.client(THERE, question.seen), question)
            assert (status, told) == (200, True), f"{question.path}: {question.seen} of K2 is told nothing"
        before = world.standing()
        for role in ("", *ROLES):
            person = world.people.get((HERE, role), gate.NOBODY)
            status, told = ask(world, world.client(HERE, role), question)
            assert not told, f"{role or 'nobody'} is told: {question.path}"
            assert status < 500, f"{role or 'nobody'}: {question.path}"
            if not person.can(needed):
                assert status == (404 if person.id else 401), f"{role or 'nobody'}: {question.path}"
            elif not question.seen and question.method != "GET":
                assert status in (200, 201, 400, 404, 415, 429), f"{role}: {question.path}"
        assert world.standing() == before, question.path


SEEN = [(endpoint, question) for endpoint in ASKED for question in ANSWERS[endpoint] if question.seen]


def leave(world: World, role: str, token: str) -> None:
    world.client_of(token).delete("/api/v1/session")


def take_grant(world: World, role: str, token: str) -> None:
    person = world.people[THERE, role]
    [account] = [one for one in accounts.list_accounts(world.deps, SYSTEM) if one.id == person.id]
    for grant in account.grants:
        accounts.revoke_grant(world.deps, SYSTEM, person.id, grant.id)


def shut_out(world: World, role: str, token: str) -> None:
    accounts.disable(world.deps, SYSTEM, world.people[THERE, role].id)


def new_password(world: World, role: str, token: str) -> None:
    accounts.set_password(world.deps, SYSTEM, world.people[THERE, role].id)


@pytest.mark.parametrize("end", [leave, take_grant, shut_out, new_password])
def test_after_the_end_the_same_question_is_told_nothing(small: World, end):
    """Of every route that told something before; a second session goes on where only one was left."""
    roles = sorted({question.seen for _endpoint, question in SEEN})
    first = {role: small.tokens[THERE, role] for role in roles}
    second = {role: make_token(small.deps, small.people[THERE, role]) for role in roles}
    for _endpoint, question in SEEN:
        assert ask(small, small.client_of(first[question.seen]), question) == (200, True)
    for role in roles:
        end(small, role, first[role])
    for _endpoint, question in SEEN:
        for token, goes_on in ((first, False), (second, end is leave)):
            status, told = ask(small, small.client_of(token[question.seen]), question)
            assert told is goes_on, f"{question.path}: {question.seen}"
            if not goes_on and end is not take_grant:
                assert status == 401, question.path


def test_a_token_in_a_header_is_as_good_as_a_cookie_and_ends_as_well(small: World):
    token = small.tokens[THERE, "leader"]
    client, header = small.server.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/me", headers=header).status_code == 200
    assert client.delete("/api/v1/session", headers=header).status_code == 200
    assert client.get("/api/v1/me", headers=header).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "Ω", "a" * 5000, "'; drop table session --"])
def test_a_token_that_is_none_is_nobody(world: World, token: str):
    client = world.server.test_client()
    headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_people_are_led_to_sign_in_and_programs_are_told(world: World):
    client = world.client()
    led = client.get("/desk/?case=K2:1&tab=open", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert led.status_code == 302
    assert led.location == "/sign-in?next=%2Fdesk%2F%3Fcase%3DK2%3A1%26tab%3Dopen"
    for path in ("/api/v1/me", "/api/v1/cases", "/live"):
        for headers in (PAGE, {}):
            told = client.get(path, headers=headers)
            assert (told.status_code, told.json["error"]) == (401, "sign_in")
    told = client.post("/desk/_dash-update-component", json={}, headers=PAGE)
    assert told.status_code == 401


def test_what_is_not_there_and_what_is_not_granted_are_answered_alike(world: World):
    client = world.client(HERE, "leader")
    answers = [client.get(path) for path in ("/api/v1/nothing", "/api/v1/users", "/api/v1/audit", "/nowhere")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.get_data() for one in answers}) == 1


def test_a_kiosk_signs_itself_in_and_its_token_leaves_the_address(small: World):
    _made, token = add_kiosk(small.deps, SYSTEM, "hall", "K1")
    for path, target in ((f"/kiosk/{token}", "/wall/"), (f"/wall/?device={token}&view=tile", "/wall/?view=tile")):
        client = small.client()
        answer = client.get(path, headers=PAGE)
        assert (answer.status_code, answer.location) == (302, target)
        assert client.get("/wall/").status_code == 200
        assert client.get("/wall/shapes.svg?region=K1&view=tile").status_code == 200
        assert client.get("/wall/shapes.svg?region=K2&view=tile").status_code == 404
        for closed in ("/desk/", "/api/v1/cases", "/api/v1/me", "/wall/cases.csv?list=open"):
            assert client.get(closed).status_code == 401, closed
    revoke_kiosk(small.deps, SYSTEM, _made.key)
    assert client.get("/wall/").status_code == 401
    assert small.client().get(f"/kiosk/{token}").status_code == 404


def test_no_other_site_and_no_person_puts_a_wall_into_a_browser(small: World):
    _made, token = add_kiosk(small.deps, SYSTEM, "hall", "K1")
    assert small.client().get(f"/kiosk/{token}", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert small.client().get(f"/kiosk/{small.tokens[HERE, 'leader']}").status_code == 404


def test_a_guest_of_an_open_wall_sees_the_wall_and_nothing_else(tmp_path):
    with a_world(tmp_path, f"sqlite:///{tmp_path / 'gate.sqlite'}", WALL_OPEN="1") as open_world:
        client = open_world.client()
        assert client.get("/wall/").status_code == 200
        assert client.get("/wall/shapes.svg?view=tile").status_code == 200
        for endpoint in ASKED:
            for question in ANSWERS[endpoint]:
                if question.seen and endpoint not in ("wall_shapes", "live_api.get_live"):
                    assert ask(open_world, client, question) == (401, False), question.path


@pytest.mark.parametrize(
    ("env", "status"), [({"WALL_OPEN": "1"}, 200), ({"DEMO": "1"}, 401), ({"DEMO": "1", "WALL_OPEN": "1"}, 200)]
)
def test_a_wall_with_real_records_stands_open_only_where_somebody_said_so(tmp_path, env: dict, status: int):
    with a_world(tmp_path, f"sqlite:///{tmp_path / 'gate.sqlite'}", **env) as found:
        with found.deps.database.write() as session:
            session.execute(update(Dataset).values(synthetic=False))
        assert found.client().get("/wall/").status_code == status
