"""A new serious case as the wall announces it: no names, and of sensitive kinds only the kind."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """`text`: the title, or the kind's name where the kind is sensitive. `at`: in the region's zone. `href`: opens it."""

    id: str
    severity: str
    severity_label: str
    kind: str
    text: str
    place: str
    at: datetime
    href: str
