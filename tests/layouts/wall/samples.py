"""A small view for every panel of the wall, as a service would give it; for tests of layouts and for looking at one panel.

Each shows what is worth drawing: a full row and one without data, a tie, a loss, a card. Figures are invented.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.state import WallState
from dashboard.views.cases import CaseListView, CaseRow, CaseView, StepRow, StreamRow, StreamView
from dashboard.views.directives import (
    Deadline,
    DirectivesView,
    DirectiveView,
    OrderCase,
    OrderView,
    ReceiptCounts,
    WallAnswer,
    WallDirective,
    WallGroup,
)
from dashboard.views.places import LegendRow, MapItem, MapView, Moved, RankingView, RankRow
from dashboard.views.standings import (
    EditionView,
    LoopRow,
    LoopStep,
    LoopView,
    NowRow,
    NowView,
    ScoreRow,
    ScoreView,
)
from dashboard.views.wall import (
    Bar,
    BarsView,
    Change,
    ClockRow,
    ClocksView,
    Crumb,
    FunnelView,
    Header,
    Kpi,
    RateRow,
    Stage,
    TableView,
    TrendView,
)
from dashboard.views.workshop import Funnel, Limit, Point

NOW = datetime(2026, 6, 18, 14, 5, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
STATE = WallState(region="330000")
_UP, _WORSE, _UNKNOWN = Change(1.25, "pp"), Change(-0.8, "pp", worse=True), Change(None, "%")
_CASE = CaseRow(
    "0190-c1", "330106", "330106W20260618A1B2C3", NOW, "西湖·灵隐", "消防隐患", "02", "重大", "楼道堆物", "处置",
    "剩 1:36", "yellow", True, STATE.to(case="0190-c1"),
)  # fmt: skip


def _kpi(key: str, value: float | None, unit: str, digits: int, base: float | None) -> Kpi:
    spark = (90.0, None, 92.5, value) if value is not None else ()
    return Kpi(
        key, key, value, unit, digits, "应结", base, "件", _UP, _WORSE if value else _UNKNOWN, spark, STATE.cases(key)
    )


def _item(code: str, name: str, value: float | None, cls: str) -> MapItem:
    text = "—" if value is None else f"{value:.1f}"
    return MapItem(code, name, value, text, cls, 12, 3, STATE.drill(code), STATE.cases("open", at=code))


def _rank(
    code: str, name: str, band: str | None, rank: int | None, value: float | None, *, first=False, tied=False
) -> RankRow:
    low, high = (None, None) if value is None else (value - 1, value + 1)
    moved = None if rank is None else 2 - rank
    text = "—" if value is None else f"{value:.1f}"
    return RankRow(code, name, band, first, rank, tied, moved, value, text, low, high, STATE.drill(code))


def _stage(key: str, label: str, count: int, rate: float | None, *, low: bool = False) -> Stage:
    return Stage(key, label, count, count / 1200, rate, low, STATE.cases(key))


def _clock(key: str, label: str, used: float | None) -> ClockRow:
    links = (STATE.cases(f"{key}_{name}") for name in ("open", "yellow", "red"))
    return ClockRow(key, label, 40, used, used and used * 1.5, "小时", 0.75, 5, 2, *links)


_LATE = WallDirective("0190-d1", "请立即核查群租房电动自行车入户充电隐患并处置，按时反馈结果。", "温州·乐清 · 经办人、网格员",
                      ReceiptCounts(5, 4, 3, 1), "超 0:30", "late", STATE.to(directive="0190-d1"))  # fmt: skip
_DONE = WallDirective("0190-d2", "请到场", "城南街道", ReceiptCounts(1, 1, 1, 1), "均已答复", "answered",
                      STATE.to(directive="0190-d2"))  # fmt: skip

SAMPLES: dict[str, object] = {
    "header": Header((Crumb("330000", "浙江省", "?"), Crumb("330100", "杭州市", "?region=330100")), ("13 县",), "30d",
                     NOW, True, "演示数据 · 全部虚构"),
    "kpis": (_kpi("closed_loop", 92.76, "%", 2, 5321), _kpi("open", 1234, "件", 0, 0.19), _kpi("repeat", None, "%", 2, 0)),
    "repeats": TableView("重复与退回", "占比 %", (
        RateRow("repeat", "重复诉求率", 8.31, 26, 313, _WORSE, STATE.cases("repeat", part="top")),
        RateRow("returned", "退回改派率", None, 0, 0, _UNKNOWN, STATE.cases("returned", part="top")))),
    "map": MapView("浙江省 · 过程分", "2 市", "map", "band", "?region=330000", True,
                   (_item("330100", "杭州", 94.3, "A"), _item("330200", "宁波", None, "N")),
                   (LegendRow("A", "A ≥94.0", 1), LegendRow("N", "数据不足", 1)), "市", "过程分", "93.9", "较上期 +0.4",
                   (Moved("330100", "杭州", "B", "A", STATE.drill("330100")),), (), "边界仅供示意"),
    "ranking": RankingView("市排名", "过程分", "band", (
        _rank("330100", "杭州", "A", 1, 94.3, first=True), _rank("330300", "温州", "B", 2, 93.1, first=True, tied=True),
        _rank("330400", "嘉兴", "B", 2, 93.1, tied=True), _rank("330200", "宁波", None, None, None)),
        ((1, 2),), (90.0, 96.0), (("A", 94.0), ("B", 92.0))),
    "clocks": ClocksView("三钟督办", "在计 120 件", (
        _clock("accept", "受理", 1.5), _clock("handle", "办理", 20.0), _clock("verify", "核查", None))),
    "funnel": FunnelView("闭环漏斗", "本期上报", (
        _stage("reported", "上报", 1200, None), _stage("reported_accepted", "受理", 1150, 95.8),
        _stage("reported_closed", "办结", 900, 78.3, low=True)), "受理至办结", 78.3, "在办", 1234, STATE.cases("open")),
    "stream": StreamView("实时案件", "今日上报 37 件", (
        StreamRow("0190-c1", NOW, "02", "重大", "西湖·灵隐", "楼道堆物", "处置", "剩 1:36", True, STATE.to(case="0190-c1")),
        StreamRow("0190-c2", NOW, "04", "一般", "鄞州·东柳", "邻里纠纷", "办结", "按期", False, STATE.to(case="0190-c2")))),
    "kinds": BarsView("高发类型", "本期上报", (
        Bar("fire", "消防隐患", 300, 1.0, _UP, STATE.cases("reported", kind="fire")),
        Bar("gas", "燃气安全", 75, 0.25, _UNKNOWN, STATE.cases("reported", kind="gas")))),
    "trend": TrendView("30 日闭环率", "按应结日", tuple(date(2026, 5, 20) + timedelta(days=n) for n in range(30)),
                       tuple(90 + n / 10 for n in range(30)), (None, *(89.0,) * 29), (None,) * 30, ("本期", "上期", "去年")),
    "playlist": (("overview", "总览", "figures", "?", True), ("ranking", "晾晒", "evaluation", "?page=ranking", False)),
    "edition": EditionView("本期晾晒", "过程指数 v3", "2026年5月", "浙江 · 90 个辖区 · 第 2 版",
        (("锁数", "06-01"), ("公示", "06-01 至 06-05"), ("发布", "06-12")),
        (("名次与上一名不可区分", "80 / 87"), ("申诉件数", "2"), ("采纳件数", "1"), ("较上期升档", "—")), "9f3c0a12e1a7",
        (("red", "330921", "普陀", "连续三月按期办结"), ("black", "330382", "乐清", "返工集中且未见整改"))),
    "loop": LoopView("问题清单", "", 19, 1, (("发现", 6), ("处理", 6), ("举一反三", 3), ("完善规章", 4)), (
        LoopRow("0190-p1", "乐清市", "同一地址反复报修", "乐清市综合执法", "06-20", True, (
            LoopStep("发现", "done"), LoopStep("处理", "waits"), LoopStep("举一反三", "late"), LoopStep("完善规章", "next"))),)),
    "plot": (Funnel("on_time", "按期结案率", "%", "应结（件）", (
        Point("330382", "乐清", 400, 84.0, 85.1, 99.8, False, STATE.to(score="330382")),
        Point("330921", "普陀", 120, 93.0, 92.4, 0, True, STATE.to(score="330921"))), (
        Limit(1, 50, 100, 30, 100), Limit(400, 89, 94, 87.5, 95)), 91.5, "浙江省"),
        (("按期结案率", "?plot=on_time", True), ("返工率", "?plot=rework", False))),
    "now": NowView("上期 → 本月至今", "试算 · 未锁数 · 未发布", 1, (
        NowRow("330382", "乐清", "D", 80, "E", 87, 69.4, -7, STATE.to(score="330382")),
        NowRow("330225", "象山", None, None, "A", 3, 96.0, None, STATE.to(score="330225")))),
    "score": ScoreView("乐清市 · 得分由来", "330382", "E", 69.4, 1, "2026年5月 · 已发布 · 第 87 名", (("总分", "?score=330382"),), (
        ScoreRow("handle", "处置", False, 61.0, 70.2, 0.3, 11.7, STATE.to(score="330382", node="handle")),
        ScoreRow("review", "群众评价", False, None, 70.2, 0.0, None, STATE.to(score="330382", node="review"))), "", (), (), "?"),
    "case_list": CaseListView("超期未结", ("浙江省", "此刻", "全部类型"), 21, (_CASE,), 1, 2, None, "?list=overdue&p=2",
                              "/wall/cases.csv?list=overdue"),
    "case": CaseView(_CASE, (("类型", "消防隐患"), ("承办", "—")), (StepRow(NOW, "上报", "网格员", "三楼"),), "?"),
    "directives": DirectivesView("指令", "未答复 1 件", "逾期 1 件", (_LATE, _DONE)),
    "directive": DirectiveView(_LATE, (("对象", _LATE.to), ("期限", "2026-06-18 13:35")), (
        WallGroup("乐清市消防救援", ReceiptCounts(1, 1, 1, 1), 1), WallGroup("第二网格", ReceiptCounts(4, 3, 2, 0), 0)),
        (WallAnswer("乐清市消防救援", "已到场，断电 3 处", NOW, True),), "?", STATE.to(case="0190-c1"), "0190-d1"),
    "order": OrderView("330382", "乐清市", (("温州", "?order=new&at=330300", False), ("乐清", "?order=new&at=330382", True)),
                       (("handler", "经办人", 2), ("leader", "领导", 0)), (("乐清市消防救援", 1),), (("核查处置", "请核查。"),),
                       (Deadline("2h", "2 小时内", span="2h"), Deadline("today", "今天 18:00", at="2026-06-18T18:00:00+08:00"),
                        Deadline("custom", "自定")),
                       OrderCase("330382", "0190-c1", "330382W20260618A1B2C3", "楼道堆物"), "?case=0190-c1", "?", 480),
}  # fmt: skip
