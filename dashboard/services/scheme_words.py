"""Words for the parts and fields of a scheme, and names of stored versions, in the reader's language."""

import tomllib
from collections.abc import Collection
from functools import lru_cache

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from dashboard.domain.evaluation.model import Scheme
from dashboard.services.words import english, named
from data.queries.schemes import find_schemes
from data.session import Session

PARTS = {
    "head": _("方案"), "cuts": _("分档线"), "doubt": _("不确定性"), "node": _("节点"), "indicator": _("指标"),
    "rule": _("扣分规则"),
}  # fmt: skip
FIELDS = {
    "": _("增减"), "name": _("名称"), "name_en": _("英文名称"), "parent": _("上级"), "weight": _("权重"),
    "source": _("来源"),
    "direction": _("方向"), "unit": _("单位"), "normalise": _("标准化"), "targets": _("目标值"),
    "params": _("参数"), "numerator": _("分子"),
    "denominator": _("分母"), "column": _("数据列"), "scale": _("倍数"), "exposure": _("按什么摊"),
    "digits": _("小数位"), "minimum": _("最小样本"),
    "outcome": _("结果指标"), "sensitive": _("敏感"), "definition": _("定义"), "cohort": _("统计口径"),
    "clock": _("计时规则"),
    "standard": _("出处"), "aggregate": _("合成"), "weighting": _("赋权"), "matrix": _("比较矩阵"),
    "points": _("分值"), "per": _("每"),
    "doubles": _("加倍"), "cap": _("封顶"), "days": _("有效天数"), "draws": _("抽样次数"), "seed": _("种子"),
    "spread": _("权重浮动"),
    "level": _("排名层级"), "missing": _("缺数处理"), "least": _("最低覆盖"), "preview_days": _("公示天数"),
    "appeal_days": _("申诉天数"),
    "decide_days": _("裁决天数"), "note": _("说明"), "note_en": _("英文说明"),
}  # fmt: skip


def spoken(text: str) -> str:
    """A text of an indicator (its unit, definition, cohort …); as it is written, where the catalogue has no other words
    for it: that holds those of the shipped schemes."""
    return gettext(text) if text else ""


def scheme_title(scheme: Scheme) -> str:
    """Name and version."""
    return gettext("%(name)s 版本 %(n)s", name=named(scheme), n=scheme.version)


def titles(session: Session, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """{(key, version): name} of stored schemes."""
    rows = find_schemes(session, wanted)
    return {(row.key, row.version): _name_en(row.text) if english() else row.name for row in rows}


@lru_cache(maxsize=256)
def _name_en(text: str) -> str:
    return tomllib.loads(text)["name_en"]
