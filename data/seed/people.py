"""Who the demo's accounts are: one for each role, with invented names, at places that have demo cases.

Answers for the table only. Passwords are made when the accounts are.
"""

from dataclasses import dataclass

COUNTY, TOWNSHIP, OTHER_COUNTY = "330382", "乐成街道", "330381"
ROOT, GRID, OTHER_GRID = "root", "grid", "other grid"  # the province; the busiest grid of TOWNSHIP, of OTHER_COUNTY


@dataclass(frozen=True, slots=True)
class Role:
    """`where`: a region's code or one of ROOT, GRID, OTHER_GRID. `unit`: as in kinds.toml, behind the county's name."""

    login: str
    name: str
    role: str
    where: str
    unit: str
    opens: tuple[str, ...]


_DESK, _BOTH, _FIELD = ("/desk/",), ("/desk/", "/field/"), ("/field/",)
ACCOUNTS = (
    Role("demo-leader", "演示·领导", "leader", ROOT, "", ("/wall/", "/desk/")),
    Role("demo-dispatcher", "演示·派单员", "dispatcher", COUNTY, "", _DESK),
    Role("demo-supervisor", "演示·值班长", "supervisor", COUNTY, "", _DESK),
    Role("demo-handler", "演示·经办人", "handler", COUNTY, "消防救援", _BOTH),
    Role("demo-handler2", "演示·经办人二", "handler", COUNTY, "应急管理", _BOTH),
    Role("demo-verifier", "演示·核查员", "verifier", COUNTY, "", _BOTH),
    Role("demo-grid", "演示·网格员", "grid_worker", GRID, "", _FIELD),
    Role("demo-grid2", "演示·网格员二", "grid_worker", OTHER_GRID, "", _FIELD),
    Role("demo-evaluator", "演示·考评员", "evaluator", ROOT, "", ("/desk/", "/wall/")),
    Role("demo-auditor", "演示·审计员", "auditor", ROOT, "", _DESK),
    Role("demo-admin", "演示·管理员", "administrator", ROOT, "", _DESK),
)
