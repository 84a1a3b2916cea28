"""Near-duplicate texts: found where one place repeats what is rare elsewhere."""

import pytest

from tests.detecting import case, found, month

TITLES = ("沿街商铺疏散通道堵塞", "老旧小区灭火器过期未换", "仓储库房配电箱没有盖板", "村道弯道护栏缺损多日")
USUAL = [case(place=f"G{n % 40 + 2}", text=f"{TITLES[n // 40 % 4]} {n} 处") for n in range(400)]
COPY = "路面落叶较多已经清扫完毕"
TEXTS = (  # what G1 writes, how many groups are found
    ([f"{COPY} {n} 处" for n in range(5)], 1),
    ([f"{COPY}。第{n}次！" for n in range(5)], 1),  # numbers and signs aside
    ([f"{COPY}" + "甲乙丙丁戊"[n] for n in range(5)], 1),  # a letter more
    ([COPY] * 3, 0),  # fewer than `least`
    ([f"{TITLES[0]} {n} 处" for n in range(5)], 0),  # the form's words, which all use
    (["叶落"] * 6, 0),  # too short to say
    ([TITLES[0], TITLES[1], COPY, TITLES[2]], 0),
)


@pytest.mark.parametrize("written, groups", TEXTS)
def test_the_same_words_again_and_again_are_found_unless_all_use_them(written, groups):
    assert len(found("texts", month(USUAL + [case(text=text) for text in written]))) == groups


def test_copies_known_as_repeats_are_none():
    first = case(text=COPY, key="K1:x")
    rows = [first, *({**first, "key": f"K1:x{n}", "origin": "K1:x"} for n in range(6))]
    assert found("texts", month(USUAL + rows)) == []
