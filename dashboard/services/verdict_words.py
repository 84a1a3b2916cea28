"""Words for what people say about regions: the steps of a problem, rungs of the ladder, lists, appeals."""

from flask_babel import lazy_gettext

_ = lazy_gettext  # resolved when shown, in the reader's language

PROBLEM_STEPS = {
    "find": _("发现"), "handle": _("处理"), "generalise": _("举一反三"), "rule": _("完善规章"),
}  # fmt: skip
PROBLEM_ORIGINS = {
    "inspection": _("明察暗访"), "edition": _("晾晒"), "finding": _("异常线索"), "sample": _("随机抽查"),
}  # fmt: skip
RUNGS = {"notice": _("通报"), "talk": _("约谈"), "listed": _("挂牌"), "delisted": _("摘牌")}
SIDES = {"red": _("红榜"), "black": _("黑榜")}
APPEAL_STATES = {"filed": _("待复核"), "upheld": _("已采纳"), "refused": _("不采纳"), "withdrawn": _("已撤回")}
APPEAL_SUBJECTS = {"case": _("案件"), "value": _("数值"), "deduction": _("扣分")}
CORRECTED = {  # what a correction says of an item
    "top1": _("计入分子"), "top0": _("不计入分子"), "base1": _("计入分母"), "base0": _("不计入分母"),
    "removed": _("撤销这次扣分"),
    "again1": _("按重复发生计"), "again0": _("不按重复发生计"), "secured1": _("按重要时段计"),
    "secured0": _("不按重要时段计"),
}  # fmt: skip
FAULTS = {  # code of a refusal: what the person is told
    "conflict": _("刚被别人动过，已读到最新的，请看过再做"), "window": _("现在不受理申诉：不在申诉期，或期限已过"),
    "chain": _("您在评分链内，不能裁决这件申诉"), "forbidden": _("您的授权不允许这样做"),
    "evidence": _("须附证据，且照片要已传到"),
    "appeal": _("这一项已有申诉，或申诉已了结"), "case": _("这件案子不在这项指标的冻结名单里"),
    "correction": _("写明应当怎样计，且与指标相符"),
    "value": _("这个数是从案件统计的，请对具体案件申诉"), "effect": _("裁决的效果与申诉的项目不符"),
    "claim": _("申诉理由太短，至少四个字"),
    "decision": _("裁决理由太短，至少四个字"), "reason": _("理由太短，至少四个字"),
    "why": _("理由太短，至少四个字"), "basis": _("依据太短，至少四个字"),
    "proof": _("写明做了什么、或为什么退回，至少四个字"), "owner": _("写明责任单位"),
    "due_on": _("期限不对：四步的期限要依次往后"),
    "step": _("还不到这一步：前一步要先做完并核验"), "problem": _("这个问题已销号，或不属于该辖区"),
    "title": _("标题太短或超过 120 字"),
    "origin": _("从晾晒、线索或抽查来的问题要指明哪一期"), "rung": _("这一级与上一级不衔接，或缺期限、结果、证据"),
    "listing": _("不能列入：没有名次、已在榜上，或连续两期黑榜而其间无整改"),
    "edition": _("这一期还没有发布，或已被新版取代"),
    "rule": _("方案里没有这条扣分规则"), "units": _("数量须大于 0"), "day": _("日期还没有到，或写法不对"),
    "deduction": _("这次扣分已撤销，或不属于该辖区"),
    "veto": _("这项一票否决已解除"), "proposed_by": _("提出人与决定人须是两个人"),
    "until": _("终止日须在决定日之后"), "secured_why": _("写明为何属重要时段"),
    "note": _("写明依据"), "seed": _("这个种子已抽过，或不合写法"), "size": _("每个辖区抽 1 到 200 件"),
    "state": _("锁数之后才能抽查"),
    "version": _("方案已有更新的版本，请重新打开再改"), "weights": _("同一层的权重之和须为 100 或 1"),
    "ahp": _("两两比较互相矛盾，一致性比率超过 0.1"),
    "table": _("表格没有导入"), "month": _("月份不对：须是已经开始的月份"), "name": _("写明表格名称"),
    "source": _("写明数据来源"),
    "withdrawn": _("这张表已撤回"), "body": _("有一项填写不合要求"), "query": _("有一项填写不合要求"),
    "too_large": _("文件太大"),
    "media_type": _("只收 CSV 和 Excel 文件"), "not_found": _("没有找到，或不归您看"),
    "region": _("这个辖区不在本方案的排名范围内"),
}  # fmt: skip
STEP_STANDINGS = {"open": _("未到"), "now": _("进行中"), "done": _("待核验"), "checked": _("已核验")}
