"""Lists of cases: every filter, a total and stable order, pages by offset and by mark, and what a search may find."""

import random
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import insert

from dashboard.domain.numbers import case_number
from dashboard.services.ids import new_id
from data.models import Case
from tests.dashboard.api.client import FIRE, MONDAY, Api
from tests.factories import make_case

_BLANK = {"attrs": {}, "flags": [], "version": 1, "holder_unit": None, "supervision": "none", "paused_minutes": 0}
QUERIES = (  # query, which of the cases it means
    ({"state": "handling"}, lambda c: c["state"] == "handling"),
    ({"state": "reported,accepted"}, lambda c: c["state"] in ("reported", "accepted")),
    ({"kind": "fire"}, lambda c: c["kind"] == "fire"),
    ({"kind": "hazard"}, lambda c: c["kind"] in ("fire", "gas")),
    ({"region": "T1"}, lambda c: c["township_code"] == "T1"),
    ({"region": "G2"}, lambda c: c["grid_code"] == "G2"),
    ({"unit": FIRE}, lambda c: c["holder_unit"] == FIRE),
    ({"card": "red,yellow"}, lambda c: c["card"] in ("red", "yellow")),
    ({"supervision": "red"}, lambda c: c["supervision"] == "red"),
    ({"severity": "03"}, lambda c: c["severity"] == "03"),
    ({"due": "late"}, lambda c: c["overdue"] and c["ended_at"] is None),
    ({"q": "飞线 充电"}, lambda c: "飞线充电" in c["title"]),
    ({"q": "100%"}, lambda c: "100%" in c["title"]),
)
REFUSED = ({"state": "lost"}, {"card": "blue"}, {"due": "tomorrow"}, {"order": "title"}, {"limit": 0}, {"limit": 201},
           {"offset": -1}, {"offset": "x"}, {"number": "ABC"}, {"after": "x"}, {"severity": "9"},
           {"colour": "red"}, {"q": "a\x00"})  # fmt: skip


@pytest.fixture
def many(api: Api) -> list[dict]:
    """150 cases of the tree, some of them equal in what they are ordered by."""
    chance = random.Random(7)
    rows = []
    for n in range(150):
        reported = MONDAY - timedelta(days=chance.randrange(1, 20), hours=chance.randrange(3))
        title = chance.choice(("飞线充电", "飞线乱拉", "楼道堆物", "完成 100%", "完成 1000"))
        given = {"id": new_id(reported), "title": f"{title} {n}", "reported_at": reported, "severity": chance.choice(("03", "04")),
                 "holder_unit": chance.choice((None, FIRE)), "supervision": chance.choice(("none", "red"))}  # fmt: skip
        rows.append({**_BLANK, **make_case(chance, **given)})
    with api.deps.database.write() as session:
        session.execute(insert(Case), rows)
    return rows


def _ids(answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [row["id"] for row in answer.body["rows"]]


def test_filters_give_what_they_say_and_nothing_of_other_counties(api: Api, many: list[dict]):
    sensitive = {kind.key for kind in api.deps.catalog.kinds.values() if kind.sensitive}
    for query, means in QUERIES:
        mine = [
            c for c in many if c["county_code"] == "K1" and means(c) and not ("q" in query and c["kind"] in sensitive)
        ]
        found = api.by("dispatcher").get("/cases?" + urlencode({"order": "-reported", "limit": 200, **query}))
        assert sorted(_ids(found)) == sorted(str(c["id"]) for c in mine), query
        assert (found.body["total"], found.body["capped"]) == (len(mine), False)


def test_what_cannot_be_asked_is_refused_by_name(api: Api):
    for query in REFUSED:
        answer = api.by("dispatcher").get(f"/cases?{urlencode(query)}")
        assert answer.status == 400, (query, answer.body)
    assert api.by("dispatcher").get("/cases?region=K2").status == 404
    assert api.by("dispatcher").get("/cases?region=NOWHERE").status == 404
    assert api.by("dispatcher").get("/cases?kind=nonsense").status == 404
    assert api.by("administrator").get("/cases").status == 404
    assert api.by(None).get("/cases").status == 401


@pytest.mark.parametrize("order", ["due", "-reported"])
def test_pages_by_offset_and_by_mark_give_each_case_once_in_one_order(api: Api, many: list[dict], order: str):
    def page(**more):
        return api.by("auditor").get("/cases?" + urlencode({"order": order, "limit": 11, **more}))

    first = page()
    total = first.body["total"]
    whole = [one for offset in range(0, total, 11) for one in _ids(page(offset=offset))]
    marked, answer = _ids(first), first
    while answer.body["next"]:
        answer = page(after=answer.body["next"])
        marked += _ids(answer)
    expected = [c for c in many if order == "-reported" or c["ended_at"] is None]
    assert whole == marked
    assert sorted(whole) == sorted(str(c["id"]) for c in expected)
    assert total == len(expected)
    if order == "-reported":
        by_id = {str(c["id"]): c for c in many}
        keys = [(by_id[one]["reported_at"], UUID(one).hex) for one in whole]
        assert keys == sorted(keys, reverse=True)
    assert page(offset=total + 5).body["rows"] == []
    other = "due" if order == "-reported" else "-reported"
    assert api.by("auditor").get("/cases?" + urlencode({"order": other, "after": first.body["next"]})).status == 400


def test_a_case_is_found_by_its_number_by_who_may_see_it(api: Api, many: list[dict]):
    chosen = next(c for c in many if c["county_code"] == "K1")
    query = urlencode({"number": case_number(chosen["id"]).lower()})
    assert str(chosen["id"]) in _ids(api.by("dispatcher").get(f"/cases?{query}"))
    assert _ids(api.by("dispatcher2").get(f"/cases?{query}")) == []


def test_the_total_is_counted_up_to_a_limit(api: Api, many: list[dict], monkeypatch):
    monkeypatch.setattr("dashboard.services.case_list.COUNTED", 20)
    found = api.by("auditor").get("/cases?order=-reported&limit=5").body
    assert (found["total"], found["capped"], len(found["rows"])) == (20, True, 5)
