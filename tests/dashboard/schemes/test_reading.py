"""A scheme is checked whole before it is used; each mistake is told with its line, what stands there, what is allowed."""

import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from dashboard.catalog import load_catalog
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.model import ROOT, Term
from dashboard.domain.measures import FLOWS, facts
from dashboard.schemes import load_scheme, read_scheme, scheme_text, shipped
from tests.factories import make_case
from tests.scheme_samples import SMALL

CATALOG = load_catalog()
KINDS = (*CATALOG.groups, *CATALOG.kinds)
HAN = re.compile(r"[\u3400-\u9fff]")
NAMED = ("有效刑事警情数", "刑事案件立案数", "有效火警接警数", "道路交通万车事故死亡率")  # DOMAIN.md §2.2
AHP = 'level = "county"\nweighting = "ahp"\nmatrix = '
BAD = (  # what stands in SMALL, what is put in its place, what the error says; the line is found by the new text
    ('key = "small"', 'key = "Small 1"', "key: not a key; got 'Small 1'"),
    ("version = 1\n", "", "line 1: version is missing"),
    ("version = 1\n", "version = 0\n", "version: expected a whole number; got 0"),
    ('name = "小"', 'name = ""', "name: expected words"),
    ('level = "county"', 'level = "planet"', "level: not one of the known values; got 'planet'"),
    ('level = "county"', 'level = "county"\ncolour = "red"', "unknown table or value; got 'colour'"),
    ('level = "county"', 'level = "county"\nleast = 2', "least: not a fitting number; got 2"),
    ('level = "county"', 'level = "county"\nmissing = "guess"', "missing: not one of the known values"),
    ('level = "county"', 'level = "county"\naggregate = "best"', "aggregate: not one of the known values; got 'best'"),
    ("[cuts]\nA = 90\nB = 80", "[cuts]\nA = 90\nB = 95", "cuts must fall from A to E"),
    ("B = 80\n", "", "five bands, A first"),
    ("E = 0", "E = 10", "cuts lie between 0 and 100 and E starts at 0"),
    ("A = 90", "A = 101", "cuts lie between 0 and 100"),
    ("A = 90", 'A = "high"', "A: not a number; got 'high'"),
    ("draws = 50", "draws = 0", "draws: expected a whole number; got 0"),
    ('["goalposts", "rank"]', '["goalposts", "luck"]', "normalise: not one of the known values; got 'luck'"),
    ('parent = "life"\nweight = 0.5\nsource = "table"\ncolumn = "fires"',
     'parent = "sea"\nweight = 0.5\nsource = "table"\ncolumn = "fires"', "no such node; got 'sea'; allowed: total, work, life"),
    ("weight = 60", "weight = 61", "the weights below total must add up to 1 or to 100; got 101"),
    ("weight = 0.7", "weight = 0.4", "the weights below work must add up to 1 or to 100; got 0.7"),
    ("weight = 0.7", "weight = -1", "weight: not a fitting number; got -1"),
    ('key = "life"', 'key = "work"', "key stands twice; got 'work'"),
    ('key = "life"', 'key = "total"', "this key is taken; got 'total'"),
    ('key = "fires"', 'key = "on_time"', "key stands twice; got 'on_time'"),
    ('key = "fires"', 'key = "work"', "this key is taken; got 'work'"),
    ('name_en = "Life"\nparent = "total"', 'name_en = "Life"\nparent = "life"', "goes round in a circle; got 'life > life'"),
    ('name_en = "Work"\nparent = "total"', 'name_en = "Work"\nparent = "life"', "a node stands below its parent in the file"),
    ('["due_on_time"]', '["due_in_time"]', "numerator: unknown counter; got 'due_in_time'"),
    ('["due_on_time"]', '["accept_minutes"]', "numerator: unknown counter; got 'accept_minutes'"),
    ('["due_on_time"]', '["open"]', "numerator: unknown counter; got 'open'"),
    ('["due_on_time"]', '["due_on_time:dragons"]', "unknown kind or group of cases; got 'dragons'"),
    ('["due_on_time"]', '["due on time"]', "numerator: not a counter"),
    ('["due_on_time"]', '"due_on_time"', "numerator: expected a list"),
    ('["due_on_time"]', "[]", "counts cases and has no numerator"),
    ('["due_closed", "due_open"]', "[]", "on_time: a mere number of cases scores nobody"),
    ('source = "table"\ncolumn = "fires"', 'source = "table"', "fires: reads a table and names no column"),
    ('column = "fires"', 'column = "fires"\nnumerator = ["closed"]', "fires: reads a table and counts no cases"),
    ('denominator = ["due_closed", "due_open"]', 'denominator = ["due_closed"]\ncolumn = "x"',
     "on_time: counts cases and reads no table"),
    ('denominator = ["due_closed", "due_open"]', 'denominator = ["due_closed"]\nexposure = "population"',
     "on_time: counts cases and reads no table; got 'population'"),
    ('source = "table"\ncolumn = "fires"', 'source = "rumour"\ncolumn = "fires"', "source: not one of the known values"),
    ('direction = "low"', 'direction = "down"', "direction: not one of the known values; got 'down'"),
    ('direction = "low"', 'direction = "high"', "fires: the targets run against the direction high; got [4.0, 0.0]"),
    ("targets = [4, 0]", "targets = [4, 4]", "fires: bad and good are the same"),
    ("targets = [4, 0]", "targets = [4]", "targets: expected two numbers"),
    ("targets = [4, 0]\n", "", "fires: goalposts needs targets"),
    ("targets = [4, 0]", "targets = [4, 0]\nparams = { log = 1 }", "a logarithm needs targets above 0"),
    ("targets = [4, 0]", "targets = [4, 0]\nparams = { lgo = 1 }", "fires: unknown parameter; got 'lgo'"),
    ('normalise = "minmax"', 'normalise = "magic"', "normalise: not one of the known values; got 'magic'"),
    ('normalise = "minmax"', 'normalise = "bands"', "accurate: bands need points"),
    ('definition = "合格 ÷ 抽检"\n', "", "passed: has no definition"),
    ('cohort = "派遣之日"\n', "", "accurate: has no cohort"),
    ('unit = "起/万人"\n', "", "[[indicator]] lacks unit"),
    ('unit = "起/万人"', 'unit = " "', "unit: expected words"),
    ('name_en = "Fire alarms"\n', "", "[[indicator]] lacks name_en"),
    ("scale = 10000", "scale = 0", "scale: not a fitting number; got 0"),
    ("scale = 10000", "scale = nan", "scale: not a fitting number"),
    ("points = 0.25", "points = -1", "points: not a fitting number; got -1"),
    ("cap = 5", "limit = 5", "unknown field in [[rule]]; got 'limit'"),
    ('level = "county"', f"{AHP}[[1, 2], [0.5, 1], [1, 1]]", "a row and a column for each child"),
    ('level = "county"', f"{AHP}[[1, 2], [2, 1]]", "row 1 column 2 is not 1 over its mirror image"),
    ('level = "county"', f"{AHP}[[2, 2], [0.5, 1]]", "row 1 column 1 is not 1 over its mirror image"),
    ('level = "county"', f"{AHP}[[1, 0], [0, 1]]", "matrix: not a fitting number"),
    ('level = "county"', 'level = "county"\nmatrix = [[1, 1], [1, 1]]', "a matrix is read by ahp only"),
)  # fmt: skip


