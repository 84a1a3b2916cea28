"""The loop a case goes through: one table of states, one of transitions. Nothing else decides.

上报 → 受理 → 分流 → 接单 | 异议 → 裁定 → 处置 → 核查 → 回访 → 办结 → 评价 → 重开 (DOMAIN.md §3.7).
A transition says from where to where, who may make it, what it must be given, and what it does to the clocks.
"""

from dataclasses import dataclass

CLOCKS = ("accept", "handle", "verify")


@dataclass(frozen=True, slots=True)
class State:
    """`clock` is the clock that runs in this state (None: no clock). `ended`: nothing more is expected."""

    key: str
    clock: str | None
    ended: bool = False
    counts: bool = True  # False: the case never had to be closed (rejected, merged, void), so it is in no rate


STATES = {
    state.key: state
    for state in (
        State("reported", "accept"),
        State("accepted", "handle"),
        State("dispatched", "handle"),
        State("objected", "handle"),
        State("handling", "handle"),
        State("handled", "verify"),
        State("verified", "verify"),
        State("closed", None, ended=True),
        State("rejected", None, ended=True, counts=False),
        State("merged", None, ended=True, counts=False),
        State("void", None, ended=True, counts=False),
    )
}
OPEN = frozenset(key for key, state in STATES.items() if not state.ended)
UNCOUNTED = frozenset(key for key, state in STATES.items() if not state.counts)


