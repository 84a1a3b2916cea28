"""Words for the keys of findings and samples, in the reader's language."""

from flask_babel import lazy_gettext as _

VERDICTS = {"gaming": _("弄虚作假"), "harmless": _("并无问题"), "unclear": _("无法判断")}
SAMPLE_VERDICTS = {"true": _("属实"), "false": _("不实"), "unclear": _("无法判断")}
FIGURES = {  # of a finding's figures
    "observed": _("实际"), "expected": _("按常理约"), "ratio": _("倍数"), "p": _("巧合的可能"),
    "threshold": _("判定线"), "of": _("总数"),
    "minutes": _("时间窗（分钟）"), "since": _("起于"), "unit": _("单位"), "days": _("冻结前（天）"),
    "residents": _("同期群众上报"),
}  # fmt: skip
