"""Errors a person can act on. Each says what was wrong, what came, what is allowed and what to do next."""

from collections.abc import Iterable


class UserError(ValueError):
    """Bad input with an answer. `code` is stable for programs; `str()` is one line for people."""

    def __init__(self, code: str, what: str, *, got: object = None, allowed: object = None, hint: str = ""):
        self.code, self.what, self.got, self.allowed, self.hint = code, what, got, allowed, hint
        super().__init__(self._line())

    def _line(self) -> str:
        parts = [self.what]
        if self.got is not None:
            parts.append(f"got {_short(self.got)}")
        if self.allowed is not None:
            parts.append(f"allowed: {_listed(self.allowed)}")
        if self.hint:
            parts.append(self.hint)
        return "; ".join(parts)


class NotFound(UserError):
    """What was asked for does not exist — or is not the asker's to see, which looks the same."""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _listed(allowed: object) -> str:
    several = isinstance(allowed, Iterable) and not isinstance(allowed, str)
    return ", ".join(str(item) for item in allowed) if several else str(allowed)
