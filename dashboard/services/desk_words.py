"""Words of the desk for the keys of dashboard.domain.desk_state, in the reader's language."""

from flask_babel import lazy_gettext as _

SECTIONS = {
    "board": _("分派"), "supervise": _("督办"), "directives": _("指令"), "patrols": _("巡查"), "ranking": _("晾晒"),
    "appeals": _("申诉"), "problems": _("问题"), "findings": _("异常线索"), "schemes": _("方案"), "people": _("账号"),
    "audit": _("审计"),
}  # fmt: skip
QUEUES = {
    "accept": _("待受理"), "dispatch": _("待分流"), "objected": _("异议"), "extension": _("延期"),
    "mine": _("我的单位"),
    "verify": _("待核查"), "call_back": _("待回访"), "yellow": _("黄牌"), "red": _("红牌"), "open": _("全部在办"),
}  # fmt: skip
DUES = {"late": _("已超时"), "today": _("今天到期"), "week": _("7 日内到期")}
AUDITED = {  # what the audit log calls what was done; actions on cases have their own words
    "sign_in": _("登录"), "sign_out": _("退出登录"), "audit.read": _("查看审计日志"), "case.read": _("查看敏感案件"),
    "case.export": _("导出案件"), "ranking.export": _("导出名次表"), "verdicts.export": _("导出申诉、问题或线索"),
    "case.report": _("上报案件"),
    "identity.read": _("查看报告人"), "user.create": _("建立账号"),
    "user.disable": _("停用账号"), "user.enable": _("启用账号"),
    "user.password": _("重置密码"), "password.reset": _("重置密码"), "password.change": _("改密码"),
    "directive.answer": _("答复指令"), "wall.drive": _("遥控大屏"),
    "grant.create": _("授权"),
    "grant.revoke": _("收回授权"), "kiosk.create": _("发大屏令牌"), "kiosk.revoke": _("收回大屏令牌"),
    "directive.issue": _("下达指令"), "directive.withdraw": _("撤回指令"),
    "finding.look": _("查找异常"), "finding.judge": _("判定异常"), "sample.draw": _("随机抽查"),
    "sample.judge": _("判定抽查"),
}  # fmt: skip
FAULTS = {  # code of a UserError of casework: what the person is told
    "merge": _("不能并入那一件：它不在本县、已了结，或本身已并案"), "classify": _("种类和严重程度都没有变"),
    "escalate": _("已经是最高层级"), "holder": _("案件由别的单位或网格持有"),
    "arbiter": _("原分流人不能裁定自己分派的异议"),
    "verifier": _("处置人或处置单位不能核查自己的案件"), "inputs": _("填写的内容不全或不对"),
    "extension": _("现在不能办理延期"),
    "pause": _("计时状态不允许这样做"), "supervision": _("督办只升不降，同级不重复"),
    "call_back": _("有人在等答复，办结前须先回访"),
    "rating": _("已经评价过"), "reopen": _("办结太久，不能重开"), "transition": _("案件现在的状态不允许这样做"),
    "role": _("您的授权不允许这样做"), "unit": _("没有这个单位"), "evidence": _("照片没有收到或不能用"),
    "conflict": _("案件刚被别人动过"),
}  # fmt: skip
