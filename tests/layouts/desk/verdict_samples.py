"""Views of the pages about verdicts, made by hand: with rows, with something open, and with forms to fill in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard.views.appeals import AppealRow, DeductionLine, ListingRow, ProblemRow, RungRow, StepView, VetoLine
from dashboard.views.desk import Link, NamedPlace
from dashboard.views.evaluation import (
    AppealEntry,
    AppealsPage,
    Field,
    FindingEntry,
    FindingsPage,
    ListEntry,
    Moved,
    NewAppeal,
    Paging,
    ProblemEntry,
    ProblemsPage,
    RungEntry,
    SampleEntry,
    StepWords,
    TabsView,
)
from dashboard.views.findings import CaseMark, DetectorTold, DrawRow, FindingRow, HitRate, SampleRow
from tests.layouts.desk.scheme_samples import SCHEMES

NOW, ZONE = datetime(2026, 6, 18, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
THING, PHOTO, DAY = "019ecaf4-0000-7000-8000-000000000001", "a" * 64, date(2026, 6, 18)
ONE = Paging(1, 1, 1, "", "")
LINKS = (Link("", "全部", "?section=appeals", 2, True), Link("filed", "待复核", "?section=appeals&stage=filed", 1))

TABS = TabsView(
    (Link("ranking", "名次", "?section=ranking"), Link("appeals", "申诉", "?section=appeals", 3, True)),
    (
        Link(THING, "浙江省 2026 年 5 月", f"?section=appeals&edition={THING}", on=True),
        Link("x", "4 月", "?section=appeals"),
    ),
    "浙江省 2026 年 5 月",
    {"chain": "您在评分链内"},
)

_CASE_WISH = {
    "subject": "case",
    "region": "330382",
    "indicator": "closing",
    "county": "330382",
    "case": THING,
    "top": 1,
}
APPEAL = AppealRow(
    THING,
    THING,
    "330382",
    "乐清市",
    "case",
    "closing",
    "结案率",
    "330382",
    THING,
    "260618-4J2K7A",
    None,
    "附截图",
    _CASE_WISH,
    (PHOTO,),
    1,
    "filed",
    3,
    NOW,
    "演示·值班长",
    NOW,
    5,
    True,
    None,
    None,
    None,
    None,
    ("uphold", "refuse"),
)
ENTRY = AppealEntry(
    APPEAL,
    "案件 · 260618-4J2K7A",
    "待复核",
    "计入分子",
    "",
    f"?case=330382:{THING}",
    f"?section=appeals&item={THING}",
    True,
)
NEW = NewAppeal(
    THING,
    "330382",
    "乐清市",
    (Link("case", "案件", "?section=appeals&show=case", on=True),),
    "case",
    None,
    (Field("closing", "结案率"),),
    "closing",
    (),
)
APPEALS = AppealsPage(
    THING,
    "浙江省 2026 年 5 月",
    True,
    NOW,
    LINKS,
    LINKS,
    LINKS,
    (ENTRY,),
    ONE,
    ENTRY,
    None,
    "?section=appeals&item=new",
    "?section=appeals",
    "?section=appeals",
    (Moved("乐清市", 4, 3, 80.1, 81.2),),
    ZONE,
)

_STEPS = tuple(
    StepView(step, "社会治理中心", DAY, None, None, None, (), None, None, False)
    for step in ("find", "handle", "generalise", "rule")
)
PROBLEM = ProblemEntry(
    ProblemRow(
        THING,
        "330382",
        "乐清市",
        THING,
        None,
        None,
        None,
        "edition",
        "签收不及时",
        "多在周末",
        NOW,
        None,
        2,
        "handle",
        True,
        _STEPS,
    ),
    "晾晒",
    "处理",
    (
        StepWords("find", "发现", "社会治理中心", DAY, NOW, "甲", "已查", (PHOTO,), NOW, "乙", "已核验", False, ()),
        StepWords("handle", "处理", "应急管理", DAY, None, "", "", (), None, "", "进行中", True, ("done", "assign")),
        StepWords(
            "generalise",
            "举一反三",
            "应急管理",
            DAY,
            NOW,
            "甲",
            "已做",
            (),
            None,
            "",
            "待核验",
            False,
            ("check", "send_back"),
        ),
        StepWords("rule", "完善规章", "", None, None, "", "", (), None, "", "未到", False, ("assign",)),
    ),
    "",
    f"?section=problems&item={THING}",
    True,
    True,
)
PROBLEMS = ProblemsPage(
    LINKS,
    "",
    LINKS,
    Link("late", "逾期", "?section=problems&due=late", 1),
    LINKS,
    LINKS,
    (PROBLEM,),
    ONE,
    PROBLEM,
    False,
    "?section=problems&item=new",
    "?section=problems",
    "?section=problems",
    (
        ListEntry(
            ListingRow(THING, THING, "330382", "乐清市", "black", "连续超期", (PHOTO,), 1, NOW, "甲", None, None),
            "黑榜",
        ),
    ),
    (
        RungEntry(
            RungRow(
                THING, "330382", "乐清市", "notice", None, None, "通报〔2026〕1 号", DAY, None, (), NOW, "甲", True
            ),
            "通报",
        ),
    ),
    (
        DeductionLine(
            THING,
            "330382",
            "乐清市",
            "inspection",
            "暗访发现问题",
            DAY,
            1,
            0.5,
            True,
            False,
            None,
            "一处",
            None,
            None,
            (PHOTO,),
            NOW,
            "甲",
            None,
            None,
        ),
    ),
    (VetoLine(THING, "330382", "乐清市", "依据", "乙", "甲", DAY, None, (), True, None, None),),
    frozenset({"open", "list", "climb", "deduct", "veto"}),
    THING,
    "浙江省 2026 年 5 月",
    "process",
    NamedPlace("330382", "乐清市", "county", "温州 › 乐清", ()),
    (Field("inspection", "明察暗访"), Field("edition", "晾晒")),
    (Field("notice", "通报"),),
    (Field("inspection", "暗访发现问题 −0.25"),),
    (DAY,) * 5,
    ZONE,
)

FINDING = FindingEntry(
    FindingRow(
        THING,
        "instant",
        "秒办秒结",
        "330382",
        "乐清市",
        "消防救援",
        (CaseMark("330382", THING, "260618-4J2K7A"),),
        {"observed": 9, "expected": 1.5},
        NOW,
        None,
        None,
        None,
        None,
        None,
    ),
    (("实际", "9"), ("按常理约", "1.5")),
    (Link(THING, "260618-4J2K7A", f"?case=330382:{THING}"),),
    "?section=problems&at=330382&item=new",
    f"?section=findings&item={THING}",
    True,
)
_TOLD = DetectorTold("instant", "秒办秒结", "五分钟内办结", "某办法", 5, 0.2, 1, 0, 0, 0, 1)
FINDINGS = FindingsPage(
    THING,
    "浙江省 2026 年 5 月",
    LINKS,
    "",
    LINKS,
    ((_TOLD, Link("instant", "秒办秒结", "?section=findings&node=instant", 1)),),
    (FINDING,),
    ONE,
    FINDING,
    "?section=findings",
    "?section=findings",
    (),
    None,
    (),
    (),
    None,
    frozenset({"look", "judge", "draw", "sample"}),
    ZONE,
)
_RATE = HitRate("330382", "乐清市", 3, 2, 1, 1, 0, 0.5, 0.09, 0.91)
DRAWN = DrawRow(THING, THING, "042817", 3, "region", NOW, "甲", _RATE, (_RATE,))
SAMPLE = SampleEntry(
    SampleRow("330382", THING, "260618-4J2K7A", "330382", "乐清市", None, None, None, None, None, ()),
    "",
    f"?section=findings&show=audit&item={THING}:{THING}",
    True,
)

SAMPLES = {"evaluation_tabs": TABS, "appeals": APPEALS, "problems": PROBLEMS, "findings": FINDINGS, "schemes": SCHEMES}