@dataclass(frozen=True, slots=True)
class Transition:
    """One thing that can be done to a case.

    `target` None: the state stays. `roles`: grants that allow it; "system" is the product's own job, "public" the
    person who reported. `needs` and `takes`: keys of INPUTS that must and may be given. `reasons`: allowed codes of
    the input "reason". `stamp`: column that takes the time; `clears`: stamps taken back; `counts`: counter that goes
    up by one. `clock`: what happens to the running clock: "pause", "run" (goes on after a pause) or "reset" (starts
    anew). `guards`: keys of guards.GUARDS, further conditions on the case and the person.
    """

    action: str
    sources: frozenset[str]
    target: str | None
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ("note",)
    reasons: tuple[str, ...] = ()
    stamp: str | None = None
    clears: tuple[str, ...] = ()
    counts: str | None = None
    clock: str | None = None
    guards: tuple[str, ...] = ()


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_WORKERS = ("handler", "grid_worker")
TRANSITIONS = {
    t.action: t
    for t in (
        Transition("accept", _from("reported"), "accepted", ("dispatcher",), stamp="accepted_at"),
        Transition("reject", _from("reported"), "rejected", ("dispatcher",), ("reason",),
                   reasons=("out_of_scope", "no_fact", "incomplete")),
        Transition("merge", _from("reported", "accepted"), "merged", ("dispatcher",), ("into",),
                   guards=("merge_target",)),
        Transition("classify", _from("reported", "accepted"), None, ("dispatcher",), (), ("kind", "severity", "note"),
                   guards=("changes",)),
        Transition("dispatch", _from("accepted"), "dispatched", ("dispatcher",), ("unit",), stamp="dispatched_at"),
        Transition("escalate", _from("accepted", "dispatched"), "accepted", ("dispatcher",), ("note",), (),
                   guards=("below_city",)),
        Transition("take", _from("dispatched"), "handling", _WORKERS, guards=("holder",)),
        Transition("object", _from("dispatched"), "objected", _WORKERS, ("reason",), ("note", "evidence"),
                   reasons=("not_ours", "wrong_area", "no_capacity"), clock="pause", guards=("holder",)),
        Transition("redispatch", _from("objected"), "dispatched", ("supervisor",), ("unit",), counts="returned",
                   clock="run", guards=("not_dispatcher",)),
        Transition("uphold", _from("objected"), "dispatched", ("supervisor",), ("note",), (), clock="run",
                   guards=("not_dispatcher",)),
        Transition("progress", _from("handling"), None, _WORKERS, (), ("note", "evidence"), guards=("holder", "said")),
        Transition("stage", _from("handling"), None, _WORKERS, ("note",), ("evidence",), stamp="staged_at",
                   guards=("holder",)),
        Transition("handle", _from("handling"), "handled", _WORKERS, ("note",), ("evidence",), stamp="handled_at",
                   clock="run", guards=("holder",)),
        Transition("ask_extension", _from("handling"), None, _WORKERS, ("limit", "reason"), ("note",),
                   reasons=("weather", "materials", "procedure", "absent"), guards=("holder", "may_extend")),
        Transition("grant_extension", _from("handling"), None, ("supervisor",),
                   guards=("extension_pending", "in_time")),
        Transition("refuse_extension", _from("handling"), None, ("supervisor",), ("note",), (),
                   guards=("extension_pending",)),
        Transition("expire_extension", _from("handling"), None, ("system",), guards=("extension_pending",)),
        Transition("pause", _from("accepted", "dispatched", "handling", "handled"), None, ("supervisor",), ("reason",),
                   reasons=("weather", "litigation", "absent", "appraisal"), clock="pause", guards=("running",)),
        Transition("resume", _from("accepted", "dispatched", "handling", "handled"), None,
                   ("supervisor", "handler", "dispatcher"), clock="run", guards=("paused",)),
        Transition("supervise", OPEN, None, ("supervisor", "leader"), ("level",), guards=("climbs",)),
        Transition("lift_supervision", OPEN, None, ("supervisor",), ("note",), (), guards=("supervised",)),
        Transition("rework", _from("handled"), "handling", ("verifier",), ("reason",), ("note", "evidence"),
                   reasons=("not_solved", "no_evidence"), clears=("handled_at",), counts="reworked", clock="reset",
                   guards=("not_handler",)),
        Transition("verify", _from("handled"), "verified", ("verifier",), (), ("note", "evidence"), stamp="verified_at",
                   clock="run", guards=("not_handler",)),
        Transition("call_back", _from("verified"), None, ("dispatcher", "verifier"), ("reached",), ("rating", "note"),
                   stamp="called_at", guards=("reached",)),
        Transition("close", _from("verified"), "closed", ("dispatcher",), stamp="closed_at", guards=("called_back",)),
        Transition("rate", _from("closed"), None, ("public",), ("rating",), stamp="rated_at", guards=("unrated",)),
        Transition("reopen", _from("closed"), "handling", ("dispatcher", "supervisor", "public"), ("reason",),
                   reasons=("relapse", "not_satisfied"), stamp="reopened_at",
                   clears=("staged_at", "handled_at", "verified_at", "called_at", "closed_at"), counts="reopened",
                   clock="reset", guards=("recent",)),
        Transition("void", OPEN, "void", ("supervisor",), ("reason",), reasons=("entered_by_mistake",)),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """What an action can be given. `form`: how it is asked for and checked; `most`: longest text or most items."""

    key: str
    form: str  # text, reason, unit, case, limit, level, rating, flag, evidence, kind, severity
    most: int = 0


INPUTS = {
    i.key: i
    for i in (
        Input("note", "text", 2000),
        Input("reason", "reason"),
        Input("unit", "unit", 200),
        Input("into", "case"),
        Input("limit", "limit"),
        Input("level", "level"),
        Input("rating", "rating", 5),
        Input("reached", "flag"),
        Input("evidence", "evidence", 9),
        Input("kind", "kind"),
        Input("severity", "severity"),
    )
}
EXTENSION_STATES = ("pending", "granted", "refused", "expired")
EXTENSIONS = ("1wd", "2wd", "3wd", "5wd")  # what may be asked for; once a case
SUPERVISION = ("none", "ordinary", "yellow", "red")  # 普通督办 → 黄牌 → 红牌, climbs only; the same level never twice
CARDS = ("none", "yellow", "red")  # cards of a clock climb in this order and never fall
SEVERITIES = ("01", "02", "03", "04")  # GB/T 31000: 特别重大 重大 较大 一般
TIERS = ("grid", "township", "county", "city")  # who can close it; a field of its own
SOURCES = ("grid", "public", "hotline", "police", "iot", "superior", "department", "import")
WITH_REPORTER = frozenset({"public", "hotline", "police"})  # sources with somebody to call back
REOPEN_DAYS = 30
