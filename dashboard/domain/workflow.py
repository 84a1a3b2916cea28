"""The loop a case goes through: one table of states, one of transitions. Nothing else decides.

上报 → 受理 → 分流 → 接单 | 异议 → 处置 → 核查 → 回访 → 办结 → 重开 (DOMAIN.md §3.7).
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
    """`stamp`: column that takes the time; `clears`: stamps taken back; `counts`: counter that goes up by one."""

    action: str
    sources: frozenset[str]
    target: str
    stamp: str | None = None
    clears: tuple[str, ...] = ()
    counts: str | None = None


TRANSITIONS = {
    t.action: t
    for t in (
        Transition("accept", frozenset({"reported"}), "accepted", stamp="accepted_at"),
        Transition("reject", frozenset({"reported"}), "rejected"),
        Transition("merge", frozenset({"reported", "accepted"}), "merged"),
        Transition("dispatch", frozenset({"accepted"}), "dispatched", stamp="dispatched_at"),
        Transition("take", frozenset({"dispatched"}), "handling"),
        Transition("object", frozenset({"dispatched"}), "objected"),
        Transition("redispatch", frozenset({"objected"}), "dispatched", counts="returned"),
        Transition("uphold", frozenset({"objected"}), "dispatched"),
        Transition("handle", frozenset({"handling"}), "handled", stamp="handled_at"),
        Transition("rework", frozenset({"handled"}), "handling", clears=("handled_at",), counts="reworked"),
        Transition("verify", frozenset({"handled"}), "verified", stamp="verified_at"),
        Transition("close", frozenset({"verified"}), "closed", stamp="closed_at"),
        Transition(
            "reopen",
            frozenset({"closed"}),
            "handling",
            stamp="reopened_at",
            clears=("handled_at", "verified_at", "closed_at"),
            counts="reopened",
        ),
        Transition("void", OPEN, "void"),
    )
}
CARDS = ("none", "yellow", "red")  # supervision climbs in this order and never falls
SEVERITIES = ("01", "02", "03", "04")  # GB/T 31000: 特别重大 重大 较大 一般
TIERS = ("grid", "township", "county", "city")  # who can close it; a field of its own
SOURCES = ("grid", "public", "hotline", "police", "iot", "superior", "department", "import")
