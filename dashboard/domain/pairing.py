"""A phone that drives a wall: the wall's random id, the short code that its QR says, what may be driven. Pure."""

import re
from dataclasses import replace
from datetime import timedelta

from dashboard.domain.errors import UserError
from dashboard.domain.state import WallState, parse_state

CODE_TIME, DRIVE_TIME, KEPT = timedelta(minutes=5), timedelta(hours=4), timedelta(days=1)
MOVES = ("back", "home", "next", "list")  # close or go up; to the root; to the next page; the open cases
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_MISREAD = str.maketrans("ILO", "110")
_LENGTH = 8  # 40 bits, for five minutes, for one who has signed in


def check_wall(text: str) -> str:
    """A wall's id: 32 hex digits that its browser tab drew by lot."""
    if not re.fullmatch("[0-9a-f]{32}", text):
        raise UserError("wall", "not a wall's id", got=text, allowed="32 hex digits, made at random")
    return text


def write_code(number: int) -> str:
    """Eight figures and letters of a random number."""
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(_LENGTH))


def read_code(text: str) -> str:
    """A code as a person may have typed it. Raises UserError for what cannot be one."""
    found = re.sub("[ -]", "", text).upper().translate(_MISREAD)
    if len(found) != _LENGTH or any(letter not in _DIGITS for letter in found):
        raise UserError("code", "not a pairing code", got=text, allowed=f"{_LENGTH} figures and letters")
    return found


def check_drive(search: str | None, move: str | None) -> WallState | str:
    """What a phone asks of a wall: a state of it, or one of MOVES. An order is not written from afar. Raises UserError."""
    if (search is None) == (move is None):
        raise UserError("drive", "give one of search and move", allowed=MOVES)
    if search is not None:
        return replace(parse_state(search), order="")
    if move not in MOVES:
        raise UserError("drive", "no such move", got=move, allowed=MOVES)
    return move
