"""Words for the parts and fields of a scheme, in the reader's language."""

from flask_babel import lazy_gettext as _

PARTS = {
    "head": _("方案"), "cuts": _("分档线"), "doubt": _("不确定性"), "node": _("层级"), "indicator": _("指标"),
    "rule": _("扣分规则"),
}  # fmt: skip
FIELDS = {
    "": _("增减"), "name": _("名称"), "name_en": _("英文名称"), "parent": _("上级"), "weight": _("权重"),
    "source": _("来源"),
    "direction": _("方向"), "unit": _("单位"), "normalise": _("标准化"), "targets": _("目标值"),
    "params": _("参数"), "numerator": _("分子"),
    "denominator": _("分母"), "column": _("数据列"), "scale": _("倍数"), "exposure": _("按什么摊"),
    "digits": _("小数位"), "minimum": _("最少样本"),
    "outcome": _("结果指标"), "sensitive": _("敏感"), "definition": _("定义"), "cohort": _("统计范围"),
    "clock": _("计时规则"),
    "standard": _("出处"), "aggregate": _("合成"), "weighting": _("赋权"), "matrix": _("比较矩阵"),
    "points": _("分值"), "per": _("每"),
    "doubles": _("加倍"), "cap": _("封顶"), "days": _("有效天数"), "draws": _("抽样次数"), "seed": _("种子"),
    "spread": _("权重浮动"),
    "level": _("排名层级"), "missing": _("缺数处理"), "least": _("最低覆盖"), "preview_days": _("公示天数"),
    "appeal_days": _("申诉天数"),
    "decide_days": _("裁决天数"), "note": _("说明"), "note_en": _("英文说明"),
}  # fmt: skip
