"""The dispatch board on real databases: queues, order, filters, and that nobody is shown what is not theirs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dashboard.domain.desk_state import TABS, parse_key
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Grant, Person
from dashboard.services import board, case_sheet, desk_words, filters, unit_load
from data.models import User
from data.queries.board import TABS as CLAUSES
from data.session import Database
from tests.desk import CENTRE, FIRE, MONDAY, SAFETY, Desk
from tests.office import CITY, DISPATCHER, ELSEWHERE, HANDLER, TWO, fill, frame, in_office, titles


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """On SQLite and on PostgreSQL."""
    yield from in_office(database)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    return fill(desk)


def counties(desk: Desk, who: Person) -> set[str]:
    rows, _total = board.page(frame(desk, who, tab="open"), 0, 100)
    return {parse_key(row["key"])[0] for row in rows}


def test_every_queue_has_words_roles_and_a_condition():
    assert TABS.keys() == CLAUSES.keys() == desk_words.QUEUES.keys()


def test_every_fault_that_has_words_can_occur():
    assert desk_words.FAULTS
    assert all(str(words) for words in desk_words.FAULTS.values())


def test_a_queue_is_ordered_by_the_running_clock_and_a_page_shows_no_case_twice(filled: Desk):
    rows, total = board.page(frame(filled, CITY, tab="open"), 0, 100)
    assert total == len(rows) == 10
    lefts = [row["left"] for row in rows]
    assert len(set(lefts)) > 1
    pages = [
        row["key"]
        for start in range(0, 10, 3)
        for row in board.page(frame(filled, CITY, tab="open"), start, start + 3)[0]
    ]
    assert pages == [row["key"] for row in rows]
    due = {str(case["id"]): case["accept_due_at"] for case in filled.cases()}
    order = [due[row["key"].partition(":")[2]] for row in rows]
    assert order == sorted(order)


@pytest.mark.parametrize("first, last", [(-1, 10), (5, 5), (9, 3), (0, board.PAGE_MOST + 1)])
def test_a_range_of_rows_that_is_none_is_refused(filled: Desk, first: int, last: int):
    with pytest.raises(UserError, match="not a range"):
        board.page(frame(filled), first, last)


def test_the_counts_are_those_of_the_queues(filled: Desk):
    filled.act("accept", DISPATCHER)
    counts = frame(filled).queues
    for tab in counts:
        if tab != "mine":
            assert len(titles(filled, tab=tab)) == counts[tab] == board.total(frame(filled, tab=tab)), tab
    assert counts["accept"] + counts["dispatch"] == counts["open"]
    assert counts["dispatch"] == 1


# Whose cases: what is not granted is not found


def test_a_county_sees_its_own_cases_and_no_others(filled: Desk):
    assert counties(filled, DISPATCHER) == {"K1"}
    assert counties(filled, ELSEWHERE) == {"K2"}
    assert counties(filled, CITY) == {"K1", "K2"}
    assert frame(filled).queues["open"] + frame(filled, ELSEWHERE).queues["open"] == 10


def test_another_countys_region_is_not_found(filled: Desk):
    with pytest.raises(NotFound):
        frame(filled, DISPATCHER, region="K2")
    with pytest.raises(NotFound):
        frame(filled, DISPATCHER, region="C1")  # above what is granted


def test_a_unit_sees_only_what_it_holds_in_rows_counts_loads_and_search(filled: Desk):
    assert titles(filled, HANDLER, tab="open") == []
    filled.walk("accept", ("dispatch", {"unit": FIRE}), hours=0.1)
    mine = titles(filled, HANDLER, tab="mine")
    assert len(mine) == 1
    assert titles(filled, HANDLER, tab="open") == mine
    assert frame(filled, HANDLER).queues["open"] == frame(filled, HANDLER).queues["mine"] == 1
    assert {row.unit: row.open for row in unit_load.load(frame(filled, HANDLER)).rows} == {FIRE: 1}
    assert titles(filled, HANDLER, tab="open", q="案件") == mine


def test_two_grants_show_the_sum_of_both(filled: Desk):
    in_t1 = titles(filled, TWO, tab="open", region="T1")
    assert len(in_t1) == 6
    filled.act(
        "accept", DISPATCHER, key=(k := next(c for c in filled.cases() if c["grid_code"] == "G4")) and ("K1", k["id"])
    )
    filled.act("dispatch", DISPATCHER, key=("K1", k["id"]), unit=SAFETY)
    assert sorted(titles(filled, TWO, tab="open", region="K1")) == sorted([*in_t1, k["title"]])


def test_whoever_was_granted_nothing_has_no_desk(filled: Desk):
    with pytest.raises(NotFound):
        frame(filled, Person(DISPATCHER.id, "nobody"))


def test_a_case_of_another_county_is_not_found_by_its_number_or_its_key(filled: Desk):
    other = next(case for case in filled.cases() if case["county_code"] == "K2")
    number = board.case_number(other["id"])
    assert titles(filled, ELSEWHERE, q=number) == [other["title"]]
    assert titles(filled, DISPATCHER, q=number) == []
    with pytest.raises(NotFound):
        case_sheet.sheet(frame(filled), "K2", other["id"])
    assert case_sheet.similar_counts(frame(filled), [f"K2:{other['id']}"]) == {}


# Filters


def test_filters_narrow_and_add_up(filled: Desk):
    everything = titles(filled, tab="open")
    fire, safety = (titles(filled, tab="open", kind=kind) for kind in ("fire", "worksafety"))
    assert fire
    assert safety
    assert sorted([*fire, *safety]) == sorted(everything)
    assert sorted(titles(filled, tab="open", kind="hazard")) == sorted(everything)
    assert len(titles(filled, tab="open", region="T2")) == 2
    assert titles(filled, tab="open", source="iot") == []
    with pytest.raises(NotFound):
        titles(filled, tab="open", kind="no such kind")


def test_late_and_today_follow_the_running_clock(filled: Desk):
    filled.now = MONDAY
    assert titles(filled, tab="open", due="late") == []
    assert len(titles(filled, tab="open", due="today")) == 8
    filled.now = MONDAY + timedelta(days=2)
    assert len(titles(filled, tab="open", due="late")) == 8
    assert {row["tone"] for row in board.page(frame(filled, tab="open"), 0, 100)[0]} == {"late"}


@pytest.mark.parametrize("words", ["案件 3", "%", "_", "\\"])
def test_search_takes_signs_as_they_are(filled: Desk, words: str):
    assert titles(filled, CITY, tab="open", q=words) == (["案件 3"] if words == "案件 3" else [])


def test_a_number_finds_a_case_in_any_state(filled: Desk):
    case = filled.case()
    filled.act("accept", DISPATCHER)
    assert titles(filled, tab="objected", q=board.case_number(case["id"])) == [case["title"]]


def test_the_text_of_a_sensitive_case_is_neither_listed_nor_searched(desk: Desk):
    kind = next(key for key, entry in desk.deps.catalog.kinds.items() if entry.sensitive)
    desk.report("G1", kind, "某某的私事")
    assert titles(desk, tab="open") == [desk.deps.catalog.kinds[kind].name]
    assert titles(desk, tab="open", q="私事") == []


# Saved filters


def test_saved_filters_are_their_owners_alone(filled: Desk):
    first, second = Person(None, "a"), DISPATCHER
    with pytest.raises(UserError):
        filters.save_filter(filled.deps, first, "今天", "?due=today")
    with filled.deps.database.write() as session:
        for who in (DISPATCHER, ELSEWHERE):
            session.add(_user(who))
    filters.save_filter(filled.deps, second, " 今天 ", "?due=today&case=K1:00000000-0000-7000-8000-000000000000&p=3")
    assert filters.saved_filters(filled.deps, second) == (("今天", "?due=today"),)
    assert filters.saved_filters(filled.deps, ELSEWHERE) == ()
    filters.forget_filter(filled.deps, ELSEWHERE, "今天")
    filters.save_filter(filled.deps, second, "今天", "?due=late")
    assert filters.saved_filters(filled.deps, second) == (("今天", "?due=late"),)
    filters.forget_filter(filled.deps, second, "今天")
    assert filters.saved_filters(filled.deps, second) == ()


@pytest.mark.parametrize("name, query", [("", "?due=today"), ("x" * 21, ""), ("a\nb", ""), ("坏", "?due=never")])
def test_a_filter_that_cannot_be_kept_is_refused(filled: Desk, name: str, query: str):
    with pytest.raises(UserError):
        filters.save_filter(filled.deps, DISPATCHER, name, query)


def _user(who: Person) -> User:

    return User(id=who.id, login=str(who.id)[:12], name=who.name, password="x", created_at=MONDAY)


# Units


def test_the_suggested_unit_is_the_one_that_the_catalogue_names_in_the_county(filled: Desk):
    rows, _total = board.page(frame(filled, CITY, tab="open"), 0, 100)
    by_kind = {(parse_key(row["key"])[0], row["kind"]): row["unit"] for row in rows}
    kinds = filled.deps.catalog.kinds
    assert by_kind["K1", kinds["fire"].name] == FIRE
    assert by_kind["K1", kinds["worksafety"].name] == SAFETY


def test_a_wrong_dispatch_is_charged_to_the_unit_that_was_right_to_object(filled: Desk):
    filled.walk("accept", ("dispatch", {"unit": FIRE}), hours=0.2)
    filled.act("object", Person(HANDLER.id, "h", (Grant("handler", "K1", FIRE),)), reason="not_ours")
    filled.act("redispatch", unit=SAFETY)
    rows = {row.unit: row for row in unit_load.load(frame(filled)).rows}
    assert (rows[SAFETY].sent, rows[SAFETY].wrong) == (1, 0)
    assert FIRE not in rows  # holds nothing now
    filled.act(
        "accept", DISPATCHER, key=(key := ("K1", [c["id"] for c in filled.cases() if c["county_code"] == "K1"][1]))
    )
    filled.act("dispatch", DISPATCHER, key=key, unit=FIRE)
    filled.deps.cache.clear()
    rows = {row.unit: row for row in unit_load.load(frame(filled)).rows}
    assert (rows[FIRE].open, rows[FIRE].sent, rows[FIRE].wrong) == (1, 2, 1)


def test_the_sheet_puts_the_suggested_unit_first_and_says_how_often_it_settled_the_kind(filled: Desk):
    case = next(one for one in filled.cases() if one["county_code"] == "K1" and one["kind"] == "fire")
    view = case_sheet.sheet(frame(filled), "K1", case["id"])
    assert (view.choices[0].unit, view.choices[0].by_rule) == (FIRE, True)
    assert {one.unit for one in view.choices} == {CENTRE, FIRE, SAFETY}
    assert (view.alike, view.choices[0].settled) == (0, 0)
    assert next(one.action for one in view.dossier.actions) == "accept"


def test_a_desk_opens_with_the_first_queue_that_holds_work(filled: Desk):
    desk = frame(filled)
    order = [tab for tab in desk.tabs if tab not in ("red", "yellow", "open")]
    for counts in (
        {},
        {"open": 2},
        {"open": 2, "yellow": 1},
        {"open": 2, "yellow": 1, "red": 1},
        {order[1]: 1, "red": 1},
    ):
        desk = frame(filled)
        desk.queues = {tab: counts.get(tab, 0) for tab in desk.tabs}
        best = next((tab for tab in (*order, "red", "yellow", "open") if counts.get(tab)), order[0])
        assert desk.tab == desk.landing == best
