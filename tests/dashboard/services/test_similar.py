"""Cases that may be about the same: near, young, alike, of one group — and only what the asker may see."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from dashboard.domain.errors import NotFound
from dashboard.domain.people import SYSTEM, Person
from dashboard.services.similar import find_similar
from data.session import Database
from tests.desk import FIRE, Desk, needed, open_desk, person

HERE = (120.1, 30.2)
NORTH = 1 / 111_195  # degrees of latitude in a metre


@pytest.fixture
def desk(database: Database) -> Desk:
    desk = open_desk(database)
    desk.report("G1", "fire", "电动车飞线充电", lon=HERE[0], lat=HERE[1])
    return desk


@pytest.fixture(autouse=True)
def words():
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


def found(desk: Desk, by: Person = SYSTEM, place: str = "G1", kind: str = "fire", title: str = "电动车飞线充电",
          at: tuple | None = HERE) -> list:  # fmt: skip
    lon, lat = at or (None, None)
    return list(find_similar(desk.at_now(), by, place=place, kind=kind, title=title, lon=lon, lat=lat))


def test_the_same_matter_at_the_same_spot_is_suggested(desk: Desk):
    [one] = found(desk)
    assert (one.title, one.metres, one.score, one.state) == ("电动车飞线充电", 0, 1.0, "reported")
    assert one.id == str(desk.case()["id"])


CASES = (  # what is asked otherwise, is it suggested
    ({"at": (HERE[0], HERE[1] + 199 * NORTH)}, True), ({"at": (HERE[0], HERE[1] + 202 * NORTH)}, False),
    ({"at": None}, True), ({"at": None, "place": "G2"}, False), ({"place": "G5"}, False),  # G5 lies in another county
    ({"kind": "gas"}, True), ({"kind": "noise"}, False), ({"title": "完全不同的事情在别处"}, True),
    ({"title": "完全不同的事情在别处", "kind": "gas", "at": (HERE[0], HERE[1] + 150 * NORTH)}, False),
)  # fmt: skip


@pytest.mark.parametrize("asked, suggested", CASES)
def test_what_is_too_far_or_too_different_is_not_suggested(desk: Desk, asked: dict, suggested: bool):
    assert bool(found(desk, **asked)) == suggested


def test_without_a_position_on_the_other_the_same_grid_is_near(desk: Desk):
    desk.report("G1", "fire", "电动车飞线充电二号")
    assert [one.metres for one in found(desk)] == [0, None]


def test_the_likeliest_come_first_and_no_more_than_five(desk: Desk):
    for metres in (150, 20, 90, 60, 120, 40):
        desk.report("G1", "fire", "电动车飞线充电", lon=HERE[0], lat=HERE[1] + metres * NORTH)
    assert [one.metres for one in found(desk)] == [0, 20, 40, 60, 90]


def test_old_and_discarded_cases_are_not_suggested(desk: Desk):
    desk.now += timedelta(days=7)
    assert len(found(desk)) == 1
    desk.now += timedelta(seconds=1)
    assert found(desk) == []
    gone = desk.report("G1", "fire", "电动车飞线充电", lon=HERE[0], lat=HERE[1])
    desk.act("void", key=(gone.county_code, gone.id), **needed("void"))
    assert found(desk) == []


def test_only_what_may_be_seen_is_suggested(desk: Desk):
    assert len(found(desk, person("grid_worker", "G1"))) == 1
    assert found(desk, person("handler", "K1", FIRE)) == []  # a unit sees what it holds
    assert found(desk, person("administrator", "K1")) == []
    for place, who in (("G1", person("grid_worker", "G2")), ("nowhere", SYSTEM)):
        with pytest.raises(NotFound):
            found(desk, who, place)
