"""Directives on the wall: nothing where there are none, late ones loud, no names; the composer tells the browser all."""

import json
from dataclasses import replace

import pytest

from layouts.wall.command import link
from layouts.wall.panels import directive, directives, order
from tests.layouts.wall.samples import SAMPLES, STATE

PANEL, DETAIL, COMPOSER = (SAMPLES[name] for name in ("directives", "directive", "order"))


def text_of(component: object) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def test_without_orders_the_panel_draws_nothing_that_takes_a_place():
    drawn = text_of(directives.draw(replace(PANEL, rows=()), STATE))
    assert '"directives"' not in drawn
    assert "quiet" not in drawn


def test_each_row_says_how_far_it_is_and_how_long_still():
    drawn = text_of(directives.draw(PANEL, STATE))
    for words in ("3/5", "1/5", "超 0:30", "逾期 1 件", "directives__left--late", "directives__row--answered"):
        assert words in drawn
    assert f'"title": "{PANEL.rows[0].text}"' in drawn, "what is shortened is said whole in its title"


def test_widths_of_a_bar_are_shares_of_those_addressed():
    fills = directives.bar(PANEL.rows[0].counts).children
    assert [fill.style["width"] for fill in fills] == ["80.0%", "60.0%", "20.0%"]


@pytest.mark.parametrize("withdraw", [None, "0190-d1"])
def test_only_whoever_issued_an_order_is_offered_to_withdraw_it(withdraw: str | None):
    drawn = text_of(directive.draw(replace(DETAIL, withdraw=withdraw), STATE))
    assert ("data-withdraw" in drawn) == (withdraw is not None)


def test_the_composer_carries_what_is_sent_and_words_for_what_may_go_wrong():
    drawn = order.draw(COMPOSER, STATE)
    facts = drawn.children[1].to_plotly_json()["props"]
    assert (facts["data-order"], facts["data-county"], facts["data-case"]) == ("330382", "330382", "0190-c1")
    assert json.loads(facts["data-words"]).keys() >= {
        "roles",
        "text",
        "due",
        "addressees",
        "region",
        "network",
        "other",
    }
    text = text_of(drawn)
    assert '"disabled": true' in text, "a role that nobody has cannot be chosen"
    assert text.count('"aria-checked": "true"') == 2, "all units and two hours are chosen from the start"


def test_where_no_order_can_be_given_the_composer_says_why_and_sends_nothing():
    drawn = text_of(order.draw(replace(COMPOSER, refused="您不能向这个辖区下达指令"), STATE))
    assert "您不能向这个辖区下达指令" in drawn
    assert "data-send" not in drawn


def test_the_way_to_the_composer_is_there_only_for_those_who_may():
    assert link(STATE, False) == []
    assert link(STATE, True)[0].href == STATE.to(order="new")
