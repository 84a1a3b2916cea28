"""Actions of the desk, on one case or on many: what casework.act answers, in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.commands import Command
from dashboard.domain.desk_state import parse_key
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services import casework, desk_words, words
from dashboard.services.ids import new_id
from dashboard.views.desk import Failed, Result

MOST = 200  # cases in one go


@dataclass(frozen=True, slots=True)
class Order:
    """What was sent: an action for cases, each with the version it was seen at (None: whatever it stands at)."""

    id: UUID | None
    action: str
    cases: tuple[tuple[str, int | None], ...]
    inputs: Mapping[str, object]


def parse_order(given: Mapping) -> Order:
    """Read what a browser sent. Raises UserError for anything that is not an order."""
    try:
        action, inputs = given["action"], dict(given.get("inputs") or {})
        cases = tuple(
            (str(one["key"]), None if one.get("version") is None else int(one["version"])) for one in given["cases"]
        )
        order_id = UUID(given["id"]) if given.get("id") else None
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("order", "not an order", got=repr(error)) from None
    if action not in TRANSITIONS or not 1 <= len(cases) <= MOST:
        raise UserError(
            "order", "an unknown action, or too many cases", got=(action, len(cases)), allowed=f"1 to {MOST} cases"
        )
    if "reached" in inputs:
        inputs["reached"] = inputs["reached"] == "true"
    if inputs.get("rating"):
        inputs["rating"] = int(inputs["rating"])
    return Order(order_id, action, cases, {key: value for key, value in inputs.items() if value not in ("", [], None)})


def carry_out(deps: Deps, person: Person, order: Order) -> Result:
    """Do it, case by case, each in a transaction of its own: one that fails does not undo the others."""
    done: list[str] = []
    failed: list[Failed] = []
    standing = None
    for key, version in order.cases:
        county, case_id = parse_key(key)
        number = case_number(case_id)
        command = Command(
            order.action, version, order.inputs, order.id if len(order.cases) == 1 else new_id(deps.clock())
        )
        try:
            casework.act(deps, person, (county, case_id), command)
            done.append(number)
        except casework.Conflict as error:
            standing = getattr(error, "standing", None)
            failed.append(Failed(number, told(error)))
        except UserError as error:
            failed.append(Failed(number, told(error)))
    return Result(order.action, str(words.ACTIONS[order.action]), tuple(done), tuple(failed), _worded(standing))


def told(error: UserError) -> str:
    """An error in the reader's words."""
    if isinstance(error, NotFound):
        return _("没有这件案子，或它不归您看")
    return str(desk_words.FAULTS.get(error.code) or _("没有做成：%(why)s", why=str(error)))


def _worded(standing: Mapping | None) -> Mapping | None:
    """How a case stands that somebody else moved, with words for its keys."""
    if not standing:
        return None
    return {**standing, "state_label": str(words.STATES.get(standing["state"], standing["state"])),
            "action_label": str(words.ACTIONS.get(standing["action"], standing["action"])),
            "role_label": str(words.ROLES.get(standing.get("role") or "", ""))}  # fmt: skip


def summary(result: Result) -> str:
    """One line on what came of it."""
    if result.failed and not result.done:
        return "；".join(dict.fromkeys(one.words for one in result.failed))
    if len(result.done) == 1 and not result.failed:
        return _("%(number)s 已%(action)s", number=result.done[0], action=result.label)
    line = _("已%(action)s %(n)s 件", action=result.label, n=len(result.done))
    return line + (
        _("，%(n)s 件没有做成：%(why)s", n=len(result.failed), why=_reasons(result.failed)) if result.failed else ""
    )


def _reasons(failed: Sequence[Failed]) -> str:
    return "；".join(dict.fromkeys(one.words for one in failed))