@pytest.mark.parametrize("old, new, words", BAD, ids=[f"{n}-{words[:40]}" for n, (_o, _n, words) in enumerate(BAD)])
def test_a_mistake_is_named(old: str, new: str, words: str):
    assert old in SMALL
    with pytest.raises(UserError) as caught:
        read_scheme(SMALL.replace(old, new, 1), KINDS)
    said = str(caught.value)
    assert words in said
    line = int(re.search(r"scheme\.toml line (\d+): ", said)[1])
    assert 1 <= line <= SMALL.count("\n") + 2


def test_the_line_is_that_of_the_mistake():
    text = SMALL.replace("scale = 10000", 'scale = "many"')
    line = text.splitlines().index('scale = "many"') + 1
    with pytest.raises(UserError, match=rf"line {line}: scale: not a fitting number"):
        read_scheme(text, KINDS)


@pytest.mark.parametrize("text", ["", "key = ", "\x00", "[[indicator]]", "key = 1"])
def test_what_is_no_scheme_is_refused(text: str):
    with pytest.raises(UserError):
        read_scheme(text)


def test_a_node_without_children_is_refused():
    more = '\n[[node]]\nkey = "empty"\nname = "空"\nname_en = "Empty"\nparent = "work"\nweight = 0\n'
    with pytest.raises(UserError, match="a node without children; got 'empty'"):
        read_scheme(SMALL + more, KINDS)


def test_more_facets_than_a_case_has_marks_are_refused():
    counters = [counter.name for counter in FLOWS if counter.value is None]
    terms = [f'"{counter}:{kind}"' for counter in counters for kind in ("fire", "gas", "noise")]
    assert len(terms) > 62
    with pytest.raises(UserError, match=r"too many different counters and kinds in all; got \d+; allowed: at most 62"):
        read_scheme(SMALL.replace('["due_on_time"]', f"[{', '.join(terms)}]"), KINDS)


def test_a_comparison_that_contradicts_itself_is_refused():
    three = SMALL.replace("weight = 60", "weight = 1").replace("weight = 40", "weight = 1")
    three = three.replace('level = "county"', f"{AHP}[[1, 9, 0.2], [0.111111, 1, 9], [5, 0.111111, 1]]")
    three += three[three.index('[[indicator]]\nkey = "fires"') : three.index('[[indicator]]\nkey = "passed"')].replace(
        'key = "fires"', 'key = "third"').replace('parent = "life"', 'parent = "total"')  # fmt: skip
    with pytest.raises(UserError, match=r"the comparisons contradict each other; got \d"):
        read_scheme(three, KINDS)


