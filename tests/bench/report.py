"""Figures beside the goals they are measured against, as a table and as JSON."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy

GROWING, GROWTH = ("all panels cold", "all panels warm"), 1.5  # at ten times the cases: DESIGN.md §10
_HEAD = ("section", "figure", "value", "unit", "goal", "value/goal", "", "note")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal`: what it is measured against (None: shown for itself); `more`: more than the goal is good."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    more: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.goal if self.goal else None

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more else self.value <= self.goal


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together: what was measured, on which database (and its version), over how many cases."""

    name: str
    database: str
    cases: int
    rows: tuple[Row, ...]
    version: str = ""


def table(sections: Iterable[Section]) -> str:
    """Aligned plain text; ✓ met, ✗ missed."""
    lines = [_HEAD]
    for section in sections:
        where = f"{section.name} {section.database} {section.cases:,}"
        lines += [(where, *_cells(row)) for row in section.rows]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(_HEAD))]
    return "\n".join("  ".join(_pad(cell, width, n) for n, (cell, width) in enumerate(zip(line, widths, strict=True)))
                     .rstrip() for line in lines)  # fmt: skip


def _cells(row: Row) -> tuple[str, ...]:
    goal = "" if row.goal is None else f"{'≥' if row.more else '≤'} {number(row.goal)}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, number(row.value), row.unit, goal, ratio, {None: "", True: "✓", False: "✗"}[row.met], row.note


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.2f}"


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _pad(text: str, width: int, position: int) -> str:
    space = " " * (width - _width(text))
    return space + text if position in (2, 4, 5) else text + space


def to_json(sections: Sequence[Section], machine: dict) -> str:
    rows = [asdict(section) for section in sections]
    for section, whole in zip(rows, sections, strict=True):
        section["rows"] = [
            {**row, "ratio": one.ratio, "met": one.met} for row, one in zip(section["rows"], whole.rows, strict=True)
        ]
    return json.dumps({"machine": machine, "sections": rows}, ensure_ascii=False, indent=1)


def add_growth(sections: Sequence[Section], earlier: str) -> list[Section]:
    """The sections, with how much longer all panels take than in a run with fewer cases, given as its JSON."""
    before = {(one["name"], one["database"], row["name"]): (row["value"], one["cases"])
              for one in json.loads(earlier)["sections"] for row in one["rows"]}  # fmt: skip
    return [replace(section, rows=(*section.rows, *_growth(section, before))) for section in sections]


def _growth(section: Section, before: dict) -> Iterator[Row]:
    for row in section.rows:
        value, cases = before.get((section.name, section.database, row.name), (None, 0))
        if value and row.name.endswith(GROWING):
            yield Row(
                f"{row.name}: by {cases:,} cases", row.value / value, "×", GROWTH, note=f"{value:.1f} {row.unit} then"
            )


def machine_facts(versions: Iterable[str]) -> dict:
    """What the figures were measured on. No names of people, hosts or folders."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = next((line.split(":")[1].strip() for line in _read("/proc/cpuinfo") if line.startswith("model name")), "?")
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"), "cores": os.cpu_count(), "cpu": cpu,
        "ram_gb": round(memory), "load": round(os.getloadavg()[0], 1), "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(), "sqlalchemy": sqlalchemy.__version__, "sqlite": sqlite3.sqlite_version,
        "databases": ", ".join(sorted(set(versions))),
    }  # fmt: skip


def _read(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
