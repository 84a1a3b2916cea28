"""Words of the desk for the keys of dashboard.domain.desk_state, in the reader's language."""

from flask_babel import lazy_gettext as _

SECTIONS = {
    "board": _("分派"), "supervise": _("督办"), "directives": _("指令"), "patrols": _("巡查"), "people": _("账号"),
    "audit": _("审计"),
}  # fmt: skip
QUEUES = {
    "accept": _("待受理"), "dispatch": _("待分流"), "objected": _("异议"), "extension": _("延期"), "mine": _("我的单位"),
    "verify": _("待核查"), "call_back": _("待回访"), "yellow": _("黄牌"), "red": _("红牌"), "open": _("全部在办"),
}  # fmt: skip
DUES = {"late": _("已超时"), "today": _("今天到期"), "week": _("7 日内到期")}
