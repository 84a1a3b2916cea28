"""Fields that several resources share, checked the same way everywhere."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from dashboard.api.v1.endpoint import Body
from dashboard.domain.workflow import SEVERITIES

_KEPT = "\n\t"


def _plain(text: str) -> str:
    """No control characters: PostgreSQL refuses NUL, and nobody means the others."""
    if any(not sign.isprintable() and sign not in _KEPT and not sign.isspace() for sign in text):
        raise ValueError("has control characters")
    return text


def _one_line(text: str) -> str:
    if any(sign in text for sign in "\n\r\t"):
        raise ValueError("must be one line")
    return text


def _parts(value: object) -> object:
    return tuple(part for part in value.split(",") if part) if isinstance(value, str) else value


def line(most: int, *, least: int = 0):
    """One line of text."""
    limits = StringConstraints(min_length=least, max_length=most, strip_whitespace=True)
    return Annotated[str, limits, AfterValidator(_plain), AfterValidator(_one_line)]


def prose(most: int):
    return Annotated[str, StringConstraints(max_length=most, strip_whitespace=True), AfterValidator(_plain)]


def several(values) -> object:
    """A list with commas in a query string."""
    return Annotated[tuple[values, ...], BeforeValidator(_parts)]


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", to_lower=True)]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Severity = Annotated[str, Field(pattern=f"^({'|'.join(SEVERITIES)})$")]
Id = UUID
Limit = Annotated[int, Field(ge=1, le=200)]


class Timed(Body):
    """What a device entered when: `device_at` by its own clock, `device_now` by the same clock when it was sent."""

    device_at: AwareDatetime | None = None
    device_now: AwareDatetime | None = None

    def entered_at(self, now: datetime) -> datetime | None:
        """When it was entered, by the server's clock; never later than `now`."""
        if self.device_at is None:
            return None
        try:
            at = self.device_at if self.device_now is None else self.device_at + (now - self.device_now)
        except OverflowError:
            return None
        return min(at, now)
