"""The page of schemes, made by hand: a version with its tree, pairs, a change and a table."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard.views.desk import Link
from dashboard.views.evaluation import Field
from dashboard.views.scheme_pages import ChangeLine, Leaf, Pairs, SchemesPage, Siblings, TableEntry
from dashboard.views.schemes import SchemeHead, TableHead

NOW, ZONE, DAY = datetime(2026, 6, 18, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai"), date(2026, 6, 18)
THING = "019ecaf4-0000-7000-8000-000000000001"
LINKS = (Link("", "全部", "?section=schemes", 2, True), Link("text", "文本", "?section=schemes&show=text", 1))

HEAD = SchemeHead("process", 2, "过程指数", "d" * 64, NOW, "甲", "受理更要紧", True)
_LEAF = Leaf("closing", "结案率", False, 40.0, 12.0, "%", 90.0, 100.0, 10, "正向", "门柱法", "结案数 ÷ 应结案数")
SCHEMES = SchemesPage(
    (Link("process", "过程指数", "?section=schemes&item=process", on=True),),
    ((HEAD, Link("2", "版本 2", "?section=schemes&item=process:2", on=True)),),
    "process",
    2,
    2,
    "过程指数",
    LINKS,
    "",
    (
        Siblings(
            "total",
            "总分",
            "按方案给定",
            "given",
            100.0,
            (Leaf("settling", "核查结案", True, 100.0, 100.0, "", None, None, 0, "", "", ""),),
            "?section=schemes&show=weights",
        ),
        Siblings(
            "settling",
            "总分 › 核查结案",
            "按方案给定",
            "given",
            100.0,
            (_LEAF,),
            "?section=schemes&show=weights&node=settling",
        ),
    ),
    (("A", 85.0), ("E", 0.0)),
    "key = 1",
    1,
    LINKS,
    (ChangeLine("指标", "结案率", "权重", "30", "40"),),
    Pairs("settling", "核查结案", (Field("a", "甲"), Field("b", "乙")), {"a~b": 3.0}, (75.0, 25.0), 0.0),
    LINKS,
    (TableEntry(TableHead(UUID(THING), "process", DAY, "补报", "合成", True, "d" * 64, NOW, "甲", None, 1, 2), LINKS),),
    True,
    "2026-05",
    True,
    True,
    (Field("goalposts", "门柱法"),),
    "/api/v1/schemes/process?version=2&form=toml",
    ZONE,
)
