"""What an action was given, checked against workflow.INPUTS: what, got, allowed. Nothing unknown passes, nothing is
guessed. Leaves out what only the database can tell (does the unit exist, is the other case open)."""

import re
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.workflow import EXTENSIONS, INPUTS, SEVERITIES, SUPERVISION, Input, Transition

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # and halves of characters, which no database takes


def checked(step: Transition, given: Mapping[str, object], kinds: Collection[str]) -> dict[str, object]:
    """The inputs as the domain uses them: text stripped, a case's id a UUID, evidence a tuple without doubles.

    What was left empty is left out. Raises UserError for what is missing, unknown or not allowed.
    """
    allowed = (*step.needs, *step.takes)
    for key in given:
        if key not in allowed:
            raise UserError("inputs", f"{step.action} does not take this", got=key, allowed=allowed or "nothing")
    out = {}
    for key in allowed:
        value = (
            _FORMS[INPUTS[key].form](INPUTS[key], given.get(key), step, kinds) if given.get(key) is not None else None
        )
        if value not in (None, "", ()):
            out[key] = value
        elif key in step.needs:
            raise UserError("inputs", f"{step.action} needs this", allowed=key, hint=f"give {key}")
    return out


def clean_text(key: str, value: object, most: int) -> str:
    """Text without control signs and outer blanks. Raises UserError for what is no text or too long."""
    if not isinstance(value, str):
        raise UserError("inputs", f"{key} is not a text", got=value, allowed=f"up to {most} characters")
    text = value.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise UserError("inputs", f"{key} is too long", got=len(text), allowed=f"up to {most} characters")
    if bad := _CONTROL.search(text):
        raise UserError("inputs", f"{key} has a control character", got=bad[0], allowed="plain text")
    return text


def clean_evidence(value: object, most: int) -> tuple[str, ...]:
    """SHA-256 digests in hex. Raises UserError for anything else, or too many."""
    if isinstance(value, str) or not isinstance(value, Collection):
        raise UserError("evidence", "evidence is not a list", got=value, allowed="SHA-256 digests in hex")
    for item in value:
        if not isinstance(item, str) or not _SHA256.fullmatch(item.lower()):
            raise UserError("evidence", "not a file's digest", got=item, allowed="SHA-256 in hex")
    found = tuple(dict.fromkeys(item.lower() for item in value))
    if len(found) > most:
        raise UserError("evidence", "too many files", got=len(found), allowed=f"up to {most}")
    return found


def _text(entry: Input, value: object, step: Transition, kinds: Collection[str]) -> str:
    return clean_text(entry.key, value, entry.most)


def _one_of(entry: Input, value: object, allowed: Collection[str]) -> object:
    if not isinstance(value, str) or value not in allowed:
        raise UserError("inputs", f"{entry.key} is not allowed", got=value, allowed=list(allowed))
    return value


def _case(entry: Input, value: object, step: Transition, kinds: Collection[str]) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        raise UserError("inputs", f"{entry.key} is not a case id", got=value, allowed="a UUID") from None


def _rating(entry: Input, value: object, step: Transition, kinds: Collection[str]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= entry.most:
        raise UserError("inputs", f"{entry.key} is not allowed", got=value, allowed=f"1 to {entry.most}")
    return value


def _flag(entry: Input, value: object, step: Transition, kinds: Collection[str]) -> bool:
    if not isinstance(value, bool):
        raise UserError("inputs", f"{entry.key} is not yes or no", got=value, allowed="true, false")
    return value


_FORMS: Mapping[str, Callable[[Input, object, Transition, Collection[str]], object]] = {
    "text": _text,
    "unit": _text,
    "reason": lambda entry, value, step, kinds: _one_of(entry, value, step.reasons),
    "case": _case,
    "limit": lambda entry, value, step, kinds: _one_of(entry, value, EXTENSIONS),
    "level": lambda entry, value, step, kinds: _one_of(entry, value, SUPERVISION[1:]),
    "rating": _rating,
    "flag": _flag,
    "evidence": lambda entry, value, step, kinds: clean_evidence(value, entry.most),
    "kind": lambda entry, value, step, kinds: _one_of(entry, value, kinds),
    "severity": lambda entry, value, step, kinds: _one_of(entry, value, SEVERITIES),
}
