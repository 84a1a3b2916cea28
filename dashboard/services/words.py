"""The product's words for the keys of the domain, in the reader's language. One table for each set of keys."""

from flask_babel import get_locale, lazy_gettext

from dashboard.domain.people import SYSTEM

_ = lazy_gettext  # resolved when shown, in the reader's language

STATES = {
    "reported": _("待受理"), "accepted": _("待分流"), "dispatched": _("待接单"), "objected": _("异议"),
    "handling": _("处置"), "handled": _("待核查"), "verified": _("待回访"), "closed": _("办结"),
    "rejected": _("不予受理"), "merged": _("并案"), "void": _("作废"),
}  # fmt: skip
SEVERITIES = {"01": _("特大"), "02": _("重大"), "03": _("较大"), "04": _("一般")}
CLOCKS = {"accept": _("受理"), "handle": _("办理"), "verify": _("核查")}
STAGES = {
    "reported": _("上报"), "reported_accepted": _("受理"), "reported_dispatched": _("分流"),
    "reported_handled": _("处置"), "reported_verified": _("核查"), "reported_closed": _("办结"),
}  # fmt: skip
ACTIONS = {
    "report": _("上报"), "accept": _("受理"), "reject": _("不予受理"), "merge": _("并案"), "dispatch": _("分流"),
    "take": _("接单"), "object": _("派单异议"), "redispatch": _("改派"), "uphold": _("维持原派"), "handle": _("处置反馈"),
    "rework": _("核查退回"), "verify": _("核查通过"), "close": _("办结"), "reopen": _("重开"), "void": _("作废"),
    "import": _("来源更新"), "classify": _("改类定级"), "escalate": _("提级办理"), "progress": _("处置进展"),
    "stage": _("阶段办结"), "ask_extension": _("申请延期"), "grant_extension": _("同意延期"),
    "refuse_extension": _("不同意延期"), "expire_extension": _("延期申请失效"), "pause": _("暂停计时"),
    "resume": _("恢复计时"), "supervise": _("督办"), "lift_supervision": _("解除督办"), "call_back": _("回访"),
    "rate": _("评价"), "absorb": _("并入同类案件"),
}  # fmt: skip
AGAINST = {
    "overdue": _("超期"), "red": _("红牌"), "yellow": _("黄牌"), "reworked": _("返工"), "reopened": _("重开"),
    "due_today": _("今日到期"),
}  # fmt: skip
TIERS = {"grid": _("网格"), "township": _("乡镇街道"), "county": _("县级"), "city": _("市级")}
SUPERVISION = {"none": _("未督办"), "ordinary": _("普通督办"), "yellow": _("黄牌督办"), "red": _("红牌督办")}
EXTENSIONS = {"1wd": _("1 个工作日"), "2wd": _("2 个工作日"), "3wd": _("3 个工作日"), "5wd": _("5 个工作日")}
ROLES = {
    "leader": _("领导"), "dispatcher": _("派单员"), "handler": _("经办人"), "verifier": _("核查员"),
    "grid_worker": _("网格员"), "evaluator": _("考评员"), "supervisor": _("值班长"), "auditor": _("审计员"),
    "administrator": _("管理员"), "system": _("系统"), "public": _("群众"),
}  # fmt: skip
REASONS = {
    "out_of_scope": _("不在受理范围"), "no_fact": _("查无此事"), "incomplete": _("信息不全"), "not_ours": _("不属本单位职责"),
    "wrong_area": _("不在本辖区"), "no_capacity": _("力量不足"), "weather": _("天气原因"), "materials": _("等待物料"),
    "procedure": _("法定程序"), "absent": _("当事人不在"), "litigation": _("进入诉讼"), "appraisal": _("等待鉴定"),
    "not_solved": _("问题未解决"), "no_evidence": _("缺少凭证"), "relapse": _("问题复发"), "not_satisfied": _("群众不满意"),
    "entered_by_mistake": _("录入有误"),
}  # fmt: skip
INPUTS = {
    "note": _("说明"), "reason": _("理由"), "unit": _("承办单位"), "into": _("并入案件"), "limit": _("延期时长"),
    "level": _("督办级别"), "rating": _("满意度"), "reached": _("是否联系到本人"), "evidence": _("照片"), "kind": _("类别"),
    "severity": _("等级"),
}  # fmt: skip
SKIPPED = {
    "night": _("夜间"), "lunch": _("午休"), "weekend": _("周末"), "holiday": _("节假日"), "pause": _("暂停计时"),
}  # fmt: skip
CLOCK_STATUSES = {
    "waiting": _("未开始"), "running": _("计时中"), "paused": _("已暂停"), "done": _("已停表"),
}  # fmt: skip
EXTENSION_STATES = {
    "pending": _("待审批"), "granted": _("已同意"), "refused": _("未同意"), "expired": _("已失效"),
}  # fmt: skip
SOURCES = {
    "grid": _("网格巡查"), "public": _("群众上报"), "hotline": _("12345 热线"), "police": _("110 转办"),
    "iot": _("物联感知"), "superior": _("上级交办"), "department": _("部门移送"), "import": _("外部记录"),
}  # fmt: skip
CARDS = {"none": _("无牌"), "yellow": _("黄牌"), "red": _("红牌")}
MEASURES = {
    "closed_loop": _("闭环率"), "on_time": _("按期办结率"), "open": _("在办案件"), "overdue": _("超期未结"),
    "repeat": _("重复诉求率"), "satisfaction": _("回访满意率"), "returned": _("退回改派率"), "reworked": _("返工率"),
    "reopened": _("重开率"), "reported": _("上报案件"), "closed": _("办结案件"),
}  # fmt: skip
BASES = {
    "closed_loop": _("应结"), "on_time": _("应结"), "open": _("每万人"), "overdue": _("占在办"), "repeat": _("诉求"),
    "satisfaction": _("评价"), "returned": _("分流"), "reworked": _("处置"), "reopened": _("办结"),
}  # fmt: skip
PARTS = {"base": _("分母"), "top": _("分子"), "rest": _("其余")}
MAP_MEASURES = {
    "band": _("过程分"), "open": _("在办"), "overdue": _("超期"), "on_time": _("按期率"), "per_10k": _("每万人上报"),
}  # fmt: skip
PERIODS = {
    "today": _("今日"), "7d": _("7日"), "30d": _("30日"), "year": _("本年"), "all": _("全部"),
}  # fmt: skip
COUNTERS = {
    "requested": _("群众诉求"), "requested_repeat": _("重复诉求"), "due_closed": _("应结已结"), "due_on_time": _("按期办结"),
    "due_open": _("应结未结"), "accept_open": _("受理中"), "accept_yellow": _("受理黄牌"), "accept_red": _("受理红牌"),
    "handle_open": _("办理中"), "handle_yellow": _("办理黄牌"), "handle_red": _("办理红牌"), "verify_open": _("核查中"),
    "verify_yellow": _("核查黄牌"), "verify_red": _("核查红牌"), "accept_done": _("已受理"), "accept_on_time": _("按时受理"),
    "handle_done": _("已办理"), "handle_on_time": _("按时办理"), "verify_done": _("已核查"), "verify_on_time": _("按时核查"),
    "dispatched": _("分流案件"), "dispatched_returned": _("退回改派"), "handled": _("处置案件"),
    "handled_reworked": _("返工案件"),
    "rated": _("回访评价"), "satisfied": _("回访满意"), "ended": _("了结案件"), "overdue_in": _("转入超期"),
    "overdue_out": _("超期了结"), **STAGES,
}  # fmt: skip
FLAGS = {
    "closed_before_reported": _("办结时间早于上报时间"), "no_position": _("无坐标"), "unassigned_region": _("辖区未知"),
}  # fmt: skip


LANG = {"zh": "zh-CN", "en": "en"}  # as HTML and HTTP name the languages


def lang() -> str:
    """The reader's language as HTML and HTTP name it."""
    return LANG["en" if english() else "zh"]


def english() -> bool:
    """Is the reader's language English?"""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def named(entry) -> str:
    """The name of a catalogue entry (kind, group, page, clock) in the reader's language."""
    return entry.name_en if english() else entry.name


def actor(name: str | None) -> str | None:
    """Who did something: a person's name as it stands, or the system."""
    return str(ROLES["system"]) if name == SYSTEM.name else name


def list_name(key: str) -> str:
    """The name of a measure or counter."""
    return str(MEASURES.get(key) or COUNTERS.get(key) or key)
