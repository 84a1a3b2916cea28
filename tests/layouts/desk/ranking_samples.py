"""A view of each panel of the section "ranking", as plain values."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboard.views.desk import Link
from dashboard.views.workshop import (
    Act,
    AppealBox,
    AppealLine,
    Behind,
    Branch,
    CaseList,
    EditionBar,
    Funnel,
    Group,
    Hop,
    Limit,
    Past,
    Place,
    Point,
    RankTable,
    Stage,
    TraceBar,
    TreeView,
)
from dashboard.views.workshop_changes import Cause, ChangeTable, Shift
from dashboard.views.workshop_side import Dial, Gap, Lift, Mover, Outcome, Profile, Then, Trial

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 6, 5, 10, tzinfo=UTC)
ID = "01a0f4f9-b280-7fe2-81fb-6e52960d16c6"
HERE = "?section=ranking"
STATES = (("collecting", "采集"), ("locked", "锁数"), ("trial", "试算"), ("preview", "公示"), ("appeal", "申诉"), ("review", "复核"),
          ("published", "发布"), ("archived", "归档"))  # fmt: skip

EDITION = EditionBar(
    ID, 4, "2026 年 5 月晾晒", "浙江省 · 过程指数 版本 3", "9f3c" + "0" * 56 + "e1a7", False, "preview",
    tuple(Stage(key, label, "done" if n < 3 else "now" if n == 3 else "next", "6-05") for n, (key, label) in enumerate(STATES)),
    "还剩 2 个工作日", (Act("hear", "受理申诉", "开始受理申诉。", f"POST /api/v1/editions/{ID}/actions", "{}"),),
    (Past(AT, "锁数", "林", "考评员", ""),), (Link("process", "过程指数", HERE, on=True),),
    (Link("now-", "本月至今", HERE), Link(ID, "2026-05 浙江省", HERE, on=True)), ZONE,
)  # fmt: skip


def place(rank: int | None, name: str, band: str | None, **more: object) -> Place:
    given = {"standing": "ranked", "tied": False, "score": 92.1, "half": 0.3, "first": rank, "last": rank and rank + 3, "close": False,
             "href": HERE, "whole": rank, **more}  # fmt: skip
    return Place(name, name, "温州", band=band, rank=rank, **given)


A = tuple(place(n, f"甲{n}县", "A", moved=2, tied=n < 3) for n in range(1, 9))
B = tuple(place(n, f"乙{n}县", "B", close=True, moved=-3) for n in range(9, 15))
E = tuple(place(n, f"戊{n}县", "E", on=n == 20) for n in range(15, 25))
VETO = place(None, "永嘉县", "E", standing="veto", note="一票否决，不列名次", score=92.2, first=None, last=None)
THIN = place(
    None,
    "嵊泗县",
    None,
    standing="thin",
    note="样本不足，不评",
    score=None,
    half=None,
    first=None,
    last=None,
    appeals=2,
)
TABLE = RankTable(
    (Group("A", 95.5, None, A), Group("B", 94.5, 95.5, B), Group("E", 0.0, 92.5, E)), (), (VETO, THIN), 24, 1,
    (Link("", "全部", HERE, on=True), Link("county", "县", HERE, 12)), (Link("score", "", HERE), Link("rank", "", HERE, on=True)),
    HERE, "county",
)  # fmt: skip
TREE = TreeView(
    "版本 3",
    (Branch("handling", "处置", 60.0, HERE, False, False, True, None, (Branch("rework", "返工率", 60.0, HERE, True, True),)),
     Branch("intake", "受理", 40.0, HERE, False, False, False, None, (Branch("accept", "按期受理率", 40.0, HERE, True),))),
    100.0, 0.043, "返工率", (("公式", "返工案件 ÷ 处置案件 × 100"),), HERE,
)  # fmt: skip
FUNNEL = Funnel(
    "closing", "按期结案率", "%", "应结（件）",
    (Point("a", "乐清市", 5800, 87.0, 87.3, 99.8, False, HERE), Point("b", "诸暨市", 6300, 94.4, 94.2, 99.8, True, HERE),
     Point("c", "文成县", 600, 86.2, 88.9, 95, False, HERE, True), Point("d", "龙湾区", 2000, 91.5, 91.5, 0, True, HERE)),
    tuple(Limit(n, 91.5 - w, 91.5 + w, 91.5 - 1.6 * w, 91.5 + 1.6 * w) for n, w in ((100, 6), (1000, 2), (6300, 0.7))), 91.5, "浙江省",
)  # fmt: skip
PROFILE = Profile(
    E[5], 24, 1, 91.8, 92.4, "县·较大", 4, 12, 1.5, 1.0,
    (Gap("rework", "返工率", -2.29, 43.9, 74.5, HERE), Gap("accept", "按期受理率", 1.03, 69.8, 61.2, HERE)), ("D", 92.5),
    (Lift("rework", "返工率", "少 6 件返工案件", 6, 92.5, HERE),), False, (Then("2026-04", 82, 92.6, "E", HERE),), HERE,
)  # fmt: skip
TRIAL = Trial(
    "total",
    "总分",
    (Dial("handling", "处置", 60.0), Dial("intake", "受理", 40.0)),
    (("rank", "名次法"),),
    (("geometric", "几何平均"),),
    (Link("total", "总分", HERE, on=True),),
    True,
)
OUTCOME = Outcome(
    2,
    1,
    3,
    (Mover("a", "乐清市", 84, 87, "D", "E", 92.6, 92.1, HERE), Mover("b", "龙湾区", 87, 86, "E", "E", 92, 92.2, HERE)),
    87,
    1,
)
TRACE = TraceBar(
    (
        Hop("乐清市总分", "92.1", "/ 100", "E 档，距 D 差 0.4", HERE),
        Hop("返工率", "3.84", "% → 74.8 分", "(3.84−10)÷(0−10)×100", HERE, True),
    ),
    5618,
    "落到案件",
    "已冻结，可抽查",
    HERE,
)
APPEALS = AppealBox((AppealLine("a", "乐清市", "按期结案率：台风停航", "filed", "待复核", HERE),), 12, 9, HERE)
CASES = CaseList(
    "乐清市 · 返工率",
    (Link("base", "分母", HERE, 120, True), Link("top", "分子", HERE, 5)),
    (
        Behind(
            "260618-04F7K2",
            "飞线充电",
            "电动自行车充电",
            "乐成街道",
            AT,
            "办结",
            "?case=330382:01977f1e-0000-7000-8000-000000000001",
        ),
    ),
    120,
    1,
    3,
    AT,
    ZONE,
    HERE,
    "",
    HERE,
)
CHANGES = ChangeTable(
    "2026-04", "2026-05",
    (Shift("a", "乐清市", "温州", 24, 20, -4, "E", "D", 92.1, 93.2, -1.1,
           (Cause("rework", "返工率", -1.4, 3.1, 4.2, "%", 1, HERE), Cause("accept", "按期受理率", 0.5, 90.0, 92.0, "%", 1, HERE),
            Cause("deducted", "扣分", -0.2)), "", HERE, True),
     Shift("b", "永嘉县", "温州", None, 8, None, "C", "C", 94.2, 94.2, 0.0, (), "一票否决，不列名次", HERE)),
    0, 1, 1, 1, (Link("", "全部", HERE, on=True),), (Link("rank", "", HERE, on=True), Link("gain", "", HERE)), HERE, HERE, "county",
)  # fmt: skip
RANKING = {
    "ranking_edition": EDITION, "ranking_tree": TREE, "ranking_table": TABLE, "ranking_side": FUNNEL, "ranking_cases": CASES,
    "ranking_trace": TRACE, "ranking_appeals": APPEALS, "ranking_changes": CHANGES,
}  # fmt: skip
