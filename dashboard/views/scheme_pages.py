"""The desk's page of schemes: versions, the tree as a form, its text, what a version changed, and the monthly tables."""

from dataclasses import dataclass
from datetime import tzinfo

from dashboard.views.desk import Link
from dashboard.views.evaluation import Field
from dashboard.views.schemes import SchemeHead, TableHead


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator or a node among its siblings. `share`: points of 100 of the whole. Of a node only `weight` is set.
    `was`: its weight in the version that a draft changes; None where the draft leaves it."""

    key: str
    name: str
    node: bool
    weight: float
    share: float
    unit: str
    bad: float | None
    good: float | None
    minimum: int
    direction: str
    normalise: str
    note: str
    was: float | None = None


@dataclass(frozen=True, slots=True)
class Siblings:
    """Children of one node, which share its weight. `whole`: what their weights have to add up to. `weighting`: words."""

    key: str
    path: str
    weighting: str
    weighting_key: str
    whole: float
    rows: tuple[Leaf, ...]
    href: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    part: str
    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons of the children of `node`, each with each. `values`: {"a~b": how many times more a matters than b}."""

    node: str
    name: str
    rows: tuple[Field, ...]
    values: dict[str, float]
    weights: tuple[float, ...]
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What comparisons come to. `fault`: why they do not hold; then there are no weights. `ratio`: of consistency."""

    rows: tuple[tuple[str, float], ...]
    ratio: float | None
    fault: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    row: TableHead
    download: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Weights and ways that were tried and stand in the form; nothing of it is saved. `node`: "" where no weight is changed.
    `normalise`, `aggregate`: words, "" as they were. `fixed`: what the form sends of it beside its fields. `drop`: the form
    without it."""

    node: str
    weights: int
    normalise: str
    aggregate: str
    fixed: dict[str, str]
    drop: str


@dataclass(frozen=True, slots=True)
class SchemesPage:
    """`may_save`: the reader may make the next version, of the newest one only. `draft`: only for them."""

    schemes: tuple[Link, ...]
    versions: tuple[tuple[SchemeHead, Link], ...]
    key: str
    version: int
    newest: int
    name: str
    shows: tuple[Link, ...]
    show: str
    groups: tuple[Siblings, ...]
    cuts: tuple[tuple[str, float], ...]
    text: str
    older: int
    olders: tuple[Link, ...]
    changes: tuple[ChangeLine, ...]
    pairs: Pairs | None
    nodes: tuple[Link, ...]
    tables: tuple[TableEntry, ...]
    reads_tables: bool
    month: str
    may_save: bool
    may_import: bool
    normalise: tuple[Field, ...]
    download: str
    zone: tzinfo
    draft: Drafted | None = None
