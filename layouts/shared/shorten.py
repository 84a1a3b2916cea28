"""Text shortened to a room that is known, for places where CSS would cut what tests and eyes then take for a fault."""

_LATIN = 0.52  # of the width of a CJK character


def shorten(text: str, most: float) -> str:
    """`text`, or its beginning and "…", not wider than `most` CJK characters."""
    if sum(map(_width, text)) <= most:
        return text
    room, kept = most - 1, []
    for letter in text:
        room -= _width(letter)
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def _width(letter: str) -> float:
    return _LATIN if ord(letter) < 0x2E80 else 1.0
