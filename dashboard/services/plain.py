"""What happens to a case in words that a resident uses. Every action has its words here or stands in UNTOLD."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _

from dashboard.services.words import EXTENSIONS

GROUPS = {
    "hazard": _("看到了危险"), "police": _("受到了打扰"), "request": _("有事要解决"),
    "dispute": _("邻里和物业"),
}  # fmt: skip
TOLD = {  # action: what is said of it; %(unit)s: who it went to
    "report": _("收到您反映的情况"), "accept": _("已受理"), "reject": _("没有受理"),
    "merge": _("和另一件反映同一情况的合在一起办，下面是它的进展"), "dispatch": _("已转给 %(unit)s"),
    "escalate": _("转到上一级安排"), "take": _("%(unit)s 已接手"), "object": _("正在确认该由哪个部门办"),
    "redispatch": _("改由 %(unit)s 办理"), "uphold": _("确认仍由 %(unit)s 办理"),
    "progress": _("办理有了新进展"), "stage": _("已先做临时处理，还要继续办"), "handle": _("现场已处理，等待核查"),
    "grant_extension": _("需要多一些时间，办理期限延长 %(limit)s"), "pause": _("暂停计时"),
    "resume": _("恢复计时，继续办理"), "supervise": _("已督促加快办理"),
    "rework": _("核查发现还没解决，退回重新处理"), "verify": _("换人核查，确认已处理"), "call_back": _("已回访"),
    "close": _("已办结"), "rate": _("收到您的评价"), "reopen": _("重新办理"),
    "void": _("这条记录录入有误，已作废"),
}  # fmt: skip
NOT_REACHED = _("给您打过电话，没有打通")
UNTOLD = frozenset(
    {"classify", "ask_extension", "refuse_extension", "expire_extension", "lift_supervision", "import", "absorb"}
)
REASONS = {  # of what a resident is told; others are the business of those who work on it
    ("reject", "out_of_scope"): _("这件事不归这里管，请拨 12345"),
    ("reject", "no_fact"): _("到现场没有找到您说的情况"),
    ("reject", "incomplete"): _("说得还不够清楚，请补充后重新提交"),
    ("pause", "weather"): _("因为天气"), ("pause", "litigation"): _("因为进入诉讼"),
    ("pause", "absent"): _("因为有关的人暂时不在"), ("pause", "appraisal"): _("因为等待鉴定"),
    ("reopen", "not_satisfied"): _("您说还没解决"), ("reopen", "relapse"): _("问题又出现了"),
}  # fmt: skip
STAGES = {  # state: (stage as programs see it, how it stands, the promise, the clock that it is read from)
    "reported": ("received", _("等待受理"), _("最晚%(when)s前答复是否受理"), "accept_due_at"),
    "accepted": ("working", _("正在安排部门办理"), _("最晚%(when)s前处理完"), "handle_due_at"),
    "dispatched": ("working", _("等待部门接手"), _("最晚%(when)s前处理完"), "handle_due_at"),
    "objected": ("working", _("正在确认由哪个部门办"), _("确认之后接着计时"), None),
    "handling": ("working", _("正在办理"), _("最晚%(when)s前处理完"), "handle_due_at"),
    "handled": ("checking", _("已处理，等待核查"), _("最晚%(when)s前换人核查"), "verify_due_at"),
    "verified": ("checking", _("核查通过，准备回访您"), _("最晚%(when)s前回访并办结"), "close_due_at"),
    "closed": ("done", _("已办结"), None, None),
    "rejected": ("declined", _("没有受理"), None, None),
    "merged": ("working", _("合并办理"), None, None),
    "void": ("declined", _("已作废"), None, None),
}  # fmt: skip
_NEAR = {-1: _("昨天 %(hour)s"), 0: _("今天 %(hour)s"), 1: _("明天 %(hour)s")}


def told(action: str, detail: Mapping[str, object], unit: str | None, reason: str | None) -> str:
    """A step in one line. `unit`: who has the case after it; `detail`: of the step."""
    limit = EXTENSIONS.get(str(detail.get("limit")), "")
    if action == "call_back" and detail.get("reached") is False:
        return str(NOT_REACHED)
    text = str(TOLD[action]) % {"unit": unit or str(_("有关部门")), "limit": str(limit)}
    why = REASONS.get((action, reason or ""))
    return str(_("%(text)s：%(why)s", text=text, why=why)) if why else text


def when(at: datetime, now: datetime) -> str:
    """Day and time in words; both in the same zone."""
    days = (at.date() - now.date()) // timedelta(days=1)
    hour = f"{at:%H:%M}"
    if days in _NEAR:
        return str(_NEAR[days]) % {"hour": hour}
    return format_datetime(at, str(_("M月d日 HH:mm")), rebase=False)
