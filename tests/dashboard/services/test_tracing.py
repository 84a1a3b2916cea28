"""From a score to the cases: for every indicator of the default scheme the lists add up to the frozen figures."""

from datetime import timedelta

import pytest

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import SYSTEM, Person
from dashboard.schemes import load_scheme, shipped
from dashboard.services import evaluating, tracing
from tests.desk import person
from tests.editions import LEADER, MAY, RANKED, an_office
from tests.evaluating import leaf
from tests.templates import KINDS

PROCESS = load_scheme(shipped()["process"])
GUEST = person("guest", "P")


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path, 400, MAY)


@pytest.fixture
def published(office):
    return office.of(MAY)


@pytest.mark.parametrize("indicator", PROCESS.keys)
def test_the_cases_behind_a_figure_are_as_many_as_it_says(sqlite_office, indicator):
    office, head = sqlite_office
    scheme, inputs, _result = evaluating.load(office.deps, head.id)
    column, seen = scheme.keys.index(indicator), 0
    for row, region in enumerate(inputs.regions):
        found = {part: tracing.cases_behind(office.deps, SYSTEM, head.id, region, indicator, part, limit=1000)
                 for part in ("base", "top", "rest")}  # fmt: skip
        top, base = inputs.numerator[row, column], inputs.denominator[row, column]
        assert found["top"].total == found["top"].figure == len(found["top"].rows) == top
        assert found["base"].total == found["base"].figure == len(found["base"].rows) == base
        assert found["rest"].total == found["rest"].figure == base - top
        figure = tracing.trace(office.deps, SYSTEM, head.id, region, indicator).figure
        assert (figure.top, figure.base) == (top, base)
        seen += found["base"].total
    assert seen, "a test without cases shows nothing"


@pytest.fixture(scope="module")
def sqlite_office(templates, tmp_path_factory):
    for office in an_office(templates, "sqlite", tmp_path_factory.mktemp("tracing"), 900, MAY):
        yield office, office.of(MAY)


def test_a_score_leads_to_its_indicator_step_by_step(office, published):
    top = tracing.trace(office.deps, LEADER, published.id, "K1")
    assert [step.key for step in top.path] == ["total"]
    assert (top.place, top.figure) == ("K1", None)
    branch = tracing.trace(office.deps, LEADER, published.id, "K1", top.below[0].key)
    leaf = tracing.trace(office.deps, LEADER, published.id, "K1", branch.below[0].key)
    assert [step.key for step in leaf.path] == ["total", branch.path[1].key, branch.below[0].key]
    assert leaf.path[-1].leaf
    assert leaf.figure.formula.startswith("100 × ")
    assert leaf.figure.key == leaf.path[-1].key


def test_what_the_leaves_lost_is_what_the_total_lacks(office, published):
    scheme, inputs, _result = evaluating.load(office.deps, published.id)
    for region in inputs.regions:
        total = tracing.trace(office.deps, SYSTEM, published.id, region).path[0]
        leaves = [tracing.trace(office.deps, SYSTEM, published.id, region, key).path[-1] for key in scheme.keys]
        assert sum(leaf.lost for leaf in leaves if leaf.lost is not None) == pytest.approx(100 - total.score, abs=1e-6)
        assert sum(leaf.share for leaf in leaves) == pytest.approx(1)


def test_a_page_is_a_part_of_the_whole_list(office, published):
    whole = tracing.cases_behind(office.deps, SYSTEM, published.id, "K1", "closing", "base", limit=1000)
    pages = [tracing.cases_behind(office.deps, SYSTEM, published.id, "K1", "closing", "base", offset=offset, limit=4)
             for offset in range(0, whole.total, 4)]  # fmt: skip
    assert [row.id for page in pages for row in page.rows] == [row.id for row in whole.rows]
    assert {page.total for page in pages} == {whole.total}


def test_cases_of_a_region_that_is_not_granted_are_not_found(office, published):
    assert tracing.cases_behind(office.deps, RANKED, published.id, "K1", "closing", "base").rows
    for region in ("K2", "X"):
        with pytest.raises(NotFound):
            tracing.cases_behind(office.deps, RANKED, published.id, region, "closing", "base")
    assert tracing.trace(office.deps, RANKED, published.id, "K2").place == "K2"


def test_a_wall_shows_the_cases_of_what_was_published_as_its_lists_do(office, published):
    found = tracing.cases_behind(office.deps, GUEST, published.id, "K1", "closing", "base")
    mine = tracing.cases_behind(office.deps, LEADER, published.id, "K1", "closing", "base")
    assert found.total == mine.total == len(found.rows)
    assert {(row.address, row.holder_person, row.lon) for row in found.rows} == {(None, None, None)}
    waiting = office.open(published.start - timedelta(days=1))
    office.walk(waiting.id, "lock", "try", "preview")
    with pytest.raises(NotFound):
        tracing.trace(office.deps, GUEST, waiting.id, "K1")


def test_a_stranger_finds_nothing(office, published):
    nobody = Person(None, "")
    with pytest.raises(NotFound):
        tracing.trace(office.deps, nobody, published.id, "K1")
    with pytest.raises(NotFound):
        tracing.cases_behind(office.deps, nobody, published.id, "K1", "closing", "base")


@pytest.mark.parametrize("given, code", [
    ({"region": "T1"}, "region"), ({"indicator": "nothing"}, "indicator"), ({"part": "all"}, "part"),
])  # fmt: skip
def test_what_the_edition_does_not_have_is_refused(office, published, given, code):
    asked = {"region": "K1", "indicator": "closing", "part": "base"} | given
    with pytest.raises(UserError) as error:
        tracing.cases_behind(office.deps, SYSTEM, published.id, **asked)
    assert error.value.code == code


def test_a_node_the_scheme_does_not_have_is_refused(office, published):
    with pytest.raises(UserError, match="no such node"):
        tracing.trace(office.deps, SYSTEM, published.id, "K1", "nothing")


@pytest.mark.parametrize("given, top, base, value, text", [
    ({"scale": 100.0, "unit": "%", "digits": 2}, 57.0, 60.0, 95.0, "100 × 57 ÷ 60 = 95.00 %"),
    ({"unit": "件", "digits": 0}, 1234.0, None, 1234.0, "1,234 = 1,234 件"),
    ({"scale": 10000.0, "unit": "", "digits": 1}, 3.0, 0.0, None, "10000 × 3 ÷ 0 = —"),
    ({}, None, 5.0, None, ""),
])  # fmt: skip
def test_a_formula_shows_its_numbers(given, top, base, value, text):
    assert tracing.formula(leaf(**given), top, base, value) == text
