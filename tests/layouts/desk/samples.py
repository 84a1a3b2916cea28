"""A view of each panel of the desk, as plain values."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.charges import Charge
from dashboard.domain.desk_state import DeskState
from dashboard.domain.explain import ClockTold, Skipped
from dashboard.views.desk import (
    AuditView,
    CaseSheet,
    Chip,
    DirectivesPage,
    FilterView,
    GroundView,
    HeaderView,
    Link,
    LoadView,
    Name,
    NamedPlace,
    OverdueUnit,
    PatrolsView,
    PeopleView,
    SuperviseList,
    SuperviseRow,
    SuperviseView,
    UnitChoice,
    UnitLoad,
)
from dashboard.views.dossier import AllowedAction, CaseHead, Dossier, DossierStep, MaskedReporter, Similar
from dashboard.views.people import AuditEntry
from tests.layouts.desk.ranking_samples import RANKING
from tests.layouts.desk.verdict_samples import SAMPLES as VERDICTS

NOW = datetime(2026, 6, 18, 6, 5, 32, tzinfo=UTC)  # 14:05:32 in Shanghai
ZONE = ZoneInfo("Asia/Shanghai")
STATE = DeskState(tab="dispatch")
KEY = "330382:01977f1e-0000-7000-8000-000000000001"


def ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


LUNCH = Skipped(datetime(2026, 6, 18, 4, tzinfo=UTC), datetime(2026, 6, 18, 6, tzinfo=UTC), "lunch")
RUNNING = ClockTold(
    "accept", "running", "2wh", 120, 90, True, ago(205), ago(-5), ago(-35), None, 85, 35, None, 0, (LUNCH,)
)
WAITING = ClockTold("handle", "waiting", "8wh", 480, 360, True)
LATE = ClockTold("verify", "running", "1wd", 420, 315, True, ago(900), ago(500), ago(60), None, 480, -60)
PAUSED = ClockTold("handle", "paused", "8wh", 480, 360, True, ago(300), ago(-60), ago(-180), None, 300, 180)
DONE = ClockTold("accept", "done", "15m", 15, 11, False, ago(300), ago(289), ago(285), ago(294), 6, None, True)

HEAD = CaseHead(
    "330382",
    KEY.partition(":")[2],
    "260618-04F7K2",
    4,
    "accepted",
    "待分流",
    "沿街商铺飞线充电 12 处",
    "已责令断电",
    "ebike",
    "电动自行车充电",
    "03",
    "较大",
    "township",
    "乡镇街道",
    "public",
    "群众上报",
    "乐清市·乐成街道",
    "G1",
    "新河路 206 号",
    120.97,
    28.11,
    "乐清市社会治理中心",
    None,
    ago(205),
    ago(-600),
    "yellow",
    "ordinary",
    None,
    None,
    False,
    None,
    None,
    None,
    None,
    False,
    True,
)
STEPS = (
    DossierStep(
        1,
        ago(205),
        ago(230),
        "report",
        "上报",
        "网格员",
        "grid",
        "网格巡查",
        None,
        None,
        None,
        "飞线充电",
        ("a" * 64,),
        {},
    ),
    DossierStep(2, ago(100), None, "accept", "受理", "林", "dispatcher", "派单员", None, None, None, None, (), {}),
)
ACTIONS = (
    AllowedAction("dispatch", "分流", ("unit",), ("note",), (), True),
    AllowedAction("merge", "并案", ("into",), ("note",)),
    AllowedAction("classify", "改类定级", (), ("kind", "severity", "note")),
    AllowedAction("escalate", "提级办理", ("note",), ()),
    AllowedAction("supervise", "督办", ("level",), ("note",)),
)
DOSSIER = Dossier(
    HEAD,
    (RUNNING, WAITING),
    STEPS,
    (
        Charge("乐清市社会治理中心", "reported", ago(205), ago(100), 105, 45),
        Charge("乐清市消防救援", "accepted", ago(100), NOW, 100, 40, True),
    ),
    ACTIONS,
    MaskedReporter("林**", "138****0421"),
    True,
)
SIMILAR = (
    Similar(
        "330382",
        "01977f1e-0000-7000-8000-000000000002",
        "260617-0391",
        "新河路 118 号飞线充电",
        "handling",
        "处置",
        ago(900),
        40,
        0.91,
    ),
)
CHOICES = (
    UnitChoice("乐清市消防救援", "消防救援", 41, 60, 57, True),
    UnitChoice("乐成街道综治", "乐成街道综治", 3, None),
    UnitChoice("乐清市综合执法", "综合执法", 120, 120),
)
SHEET = CaseSheet(
    DOSSIER,
    ZONE,
    NOW,
    "乐清市",
    "电动自行车充电",
    62,
    CHOICES,
    SIMILAR,
    True,
    states={"reported": "待受理", "accepted": "待分流"},
)
LINKS = (Link("today", "今天到期", "?due=today"), Link("late", "已超时", "?due=late", on=True))
PLACE = NamedPlace("330382", "乐清市", "county", "浙江省·温州市", ("乐清市消防救援", "乐清市综合执法"))
ROW = SuperviseRow(
    KEY,
    4,
    "260618-04F7K2",
    "案件",
    "03",
    "较大",
    "异议",
    "消防救援",
    "乐成",
    "06-18 17:30",
    True,
    "2 个工作日",
    "普通督办",
)

SAMPLES = {
    "header": HeaderView(
        "林",
        "派单员",
        ("dispatcher",),
        (Link("board", "分派", "?", on=True),),
        (Link("330300", "温州", ""), Link("330382", "乐清", "?region=330382", on=True)),
        True,
        NOW.astimezone(ZONE),
        "",
    ),
    "filters": FilterView(
        (Link("dispatch", "待分流", "?tab=dispatch", 46, True), Link("red", "红牌", "?tab=red", 6)),
        (
            Chip("due", "到期", "已超时", LINKS, "?tab=dispatch"),
            Chip("kind", "种类", "", LINKS, "?"),
            Chip("unit", "单位", "", LINKS, "?", True),
        ),
        (Link("早班", "早班", "?due=today"),),
        46,
        "?tab=dispatch",
        "?tab=dispatch",
        "先到期在前",
    ),
    "map": GroundView(
        640, 320, "M0,0L10,0L10,10Z", (), ("M20,0L30,0L30,10Z",), (Name("乐成", 5, 5, True),), "边界仅示意"
    ),
    "load": LoadView(
        (
            UnitLoad("乐清市消防救援", "消防救援", 41, 60, 140, 3),
            UnitLoad("乐清市综合执法", "综合执法", 130, 120, 0, 0, True),
            UnitLoad("某单位", "某单位", 2, None, 1, 0),
        ),
        0,
    ),
    "side": SHEET,
    "case": SHEET,
    "supervise": SuperviseView(
        (
            SuperviseList("objected", "异议", 9, (ROW,), "?tab=objected"),
            SuperviseList("red", "红牌", 0, (), "?tab=red"),
        ),
        (OverdueUnit("乐清市消防救援", "消防救援", 41, 3, 2, 1, "?unit=x"),),
        True,
    ),
    "directives": DirectivesPage((), (), True, PLACE, (("handler", "经办人"),), ZONE),
    "patrols": PatrolsView((), ZONE),
    **RANKING,
    **VERDICTS,
    "people": PeopleView((), (), {"handler": "经办人"}, PLACE),
    "audit": AuditView((AuditEntry(1, None, NOW, "林", "登录", None, None, None, None, None),), 90, 2, 3, ZONE),
}
