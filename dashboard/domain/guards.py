"""Further conditions of a transition, on the case and on who acts: one table, and a clear answer each.

Answers for whether a move that the table of transitions allows is allowed this time. Pure: what a guard must know of
other cases stands in the Move.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.people import Grant
from dashboard.domain.running import running
from dashboard.domain.workflow import OPEN, REOPEN_DAYS, SUPERVISION, TIERS, WITH_REPORTER, Transition


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and by which grant (None: the product itself, which is bound by no one's place)."""

    id: UUID | None
    name: str
    role: str
    grant: Grant | None = None

    @property
    def unit(self) -> str | None:
        return self.grant.unit if self.grant else None


@dataclass(frozen=True, slots=True)
class Move:
    """An action about to be done. `case`: its columns. `given`: checked inputs. `at`: the time that counts.

    `target`: the case to merge into, where there is one.
    """

    case: Mapping
    actor: Actor
    given: Mapping
    at: datetime
    target: Mapping | None = None


def check(step: Transition, move: Move) -> None:
    """Raises UserError at the first guard of `step` that says no."""
    for name in step.guards:
        GUARDS[name](move)


def _merge_target(move: Move) -> None:
    mine, target = move.case, move.target
    if target is None or target["county_code"] != mine["county_code"]:
        raise UserError("merge", "no such case in this county", got=str(move.given["into"]), hint="choose another")
    if target["id"] == mine["id"]:
        raise UserError("merge", "a case cannot be merged into itself", hint="choose another")
    if target["merged_into"] is not None:
        raise UserError("merge", "that case was itself merged", got=str(target["id"]),
                        allowed=str(target["merged_into"]), hint="choose the case it went into")  # fmt: skip
    if target["state"] not in OPEN:
        raise UserError("merge", "that case is over", got=target["state"], hint="choose an open case")


def _changes(move: Move) -> None:
    if not any(move.given.get(name) not in (None, move.case[name]) for name in ("kind", "severity")):
        raise UserError("classify", "neither the kind nor the severity changes", got=dict(move.given),
                        hint="choose another kind or severity")  # fmt: skip


def _below_city(move: Move) -> None:
    if move.case["tier"] == TIERS[-1]:
        raise UserError("escalate", "it stands at the highest level already", got=move.case["tier"])


def _holder(move: Move) -> None:
    """Who holds it works on it: a unit's people, or the grid worker of the grid or village it lies in."""
    grant, case = move.actor.grant, move.case
    if grant is None:
        return
    if (
        grant.role == "grid_worker"
        and grant.unit is None
        and grant.region not in (case["grid_code"], case["village_code"])
    ):
        raise UserError("holder", "the case does not lie in your grid", got=case["grid_code"], allowed=grant.region)
    if grant.unit is not None and grant.unit != case["holder_unit"]:
        raise UserError("holder", "another unit holds the case", got=case["holder_unit"], allowed=grant.unit)


def _not_dispatcher(move: Move) -> None:
    if move.actor.id is not None and move.actor.id == move.case["dispatched_by"]:
        raise UserError(
            "arbiter", "who dispatched a case does not decide on the objection", hint="ask another supervisor"
        )


def _not_handler(move: Move) -> None:
    if move.actor.id is not None and move.actor.id == move.case["handled_by"]:
        raise UserError("verifier", "who handled a case does not verify it", hint="ask another verifier")
    if move.actor.unit is not None and move.actor.unit == move.case["holder_unit"]:
        raise UserError("verifier", "the unit that handled a case does not verify it", got=move.actor.unit,
                        hint="ask a verifier of another unit")  # fmt: skip


def _said(move: Move) -> None:
    if not (move.given.get("note") or move.given.get("evidence")):
        raise UserError("inputs", "nothing was said", allowed="note, evidence", hint="write a note or add a photo")


def _runs_out(move: Move) -> bool:
    clock = running(move.case)
    due = move.case[f"{clock}_due_at"] if clock else None
    return move.case["card"] == "red" or (due is not None and due <= move.at and move.case["paused_at"] is None)


def _may_extend(move: Move) -> None:
    if move.case["clock_kind"] is None:
        raise UserError("extension", "no clock runs on this case")
    if move.case["extension"] in ("pending", "granted"):
        raise UserError("extension", "an extension can be had once", got=move.case["extension"])
    if _runs_out(move):
        raise UserError(
            "extension", "the red card has fallen; it is too late to ask", hint="ask before the time is over"
        )


def _extension_pending(move: Move) -> None:
    if move.case["extension"] != "pending":
        raise UserError("extension", "nobody asks for an extension", got=move.case["extension"] or "none")


def _in_time(move: Move) -> None:
    if _runs_out(move):
        raise UserError("extension", "the red card has fallen; the request has expired")


def _running(move: Move) -> None:
    if move.case["clock_kind"] is None or running(move.case) is None:
        raise UserError("pause", "no clock runs on this case", got=move.case["state"])
    if move.case["paused_at"] is not None:
        raise UserError("pause", "the clock stands already", got=move.case["paused_at"].isoformat())


def _paused(move: Move) -> None:
    if move.case["paused_at"] is None:
        raise UserError("pause", "the clock is not paused", hint="look at the case again")


def _climbs(move: Move) -> None:
    """The same level is never given twice and none falls; lifting it is what starts anew."""
    now, wanted = SUPERVISION.index(move.case["supervision"]), move.given["level"]
    if SUPERVISION.index(wanted) <= now:
        raise UserError("supervision", "supervision only climbs", got=wanted,
                        allowed=SUPERVISION[now + 1 :] or "lift_supervision")  # fmt: skip


def _supervised(move: Move) -> None:
    if move.case["supervision"] == SUPERVISION[0]:
        raise UserError("supervision", "the case is not supervised")


def _reached(move: Move) -> None:
    if move.given.get("rating") is not None and not move.given["reached"]:
        raise UserError(
            "inputs", "who was not reached has not rated", got=move.given["rating"], hint="leave the rating out"
        )


def _called_back(move: Move) -> None:
    case = move.case
    if (case["source"] in WITH_REPORTER or case["is_request"]) and case["called_at"] is None:
        raise UserError(
            "call_back", "somebody waits for an answer", got=case["source"], hint="call back before closing"
        )


def _unrated(move: Move) -> None:
    case = move.case
    if case["rated_at"] is not None and (case["reopened_at"] is None or case["rated_at"] > case["reopened_at"]):
        raise UserError("rating", "it has been rated", got=case["satisfaction"])


def _recent(move: Move) -> None:
    if move.at - move.case["closed_at"] > timedelta(days=REOPEN_DAYS):
        raise UserError("reopen", "closed too long ago", got=move.case["closed_at"].date().isoformat(),
                        allowed=f"within {REOPEN_DAYS} days", hint="report it anew")  # fmt: skip


GUARDS: Mapping[str, Callable[[Move], None]] = {
    "merge_target": _merge_target,
    "changes": _changes,
    "below_city": _below_city,
    "holder": _holder,
    "not_dispatcher": _not_dispatcher,
    "not_handler": _not_handler,
    "said": _said,
    "may_extend": _may_extend,
    "extension_pending": _extension_pending,
    "in_time": _in_time,
    "running": _running,
    "paused": _paused,
    "climbs": _climbs,
    "supervised": _supervised,
    "reached": _reached,
    "called_back": _called_back,
    "unrated": _unrated,
    "recent": _recent,
}
