"""Short names as people say them."""

import pytest

from data.regions.naming import short_names, shorten
from data.regions.sources import Division

CASES = [
    ("浙江省", "province", "浙江"), ("北京市", "province", "北京"), ("广西壮族自治区", "province", "广西"),
    ("新疆维吾尔自治区", "province", "新疆"), ("内蒙古自治区", "province", "内蒙古"),
    ("杭州市", "city", "杭州"), ("大兴安岭地区", "city", "大兴安岭"), ("兴安盟", "city", "兴安"),
    ("延边朝鲜族自治州", "city", "延边"), ("巴音郭楞蒙古自治州", "city", "巴音郭楞"),
    ("西双版纳傣族自治州", "city", "西双版纳"), ("市辖区", "city", "市辖区"), ("县", "city", "县"),
    ("西湖区", "county", "西湖"), ("龙港市", "county", "龙港"), ("景宁畲族自治县", "county", "景宁"),
    ("双江拉祜族佤族布朗族傣族自治县", "county", "双江"), ("东乡族自治县", "county", "东乡"),
    ("鄂温克族自治旗", "county", "鄂温克"), ("隆林各族自治县", "county", "隆林"), ("城区", "county", "城区"),
    ("阿拉善左旗", "county", "阿拉善左旗"), ("浦东新区", "county", "浦东"), ("神农架林区", "county", "神农架"),
    ("洛阳高新技术产业开发区", "county", "洛阳高新技术产业开发区"),
    ("文新街道", "township", "文新"), ("漓东街道办事处", "township", "漓东"), ("竹垟畲族乡", "township", "竹垟"),
    ("三七市镇", "township", "三七市"), ("石镇", "township", "石镇"),
    ("多福巷社区居委会", "village", "多福巷社区"), ("前王村委会", "village", "前王村"),
    ("下万龄村村委会", "village", "下万龄村"), ("下库村村民委员会", "village", "下库村"),
    ("海山居委会", "village", "海山"), ("七居委会", "village", "七居委会"),
]  # fmt: skip


@pytest.mark.parametrize("name, level, short", CASES)
def test_the_kind_of_place_is_dropped(name, level, short):
    assert shorten(name, level) == short


def test_siblings_that_would_be_equal_keep_their_full_names():
    siblings = [
        Division(code, "county", name, "654000", code)
        for code, name in (("654002", "伊宁市"), ("654021", "伊宁县"), ("654003", "奎屯市"))
    ]
    assert short_names(siblings) == {"654002": "伊宁市", "654021": "伊宁县", "654003": "奎屯"}
