"""The public end: reporting without an account, and what is refused. On SQLite and on PostgreSQL."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from dashboard.catalog import load_catalog
from dashboard.domain.tickets import DIGITS, LASTS
from dashboard.evidence.pictures import BYTES
from dashboard.pages.public_words import FAULTS
from dashboard.services.plain import GROUPS
from tests.dashboard.pages.public_site import PRIVATE, SAID, Site, make_site, picture, slip, words

CATALOG = load_catalog()
POSTS = ("/report/where", "/report/what", "/track", "/rate", "/reopen")


@pytest.fixture
def site(database, tmp_path) -> Iterator[Site]:
    found = make_site(database, tmp_path)
    yield found
    found.deps.database.engine.dispose()


# ---- the catalogue


def test_every_kind_that_residents_can_choose_has_a_plain_heading_and_nothing_sensitive():
    public = [kind for kind in CATALOG.kinds.values() if kind.public]
    assert len(public) > 10
    assert {kind.group for kind in public} == GROUPS.keys()
    assert [kind.key for kind in public if kind.sensitive] == []


# ---- the three steps


def test_the_first_step_offers_the_public_kinds_and_no_others(site: Site):
    page = site.get("/report").get_data(as_text=True)
    offered = re.findall(r"/public/report/where\?kind=(\w+)", page)
    assert sorted(offered) == sorted(kind.key for kind in CATALOG.kinds.values() if kind.public)


WHERE = (  # what was chosen, the selects that are shown, or the place that the next step is about
    ({}, ["county"], None),
    ({"county": "K1"}, ["county", "township"], None),
    ({"county": "K1", "township": "T1"}, ["county", "township", "village"], None),
    ({"county": "K1", "township": "T1", "village": "V2"}, None, "V2"),
    ({"county": "K1", "township": ""}, None, "K1"),
    ({"county": "K1", "township": "T1", "village": ""}, None, "T1"),
    ({"county": "K2", "township": "T1", "village": "V1"}, ["county", "township"], None),  # another county's township
    ({"county": "K1", "township": "T1", "village": "V3"}, ["county", "township", "village"], None),
    ({"county": "P"}, ["county"], None),
    ({"county": "<script>"}, ["county"], None),
)


@pytest.mark.parametrize("chosen, selects, place", WHERE)
def test_a_place_is_chosen_one_level_at_a_time(site: Site, chosen: dict, selects: list | None, place: str | None):
    answer = site.get("/report/where", query_string={"kind": "fire", **chosen})
    if place:
        assert answer.status_code == 303
        assert answer.location.endswith(f"/public/report/what?kind=fire&place={place}")
    else:
        assert answer.status_code == 200
        assert re.findall(r'<select [^>]*name="(\w+)"', answer.get_data(as_text=True)) == selects


def test_no_county_is_answered_in_words(site: Site):
    answer = site.get("/report/where", query_string={"kind": "fire", "county": ""})
    assert answer.status_code == 400
    assert str(FAULTS["place"]) in words(answer)


def test_the_nearest_village_is_offered_for_a_position_and_can_be_changed(site: Site):
    answer = site.post("/report/where", {"kind": "fire", "lon": "120.1", "lat": "30.2"})
    assert "自己选一选" in words(answer), "regions of this tree have no positions"
    assert site.post("/report/where", {"kind": "fire", "lon": "x", "lat": "30.2"}).status_code == 400


# ---- a report


def test_a_report_is_a_case_with_everything_that_was_said_and_a_title_of_ours(site: Site):
    answer = site.send(address="3 号楼", lon="120.1", lat="30.2", accuracy="20", **PRIVATE)
    assert answer.status_code == 201
    case = site.case()
    assert (case["source"], case["state"], case["kind"], case["village_code"]) == ("public", "reported", "fire", "V1")
    assert (case["description"], case["address"]) == (SAID["text"], "3 号楼")
    assert (case["lon"], case["lat"], case["reported_by"]) == (120.1, 30.2, None)
    assert case["title"] == "消防隐患 · V1", "what residents write does not stand on the wall"
    assert site.counts() == [1, 1, 1, 0, 1]


def test_the_secret_is_shown_and_only_its_hash_is_kept(site: Site):
    taken = site.report(**PRIVATE)
    [kept] = site.reporters()
    plain = taken.secret.replace("-", "")
    assert re.fullmatch(rf"[{DIGITS}]{{12}}", plain)
    assert (kept.number, kept.secret) == (taken.number, sha256(plain.encode()).hexdigest())
    assert (kept.name, kept.phone) == (PRIVATE["name"], "00000001234")


def test_two_reports_have_two_secrets(site: Site):
    first = site.report()
    site.now += timedelta(seconds=1)
    second = site.report()
    assert first.secret != second.secret
    assert first.number != second.number


def test_a_name_and_a_phone_are_not_needed(site: Site):
    site.report()
    [kept] = site.reporters()
    assert (kept.name, kept.phone) == (None, None)


def test_the_answer_says_by_when_more_is_heard(site: Site):
    assert "最晚今天 10:30前答复是否受理" in words(site.send())


def test_sent_twice_is_one_case_and_one_answer(site: Site):
    ticket = site.ticket()
    first = site.send(ticket=ticket, photo=(BytesIO(picture()), "a.png"))
    written = site.counts()
    site.now += timedelta(minutes=5)
    again = site.send(ticket=ticket, photo=(BytesIO(picture()), "a.png"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert slip(again) == slip(first)
    assert site.counts() == written
    assert site.track(slip(again).number, slip(again).secret).status_code == 200


def test_sent_twice_with_other_words_is_refused_and_shows_no_secret(site: Site):
    ticket = site.ticket()
    taken = slip(site.send(ticket=ticket))
    written = site.counts()
    answer = site.send(ticket=ticket, text="完全是另外一件事情")
    assert answer.status_code == 400
    assert str(FAULTS["id"]) in words(answer)
    assert taken.secret not in answer.get_data(as_text=True)
    assert site.counts() == written


def test_a_photo_is_kept_redrawn_with_the_first_step(site: Site):
    site.report(photo=(BytesIO(picture()), "a.png"))
    assert site.counts() == [1, 1, 1, 1, 1]


REFUSED = (  # what is wrong, the words that answer it
    ({"place": "NOWHERE"}, "place"), ({"place": ""}, "place"), ({"place": "P"}, "place"), ({"place": "C1"}, "place"),
    ({"place": None}, "place"),
    ({"kind": "family"}, "kind"), ({"kind": ""}, "kind"), ({"kind": "nothing"}, "kind"), ({"kind": None}, "kind"),
    ({"text": ""}, "text"), ({"text": "  好  "}, "text"), ({"text": "长" * 1001}, "text"), ({"text": None}, "text"),
    ({"address": "长" * 201}, "address"), ({"name": "长" * 41}, "name"),
    ({"phone": "abc"}, "phone"), ({"phone": "12"}, "phone"), ({"phone": "1" * 30}, "phone"),
    ({"lon": "x", "lat": "30"}, "position"), ({"lon": "200", "lat": "30"}, "position"),
    ({"lon": "nan", "lat": "30"}, "position"), ({"lon": "inf", "lat": "30"}, "position"),
    ({"website": "http"}, "trap"), ({"ticket": "0" * 76}, "ticket"), ({"ticket": ""}, "ticket"),
    ({"ticket": None}, "ticket"),
)  # fmt: skip


@pytest.mark.parametrize("wrong, code", REFUSED)
def test_what_is_refused_says_why_and_writes_nothing(site: Site, wrong: dict, code: str):
    answer = site.send(**wrong)
    assert answer.status_code == 400
    assert str(FAULTS[code]) in words(answer)
    assert site.counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("data", [b"not a picture", b"", b"\x89PNG\r\n\x1a\n" + b"0" * 50, picture()[:60]])
def test_a_file_that_is_no_picture_is_refused_and_nothing_is_written(site: Site, data: bytes):
    answer = site.send(photo=(BytesIO(data), "a.jpg"))
    if data:
        assert answer.status_code == 400
        assert str(FAULTS["picture"]) in words(answer)
        assert site.counts() == [0, 0, 0, 0, 0]
    else:
        assert answer.status_code == 201, "an empty file is no file"


def test_a_photo_that_is_too_large_is_refused_in_words(site: Site):
    for size, code, status in ((BYTES + 1, "size", 400), (BYTES + (2 << 20), "large", 413)):
        answer = site.send(photo=(BytesIO(b"\xff" * size), "a.jpg"))
        assert answer.status_code == status
        assert str(FAULTS[code]) in words(answer)
    assert site.counts() == [0, 0, 0, 0, 0]


def test_a_refused_form_keeps_what_was_written_and_can_be_sent_again(site: Site):
    answer = site.send(phone="abc", address="3 号楼", name="虚构的甲")
    page = answer.get_data(as_text=True)
    assert SAID["text"] in page
    assert 'value="3 号楼"' in page
    ticket = re.search(r'name="ticket" value="(\w+)"', page)[1]
    assert site.send(ticket=ticket).status_code == 201


def test_a_form_that_lay_open_too_long_is_renewed_not_lost(site: Site):
    ticket = site.ticket()
    site.now += LASTS + timedelta(minutes=1)
    answer = site.send(ticket=ticket)
    assert str(FAULTS["stale"]) in words(answer)
    fresh = re.search(r'name="ticket" value="(\w+)"', answer.get_data(as_text=True))[1]
    assert site.send(ticket=fresh).status_code == 201


def test_reports_from_one_address_are_limited_in_words(site: Site):
    for _n in range(12):
        assert site.send(text="").status_code == 400
    answer = site.send()
    assert answer.status_code == 429
    assert str(FAULTS["often"]) in words(answer)
    assert site.counts() == [0, 0, 0, 0, 0]


# ---- around it


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_is_refused(site: Site, path: str, headers: dict):
    taken = site.report()
    written = site.counts()
    said = {**SAID, "ticket": site.ticket(), "number": taken.number, "secret": taken.secret, "rating": "5"}
    answer = site.post(path, said, headers=headers)
    assert answer.status_code == 403
    assert site.counts() == written
    assert taken.number not in answer.get_data(as_text=True)


def test_a_form_of_this_site_is_taken(site: Site):
    taken = site.report()
    for headers in ({"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}):
        answer = site.post("/track", {"number": taken.number, "secret": taken.secret}, headers=headers)
        assert answer.status_code == 200


def test_no_page_is_kept_by_a_browser_or_shown_inside_another(site: Site):
    for answer in (site.get("/"), site.send(), site.get("/track"), site.send(text="")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "演示数据" in answer.get_data(as_text=True)


def test_pages_say_their_language(site: Site):
    assert '<html lang="zh-CN"' in site.get("/").get_data(as_text=True)
    site.client.set_cookie("lang", "en")
    assert '<html lang="en"' in site.get("/").get_data(as_text=True)


def test_assets_are_served_and_nothing_beside_them(site: Site):
    assert site.get("/assets/public.css").status_code == 200
    for path in ("/assets/../shared/door.css", "/assets/..%2f..%2fapp.py", "/assets/nothing.css", "/nothing"):
        assert site.get(path).status_code == 404
