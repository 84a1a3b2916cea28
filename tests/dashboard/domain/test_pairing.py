"""Codes that people read and type, ids of walls, and what a phone may ask of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import pairing
from dashboard.domain.errors import UserError
from dashboard.domain.state import WallState

NOT_DRIVEN = ((None, None), ("?", "home"), (None, "dance"), ("?period=31d", None), ("?p=0", None), ("?order=1", None))


@given(st.integers(0, 2**40 - 1))
def test_a_code_is_read_as_it_was_written_however_it_is_typed(number: int):
    code = pairing.write_code(number)
    typed = f"{code[:4]}-{code[4:]}".lower().replace("0", "o").replace("1", "l")
    assert pairing.read_code(typed) == pairing.read_code(f" {code} ") == code


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGHJ", "ABCDEFGU", "ＡBCDEFGH", "ABCD\x00FGH"])
def test_what_is_no_code_is_answered(text: str):
    with pytest.raises(UserError, match="not a pairing code"):
        pairing.read_code(text)


@pytest.mark.parametrize("text", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "../" + "0" * 29])
def test_what_is_no_walls_id_is_answered(text: str):
    with pytest.raises(UserError, match="not a wall's id"):
        pairing.check_wall(text)


@pytest.mark.parametrize("search, move", NOT_DRIVEN)
def test_what_a_wall_cannot_show_is_not_sent_to_it(search, move):
    with pytest.raises(UserError):
        pairing.check_drive(search, move)


def test_a_drive_is_a_state_without_an_order_or_a_move():
    assert pairing.check_drive("?region=K1&case=c&order=new&other=1", None) == WallState(region="K1", case="c")
    assert all(pairing.check_drive(None, move) == move for move in pairing.MOVES)
