"""What is shown of directives: rows for programs and phones, and the wall's panel, detail and composer.

The wall's views name units and regions, never people. Words are in the reader's language; `href` is a query string.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CaseRef:
    county_code: str
    id: str
    number: str


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    addressed: int
    delivered: int
    read: int
    answered: int


@dataclass(frozen=True, slots=True)
class MyReceipt:
    delivered_at: datetime | None
    read_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class DirectiveRow:
    """`standing`: open, late, answered, withdrawn. `mine` None: not addressed to whoever asks."""

    id: str
    text: str
    issuer: str
    issued_at: datetime
    due_at: datetime
    region: str
    region_label: str
    roles: tuple[str, ...]
    unit: str | None
    case: CaseRef | None
    subject: str | None
    standing: str
    counts: ReceiptCounts
    mine: MyReceipt | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`name`: of who answered, for whoever issued the order; None for others."""

    name: str | None
    text: str
    at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The addressees of one unit in one region. `region_label` and `unit` say whom; `waiting`: names, for the issuer."""

    region: str
    region_label: str
    unit: str | None
    counts: ReceiptCounts
    late: int
    answers: tuple[Answer, ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectiveDetail:
    """`issued`: by whoever asks."""

    directive: DirectiveRow
    groups: tuple[Group, ...]
    issued: bool = False


@dataclass(frozen=True, slots=True)
class WallDirective:
    """A row of the wall's panel. `to`: roles and region in words. `left`: the deadline in words."""

    id: str
    text: str
    to: str
    counts: ReceiptCounts
    left: str
    standing: str
    href: str


@dataclass(frozen=True, slots=True)
class DirectivesView:
    """`rows`: late first, then by deadline, as many as find room. `late`: how many are, in words; "" for none."""

    title: str
    subtitle: str
    late: str
    rows: tuple[WallDirective, ...]


@dataclass(frozen=True, slots=True)
class WallAnswer:
    label: str
    text: str
    at: datetime  # aware, in the region's zone
    late: bool


@dataclass(frozen=True, slots=True)
class WallGroup:
    label: str
    counts: ReceiptCounts
    late: int


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """`back`: what stood before. `case_href` None: about no case. `withdraw`: its id, for whoever issued it."""

    row: WallDirective
    facts: tuple[tuple[str, str], ...]
    groups: tuple[WallGroup, ...]
    answers: tuple[WallAnswer, ...]
    back: str
    case_href: str | None
    withdraw: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """`span` as the API takes it ("2h"), or `at`, an ISO time; both "" for a time that is typed."""

    key: str
    label: str
    span: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class OrderCase:
    county_code: str
    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """The composer. `path`: (name, href, chosen) of the regions that can be ordered, down to the one chosen.

    `roles`: (key, words, people in the region); `units`: (name, people); `templates`: (name, text). `subject`: the wall
    without the composer; `back`: where closing leads. `minutes`: east of UTC, for a time that is typed.
    `refused`: why no order can be given here, in words; "" where it can.
    """

    region: str
    region_label: str
    path: tuple[tuple[str, str, bool], ...]
    roles: tuple[tuple[str, str, int], ...]
    units: tuple[tuple[str, int], ...]
    templates: tuple[tuple[str, str], ...]
    deadlines: tuple[Deadline, ...]
    case: OrderCase | None
    subject: str
    back: str
    minutes: int
    refused: str = ""
