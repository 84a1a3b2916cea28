"""Tickets of the public end: sealed, unsealed within a day, and refused when anything of them was changed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.tickets import DIGITS, LASTS, SECRET_LENGTH, Ticket, digest, make_secret, seal, spaced, unseal

TICKET = Ticket(UUID("019eed2b-3a00-7000-8000-0000000000aa"), "7K2MQX4P9D3H")
MADE = datetime(2026, 6, 22, 2, tzinfo=UTC)


def test_a_ticket_comes_back_as_it_was_sealed():
    ticket = Ticket(UUID(int=int(MADE.timestamp() * 1000) << 80 | 7 << 76), "7K2MQX4P9D3H")
    assert unseal("key", seal("key", ticket), MADE) == ticket
    assert unseal("key", seal("key", ticket), MADE + LASTS) == ticket
    with pytest.raises(UserError, match="too long ago"):
        unseal("key", seal("key", ticket), MADE + LASTS + timedelta(seconds=1))


@pytest.mark.parametrize("at", range(0, 76, 5))
def test_a_ticket_that_was_changed_anywhere_is_refused(at: int):
    text = seal("key", TICKET)
    other = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
    for wrong in (other, text[:at], text + "0", "", "é" * 76):
        with pytest.raises(UserError, match="not made here"):
            unseal("key", wrong, MADE)
    with pytest.raises(UserError, match="not made here"):
        unseal("another key", text, MADE)


@pytest.mark.parametrize("typed", ["7K2M-QX4P-9D3H", "7k2mqx4p9d3h", " 7K2M QX4P 9D3H ", "7K2M-QX4P9D3H"])
def test_a_secret_may_be_typed_with_or_without_spaces_and_hyphens(typed: str):
    assert digest(typed) == digest("7K2MQX4P9D3H")


def test_letters_that_are_misread_count_as_the_digit():
    assert digest("1L0O-IIII-0000") == digest("1100-1111-0000")
    assert digest("7K2MQX4P9D3H") != digest("7K2MQX4P9D3J")


def test_a_secret_has_sixty_bits_of_the_noise():
    assert make_secret(bytes(range(32))) == DIGITS[:SECRET_LENGTH]
    assert spaced(make_secret(bytes(32))) == "0000-0000-0000"
