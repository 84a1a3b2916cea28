"""Words of the evaluator's desk for the keys of the evaluation, in the reader's language."""

from flask_babel import gettext, lazy_gettext

_ = lazy_gettext

NORMALISE = {
    "goalposts": _("门柱法"), "target": _("距目标"), "efficacy": _("功效系数"), "efficacy_exp": _("指数功效"), "minmax": _("极差法"),
    "rank": _("名次法"), "percentile": _("百分位"), "z": _("标准分"), "bands": _("分段"), "none": _("原值"),
}  # fmt: skip
TRIED = ("goalposts", "minmax", "rank", "z")  # normalisations that are worth trying for all indicators at once
AGGREGATE = {
    "arithmetic": _("算术平均"), "geometric": _("几何平均"), "harmonic": _("调和平均"), "copeland": _("科普兰计分（两两胜负）"),
}  # fmt: skip
WEIGHTING = {
    "given": _("按方案给定"),
    "equal": _("等权"),
    "ahp": _("层次分析法"),
    "entropy": _("熵权"),
    "pca": _("主成分"),
}
DIRECTIONS = {"high": _("正向，越高越好"), "low": _("逆向，越低越好")}
HINTS = {  # what an action does, before it is done
    "open": _("为本月开一期，月末锁数。"),
    "reissue": _("把发布后采纳的申诉算进来，成为新的一版；旧版保留到新版发布。"),
    "lock": _("锁数后，本期的分子、分母和案件名单不再改变；更正只能经申诉。"),
    "try": _("按锁定的数据和锁定的方案重新计算，可以多次。"),
    "preview": _("公示后，被评价的辖区可以看到全部得分和名次。"),
    "hear": _("开始受理申诉，到期自动截止。"),
    "review": _("按采纳的申诉重新计算，并列出每一处名次变化。"),
    "publish": _("发布后大屏可见，内容封存，只能以新版更正。"),
    "archive": _("归档后只读。"),
}
_TYPES = {
    "street": _("街道"),
    "town": _("镇"),
    "rural": _("乡"),
    "district": _("市辖区"),
    "city": _("县级市"),
    "county": _("县"),
}
_SIZES = {"small": _("人口较少"), "middle": _("人口居中"), "large": _("人口较多")}


def peers(key: str) -> str:
    """The name of a peer group of dashboard.domain.evaluation.peers."""
    kind, _sep, size = key.partition("_")
    if kind in _SIZES:
        return str(_SIZES[kind])
    if kind not in _TYPES:
        return gettext("全部")
    return gettext("%(kind)s·%(size)s", kind=str(_TYPES[kind]), size=str(_SIZES[size])) if size else str(_TYPES[kind])
