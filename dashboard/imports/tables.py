"""What a file reader gives, whatever the file: its header and its records, and how far it has come."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Record(NamedTuple):
    """One data row. `fault`: why its cells cannot be relied on, or ""."""

    row: int
    line: int
    cells: list[str]
    fault: str = ""


class TableReader(Protocol):
    """`header`: cells of the first row that is not empty; [] for none. `about`: how it was read, for people."""

    header: list[str]
    about: str

    def records(self) -> Iterator[Record]: ...

    def done(self) -> float:
        """Share of the file read so far, 0 to 1."""
