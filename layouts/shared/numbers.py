"""Numbers as the screen writes them: thousands, true minus, fixed decimals, a dash where there is no figure."""

from dashboard.views.wall import Change

NONE = "—"
MINUS = "−"


def number(value: float | None, digits: int = 0) -> str:
    """1234.5 → "1,234.5"; None → "—". Never "-0"."""
    if value is None:
        return NONE
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", MINUS)


def signed(value: float | None, digits: int = 0) -> str:
    """Like `number`, with a plus for gains; what rounds to nothing is "0" without a sign."""
    if value is None:
        return NONE
    text = number(value, digits)
    if not any(figure in text for figure in "123456789"):
        return "0"
    return text if text.startswith(MINUS) else f"+{text}"


def change(item: Change) -> str:
    """Points with two decimals; per cent with its sign and one decimal, from 10 up with none."""
    if item.value is None:
        return NONE
    return signed(item.value, 2) if item.unit == "pp" else f"{signed(item.value, 0 if abs(item.value) >= 9.95 else 1)}%"


def short(value: float) -> str:
    """At most one decimal, none where it is 0: 0.6, 5."""
    return number(value, 0 if round(value, 1) == round(value) else 1)
