"""`python -m tests.bench --cases 1000000`: fills, measures, prints a table and, with --out, JSON."""

import argparse
import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from data.session import Database
from tests.bench import editions, evaluation, live, page, panels, plain, writes
from tests.bench.fill import Content, ensure_filled
from tests.bench.report import Row, Section, add_growth, machine_facts, table, to_json
from tests.bench.stages import Stage, open_stage

SECTIONS = ("fill", "panels", "editions", "plain", "import", "writes", "page", "live", "evaluation")
ALONE = {  # sections that need no filled database: module, the database of its own server
    "page": (page, "sqlite"),
    "live": (live, "sqlite"),
    "evaluation": (evaluation, "none"),
}
DATABASES = ("sqlite", "postgresql")


def main(given: Sequence[str] | None = None) -> int:
    wanted = parse(given)
    gc.freeze()  # what stood before is not gone through before every measurement
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o755)  # the server runs as another user
        sections = list(measure_all(wanted, wanted.keep or Path(folder)))
    gc.unfreeze()
    facts = machine_facts(section.version for section in sections if section.version)
    if wanted.against:
        sections = add_growth(sections, wanted.against.read_text(encoding="utf-8"))
    print(table(sections))
    print("\n" + ", ".join(f"{name} {value}" for name, value in facts.items()))
    if wanted.out:
        wanted.out.write_text(to_json(sections, facts), encoding="utf-8")
    return 0


def parse(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="how many to fill each database with")
    parser.add_argument("--databases", type=_some_of(DATABASES), default=DATABASES, help=",".join(DATABASES))
    parser.add_argument("--only", type=_some_of(SECTIONS), default=SECTIONS, help=",".join(SECTIONS))
    parser.add_argument("--rounds", type=int, default=panels.ROUNDS, help="how often each time is taken")
    parser.add_argument("--out", type=Path, help="JSON file for the figures")
    parser.add_argument("--against", type=Path, help="JSON of a run with fewer cases: adds how much longer panels take")
    parser.add_argument("--keep", type=Path, help="folder of filled databases, kept and used again")
    return parser.parse_args(given)


def _some_of(allowed: Sequence[str]):
    def read(text: str) -> tuple[str, ...]:
        names = tuple(text.split(","))
        if unknown := [name for name in names if name not in allowed]:
            raise argparse.ArgumentTypeError(f"unknown {', '.join(unknown)}; allowed: {', '.join(allowed)}")
        return names

    return read


def measure_all(wanted: argparse.Namespace, folder: Path) -> Iterator[Section]:
    if set(wanted.only) - set(ALONE):
        for kind in wanted.databases:
            say(f"{kind}: {wanted.cases:,} cases …")
            with open_stage(kind, folder) as stage:
                yield from measure_one(stage, wanted)
    for name in (name for name in SECTIONS if name in ALONE and name in wanted.only):
        say(f"{name} …")
        module, database = ALONE[name]
        yield Section(name, database, module.CASES, tuple(module.run()))


def measure_one(stage: Stage, wanted: argparse.Namespace) -> Iterator[Section]:
    """The sections of one database, in order."""
    filled = {"fill", "panels", "editions", "plain"} & set(wanted.only)
    content, rows = ensure_filled(stage, wanted.cases, say) if filled else (None, [])
    database = Database(stage.url)
    version = stage.version(database)
    for name in (name for name in SECTIONS if name in wanted.only and name not in ALONE):
        say(f"{stage.kind}: {name} …")
        rows = rows if name == "fill" else _rows(name, stage, database, content, wanted.rounds)
        yield Section(name, stage.kind, wanted.cases, tuple(rows), version)
    database.engine.dispose()


def _rows(name: str, stage: Stage, database: Database, content: Content | None, rounds: int) -> list[Row]:
    if name == "panels":
        return panels.run(database, content.moment, rounds)
    if name == "editions":
        return editions.run(database, content.moment, min(rounds, editions.ROUNDS))
    if name == "plain":
        return plain.run(database, content.moment, min(rounds, plain.ROUNDS))
    return writes.run_import(stage) if name == "import" else writes.run_writes(stage, say)


def say(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
