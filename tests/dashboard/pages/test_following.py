"""Following a case by number and secret, rating it and having it reopened. On SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dashboard.domain.commands import Command
from dashboard.domain.people import SYSTEM
from dashboard.domain.workflow import REOPEN_DAYS, STATES
from dashboard.pages.public_words import FAULTS
from dashboard.services import casework
from dashboard.services.plain import STAGES, TOLD, UNTOLD
from dashboard.services.words import ACTIONS
from tests.dashboard.pages.public_site import CLOSING, PRIVATE, SAID, Site, by_grid_worker, make_site, words

NOTE = "内部：找过虚构的丙"
WAY = (  # an action, what it is given, what the resident reads then: how it stands, the step
    ("accept", {}, "正在安排部门办理", "已受理"),
    ("dispatch", {"unit": "消防救援"}, "等待部门接手", "已转给 消防救援"),
    ("object", {"reason": "not_ours"}, "正在确认由哪个部门办", "正在确认该由哪个部门办"),
    ("redispatch", {"unit": "综合执法"}, "等待部门接手", "改由 综合执法 办理"),
    ("take", {}, "正在办理", "综合执法 已接手"),
    ("progress", {"note": NOTE}, "正在办理", "办理有了新进展"),
    ("supervise", {"level": "yellow"}, "正在办理", "已督促加快办理"),
    ("stage", {"note": NOTE}, "正在办理", "已先做临时处理，还要继续办"),
    ("pause", {"reason": "weather"}, "正在办理", "暂停计时：因为天气"),
    ("resume", {}, "正在办理", "恢复计时，继续办理"),
    ("handle", {"note": NOTE}, "已处理，等待核查", "现场已处理，等待核查"),
    ("rework", {"reason": "not_solved", "note": NOTE}, "正在办理", "核查发现还没解决，退回重新处理"),
    ("handle", {"note": NOTE}, "已处理，等待核查", "现场已处理，等待核查"),
    ("verify", {"note": NOTE}, "核查通过，准备回访您", "换人核查，确认已处理"),
    ("call_back", {"reached": True, "note": NOTE}, "核查通过，准备回访您", "已回访"),
    ("close", {}, "已办结", "已办结"),
)


@pytest.fixture
def site(database, tmp_path) -> Iterator[Site]:
    found = make_site(database, tmp_path)
    yield found
    found.deps.database.engine.dispose()


def test_every_action_has_plain_words_or_is_left_out_on_purpose():
    assert TOLD.keys() | UNTOLD == ACTIONS.keys() | {"absorb"}
    assert not TOLD.keys() & UNTOLD
    assert STAGES.keys() == STATES.keys()


def test_each_step_is_told_in_plain_words_and_none_of_it_is_internal(site: Site):
    taken = site.report(**PRIVATE)
    for action, inputs, stands, said in WAY:
        site.act(action, **inputs)
        page = words(site.track(taken.number, taken.secret))
        assert stands in page, action
        assert said in page, action
    everything = "\n".join(site.pages)
    hidden = [
        *PRIVATE.values(),
        "00000001234",
        NOTE,
        SAID["text"],
        "系统",
        "dispatcher",
        "supervisor",
        str(site.case()["id"]),
    ]
    assert [one for one in hidden if one in everything] == []


def test_times_are_told_in_words_with_the_promise_of_the_clock(site: Site):
    taken = site.report()
    assert "最晚今天 10:30前答复是否受理" in words(site.track(taken.number, taken.secret))
    site.act("accept", minutes=20)
    page = words(site.track(taken.number, taken.secret))
    assert "今天 10:20" in page
    assert "最晚明天" in page
    site.now += timedelta(days=9)
    page = words(site.track(taken.number, taken.secret))
    assert "我们没有做到" in page
    assert "6月22日 10:20" in page


def test_a_call_that_did_not_reach_anybody_is_told_as_such(site: Site):
    taken = site.report(**PRIVATE)
    for action, inputs in CLOSING[:5]:
        site.act(action, **inputs)
    site.act("call_back", reached=False, note=NOTE)
    assert "给您打过电话，没有打通" in words(site.track(taken.number, taken.secret))


def test_a_refused_case_says_why(site: Site):
    taken = site.report()
    site.act("reject", reason="out_of_scope")
    page = words(site.track(taken.number, taken.secret))
    assert "没有受理：这件事不归这里管" in page


def test_a_merged_case_goes_on_with_the_one_it_was_merged_into(site: Site):
    site.report()
    main = site.case()
    site.now += timedelta(minutes=1)
    taken = site.report()
    site.act("merge", into=str(main["id"]))
    site.now += timedelta(minutes=1)
    casework.act(site.deps, SYSTEM, (main["county_code"], main["id"]), Command("accept"))
    page = words(site.track(taken.number, taken.secret))
    assert "合在一起办" in page
    assert "正在安排部门办理" in page


# ---- who may not


def test_a_wrong_secret_and_an_unknown_number_get_the_same_answer(site: Site):
    taken = site.report()
    pages = []
    for number, secret in ((taken.number, "0000-0000-0000"), ("260622-000000", taken.secret), (taken.number, ""), ("x", "y"),
                           ("' OR 1=1", taken.secret), ("9" * 500, "9" * 500)):  # fmt: skip
        answer = site.track(number, secret)
        assert answer.status_code == 404
        pages.append(words(answer))
    assert set(pages) == {pages[0]}
    assert str(FAULTS["follow"]) in pages[0]


def test_a_guessed_number_of_another_case_is_not_found(site: Site):
    inner = by_grid_worker(site)
    site.now += timedelta(seconds=1)
    mine = site.report()
    site.now += timedelta(seconds=1)
    other = site.report(place="V5")
    for number, secret in ((inner, mine.secret), (inner, ""), (other.number, mine.secret), (mine.number, other.secret)):
        assert site.track(number, secret).status_code == 404
        assert site.post("/rate", {"number": number, "secret": secret, "rating": "1"}).status_code == 404
        assert site.post("/reopen", {"number": number, "secret": secret}).status_code == 404


def test_two_cases_of_one_millisecond_are_told_apart_by_their_secrets(site: Site):
    first, second = site.report(), site.report(place="V5")
    assert first.number == second.number
    assert "V1" in words(site.track(first.number, first.secret))
    assert "V5" in words(site.track(second.number, second.secret))


def test_guessing_is_limited_and_following_is_not(site: Site):
    taken = site.report()
    for _n in range(40):
        assert site.track(taken.number, taken.secret).status_code == 200
    for path in ("/track", "/rate", "/reopen") * 10:
        assert site.post(path, {"number": taken.number, "secret": "0", "rating": "5"}).status_code == 404
    answer = site.track(taken.number, "0")
    assert answer.status_code == 429
    assert str(FAULTS["often"]) in words(answer)


# ---- rating and reopening


def test_a_closed_case_is_rated_once(site: Site):
    taken = site.report()
    site.close()
    said = {"number": taken.number, "secret": taken.secret, "rating": "4", "note": "来得快"}
    answer = site.post("/rate", said)
    assert "谢谢您的评价" in words(answer)
    assert "您打了 4 分" in words(answer)
    assert (site.case()["satisfaction"], site.case()["state"]) == (4, "closed")
    again = site.post("/rate", {**said, "rating": "1"})
    assert again.status_code == 400
    assert site.case()["satisfaction"] == 4


@pytest.mark.parametrize("rating", ["", "0", "6", "4.5", "-1", "x", "４"])
def test_a_rating_is_one_to_five(site: Site, rating: str):
    taken = site.report()
    site.close()
    version = site.case()["version"]
    answer = site.post("/rate", {"number": taken.number, "secret": taken.secret, "rating": rating})
    assert str(FAULTS["rating"]) in words(answer)
    assert site.case()["version"] == version


@pytest.mark.parametrize("path, more", [("/rate", {"rating": "5"}), ("/reopen", {})])
def test_what_is_not_closed_is_neither_rated_nor_reopened(site: Site, path: str, more: dict):
    taken = site.report()
    site.act("accept")
    version = site.case()["version"]
    answer = site.post(path, {"number": taken.number, "secret": taken.secret, **more})
    assert answer.status_code == 400
    assert str(FAULTS["transition"]) in words(answer)
    assert site.case()["version"] == version


def test_what_is_not_solved_is_reopened(site: Site):
    taken = site.report()
    site.close()
    answer = site.post("/reopen", {"number": taken.number, "secret": taken.secret, "note": "纸箱又回来了"})
    assert "已经重新办理" in words(answer)
    assert "重新办理：您说还没解决" in words(answer)
    case = site.case()
    assert (case["state"], case["reopened"], case["closed_at"]) == ("handling", 1, None)


def test_reopening_ends_with_its_days(site: Site):
    taken = site.report()
    site.close()
    closed = site.now
    for days, status in ((REOPEN_DAYS + 1, 400), (REOPEN_DAYS - 1, 200)):
        site.now = closed + timedelta(days=days)
        page = site.track(taken.number, taken.secret).get_data(as_text=True)
        assert ('action="/public/reopen"' in page) == (status == 200)
        answer = site.post("/reopen", {"number": taken.number, "secret": taken.secret})
        assert answer.status_code == status


def test_a_note_that_is_too_long_is_refused(site: Site):
    taken = site.report()
    site.close()
    said = {"number": taken.number, "secret": taken.secret, "rating": "4", "note": "长" * 301}
    assert site.post("/rate", said).status_code == 400
    assert site.case()["satisfaction"] is None
