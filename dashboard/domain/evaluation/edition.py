"""The life of an edition: one table of states, one of actions. 采集 → 锁数 → 试算 → 公示 → 申诉 → 复核 → 发布 → 归档.

Nothing is frozen twice: after `lock` the inputs never change; what an appeal corrects is a new issue of the edition.
"""

from dataclasses import dataclass

STATES = ("collecting", "locked", "trial", "preview", "appeal", "review", "published", "archived")
SHOWN = ("published", "archived")  # what the wall may show
TO_RANKED = ("preview", "appeal", "review", *SHOWN)  # what the ranked may see of themselves and of each other


@dataclass(frozen=True, slots=True)
class Action:
    """`roles`: grants that allow it, in the edition's region or above. `guards`: further conditions, see services."""

    key: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    guards: tuple[str, ...] = ()


ACTIONS = {
    one.key: one
    for one in (
        Action("lock", ("collecting",), "locked", ("evaluator",), ("period_over",)),
        Action("try", ("locked", "trial"), "trial", ("evaluator",)),
        Action("preview", ("trial",), "preview", ("evaluator",)),
        Action("hear", ("preview",), "appeal", ("evaluator",)),  # opens the appeal window
        Action(
            "review", ("appeal", "review"), "review", ("evaluator",), ("window_over",)
        ),  # again, as appeals are decided
        Action("publish", ("review",), "published", ("leader",), ("appeals_decided", "recomputes")),
        Action("archive", ("published",), "archived", ("evaluator",)),
    )
}
