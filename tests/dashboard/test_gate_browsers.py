"""What browsers send and are told: other sites, sizes, policies, caches, the cookie."""

from collections.abc import Iterator

import pytest

from dashboard import gate
from dashboard.limits import limiter
from tests.dashboard.gate_asks import ANSWERS
from tests.dashboard.gate_world import HERE, THERE, World, a_world
from tests.people import PASSWORD, quicken

PAGE = {"Accept": "text/html"}
SEEN = [question for asks in ANSWERS.values() if not isinstance(asks, str) for question in asks if question.seen]


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("browsers")
    with a_world(folder, f"sqlite:///{folder / 'gate.sqlite'}") as found:
        yield found


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch) -> None:
    limiter.reset()
    quicken(monkeypatch)


FOREIGN = (  # headers of a request that changes something, is it carried out
    ({}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ({"Origin": "http://localhost"}, True),
    ({"Origin": "http://localhost:81"}, False),
    ({"Origin": "https://elsewhere.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "http://localhost.elsewhere.example"}, False),
)


@pytest.mark.parametrize(("headers", "done"), FOREIGN)
def test_no_other_site_acts_with_the_cookie_of_this_one(world: World, headers: dict, done: bool):
    changing = [
        (rule.rule, method)
        for rule in world.server.url_map.iter_rules() if "<" not in rule.rule
        for method in sorted(rule.methods - set(gate.SAFE))
        if rule.endpoint not in ("v1.sign_out", "sign_in.leave")
    ]  # fmt: skip
    client = world.client(HERE, "dispatcher")
    assert len(changing) > 10
    for path, method in changing:
        refused = client.open(path, method=method, headers=headers).status_code == 403
        assert refused is not done, f"{method} {path}"


def test_a_program_with_a_token_is_no_other_site(world: World):
    headers = {"Authorization": f"Bearer {world.tokens[HERE, 'leader']}", "Origin": "https://elsewhere.example"}
    given = {"place": "G5", "kind": "fire", "title": "x"}
    assert world.server.test_client().post("/api/v1/cases", json=given, headers=headers).status_code == 404


@pytest.mark.parametrize(("method", "path", "most"), [
    ("POST", "/api/v1/session", 1), ("POST", "/api/v1/cases", 1), ("POST", "/sign-in", 1), ("POST", "/public/track", 12),
    ("POST", "/wall/_dash-update-component", 1),
])  # fmt: skip
def test_what_is_too_large_is_refused_with_words(world: World, method: str, path: str, most: int):
    client = world.client(HERE, "dispatcher")
    kind = "application/json" if path.startswith(("/api", "/wall")) else "application/x-www-form-urlencoded"
    answer = client.open(path, method=method, data=b"x" * ((most << 20) + 1), content_type=kind)
    assert answer.status_code == 413
    assert answer.get_data(as_text=True)


def test_every_answer_says_what_a_browser_may_do(world: World):
    client = world.client(HERE, "leader")
    for path in ("/wall/", "/desk/", "/sign-in", "/field/", "/public/", "/api/v1/me", "/nowhere", "/healthz"):
        answer = client.get(path, headers=PAGE)
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, path
        assert "'unsafe-eval'" not in policy, path
        script = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in script, path
        assert "http" not in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        if path not in ("/field/",):
            assert answer.headers["Referrer-Policy"] == "same-origin", path


@pytest.mark.parametrize(("cookie", "said"), [(None, "zh-CN"), ("zh", "zh-CN"), ("en", "en"), ("fr", "zh-CN")])
def test_the_api_says_in_which_language_it_answered(world: World, cookie: str | None, said: str):
    client = world.server.test_client()
    if cookie:
        client.set_cookie("lang", cookie)
    assert client.get("/api/v1/me").headers["Content-Language"] == said


def test_no_cache_keeps_what_was_gated(world: World):
    for question in SEEN:
        client = world.client(THERE, question.seen)
        answer = client.get(question.path)
        kept = answer.headers
        answer.close()
        if kept.get("Content-Type", "").startswith("text/event-stream"):
            continue
        assert "no-store" in kept["Cache-Control"] or ("private" in kept["Cache-Control"] and "Cookie" in kept["Vary"])


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World):
    answer = world.client().post("/api/v1/session", json={"login": "a-leader", "password": PASSWORD})
    assert answer.status_code == 201
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert answer.json["token"] is None
