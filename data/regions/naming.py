"""Short names: what a region is called on a tile, 杭州市→杭州, 景宁畲族自治县→景宁.

Answers for dropping the kind of place from a name and keeping siblings apart. Leaves everything
but Chinese names as it is.
"""

import re
from collections import Counter, defaultdict

from data.regions.sources import Division

PEOPLES = (
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家",
    "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜",
    "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克",
    "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺", "各",
)  # fmt: skip
"""The 56 peoples less the Han, and 各 (各族自治县)."""

_LONG_FIRST = sorted(PEOPLES, key=len, reverse=True)
_PEOPLES = re.compile(
    rf"(?<=..)((?:{'|'.join(_LONG_FIRST)})族|"
    rf"(?:{'|'.join(name for name in _LONG_FIRST if len(name) > 1)}))+$"
)
_AUTONOMOUS = re.compile(r"(自治区|自治州|自治县|自治旗|民族乡|民族苏木)$")
_STAYS = re.compile(r"(开发区|示范区|管理区|实验区|园区|新区管委会)$")
_ETHNIC_TOWNSHIP = re.compile(r"族(乡|镇|苏木)$")
_KINDS = {
    "province": ("特别行政区", "省", "市"),
    "city": ("地区", "盟", "市"),
    "county": ("林区", "特区", "新区", "市", "区", "县"),
    "township": ("街道办事处", "地区办事处", "办事处", "街道", "镇", "乡", "苏木"),
}
_VILLAGE = (
    (re.compile(r"(社区)(居民委员会|居委会|居民委)$"), r"\1"),
    (re.compile(r"(居民委员会|居委会|居民委)$"), ""),
    (re.compile(r"村?(村民委员会|村委会|民委员会)$"), "村"),
)


def shorten(name: str, level: str) -> str:
    """The name without its kind of place; at least two characters stay (城区 stays 城区)."""
    if level == "village":
        for pattern, replacement in _VILLAGE:
            short = pattern.sub(replacement, name)
            if short != name:
                return short if len(short) >= 2 else name
        return name
    for pattern in (_AUTONOMOUS, _ETHNIC_TOWNSHIP):
        stem = pattern.sub("族" if pattern is _ETHNIC_TOWNSHIP else "", name)
        if stem != name:
            short = _PEOPLES.sub("", stem)
            short = short.removesuffix("族") if len(short) > 2 else short
            return short if len(short) >= 2 else name
    if _STAYS.search(name):
        return name
    for kind in _KINDS[level]:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            return name.removesuffix(kind)
    return name


def short_names(divisions: list[Division]) -> dict[str, str]:
    """Short name by code, unique among siblings: where two would be equal, both keep the full
    name (伊宁市 and 伊宁县, 梅城镇 and 梅城街道)."""
    siblings = defaultdict(list)
    for item in divisions:
        siblings[item.parent_code].append(item)
    names: dict[str, str] = {}
    for group in siblings.values():
        short = {item.code: shorten(item.name, item.level) for item in group}
        count = Counter(short.values())
        for item in group:
            names[item.code] = short[item.code] if count[short[item.code]] == 1 else item.name
    return names