def test_terms_are_read_with_sign_and_kind():
    scheme = read_scheme(SMALL, KINDS)
    assert scheme.indicator("accurate").numerator == (
        Term("dispatched", "fire"),
        Term("dispatched_returned", "fire", -1),
    )
    assert scheme.facets == (("dispatched", "fire"), ("dispatched_returned", "fire"), ("due_closed", ""),
                             ("due_on_time", ""), ("due_open", ""))  # fmt: skip


def test_a_scheme_written_reads_as_itself():
    odd = SMALL.replace('name = "小"', r'name = "小 \"引号\" \\ 末"').replace("scale = 10000", "scale = 1e4")
    for text in (SMALL, odd, *(path.read_text("utf-8") for path in shipped().values())):
        scheme = read_scheme(text)
        assert read_scheme(scheme_text(scheme)) == scheme
        assert scheme_text(read_scheme(scheme_text(scheme))) == scheme_text(scheme)


@pytest.mark.parametrize("key", shipped())
def test_a_scheme_of_the_product_is_whole_and_bilingual(key: str):
    scheme = load_scheme(shipped()[key], KINDS)
    assert scheme.key == key
    assert scheme.note
    assert scheme.note_en
    for one in (scheme, *scheme.nodes, *scheme.indicators, *scheme.rules):
        assert HAN.search(one.name), one.key
        assert re.search("[A-Za-z]", one.name_en), one.key
        assert not HAN.search(one.name_en), one.key
    for rows in (scheme.nodes, scheme.indicators, scheme.rules):
        assert len({row.name for row in rows}) == len({row.name_en for row in rows}) == len(rows)
    assert all(one.standard for one in scheme.indicators)


def test_the_default_scheme_counts_cases_and_never_how_many():
    scheme = load_scheme(shipped()["process"], KINDS)
    assert {one.source for one in scheme.indicators} == {"cases"}
    assert all(one.denominator and one.clock and one.minimum for one in scheme.indicators)
    for one in scheme.indicators:  # a part of its own base, case by case: no rate runs above 100 %
        assert {term.kind for term in (*one.numerator, *one.denominator)} in ({""}, {"hazard"})
    assert {"inspection", "casualty_major", "survey"} <= {rule.key for rule in scheme.rules}


def test_the_peace_index_has_8_headings_19_below_and_123_leaves():
    scheme = load_scheme(shipped()["peace_index"], KINDS)
    first = scheme.children(ROOT)
    second = [child for node in first for child in scheme.children(node.key)]
    assert (len(first), len(second), len(scheme.indicators)) == (8, 19, 123)
    assert {one.parent for one in scheme.indicators} == {node.key for node in second}
    assert set(NAMED) <= {one.name for one in scheme.indicators}
    assert len({one.column for one in scheme.indicators}) == 123


def test_the_first_level_weighs_as_its_comparison_says():
    scheme = load_scheme(shipped()["peace_index"], KINDS)
    weights, ratio = ahp(scheme.matrix)
    assert ratio < 0.1
    assert np.allclose(weights, [node.weight for node in scheme.children(ROOT)], atol=1e-4)


def test_a_case_counts_once_at_most_and_in_the_numerator_only_where_it_counts_in_the_base():
    scheme, chance = load_scheme(shipped()["process"], KINDS), random.Random(4)
    counted = dict.fromkeys(scheme.keys, 0)
    for case in (make_case(chance) for _ in range(3000)):
        found = facts(case, lambda at: at.date())
        for one in scheme.indicators:
            top, base = (day_sums(found, terms, case) for terms in (one.numerator, one.denominator))
            assert all(0 <= top[day] <= base[day] <= 1 for day in {*top, *base}), (one.key, case["state"])
            counted[one.key] += sum(top.values())
    assert min(counted.values()) > 0


def day_sums(found: dict, terms: tuple[Term, ...], case: dict) -> Counter:
    """What one case adds to the terms, by day."""
    out: Counter = Counter()
    for term in terms:
        if term.kind in ("", case["kind"], case["kind_group"]):
            for (day, counter), amount in found.items():
                if counter == term.counter:
                    out[day] += term.sign * amount
    return out


def test_the_row_that_the_documents_show_is_all_an_indicator_needs():
    row = re.search(
        r"```toml\n(\[\[indicator\]\].*?)```",
        (Path(__file__).parents[3] / "docs" / "adding.md").read_text("utf-8"),
        re.DOTALL,
    )[1]
    text = shipped()["process"].read_text("utf-8")
    fewer = re.sub(r'(key = "handle_on_time".*?)weight = 50', r"\1weight = 25", text, count=1, flags=re.DOTALL)
    assert "dispute_on_time" in read_scheme(f"{fewer}\n{row}", KINDS).keys
