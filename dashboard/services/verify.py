"""Checks what is stored against itself: roll-ups against cases, histories against their hash chains, editions against
what was sealed."""

from dataclasses import dataclass

from dashboard.deps import Deps
from dashboard.services.sealing import verify_all
from data.queries.audit import compare_rollups, count_figures
from data.queries.chains import find_broken_chains


@dataclass(frozen=True, slots=True)
class VerifyReport:
    figures: int
    steps: int
    editions: int
    faults: tuple[str, ...]


def verify_stored(deps: Deps) -> VerifyReport:
    """Read everything once; slow on a large database, and changes nothing."""
    with deps.database.read() as session:
        faults = compare_rollups(session)
        steps, broken = find_broken_chains(session)
        figures = count_figures(session)
    editions, changed = verify_all(deps)
    return VerifyReport(figures, steps, editions, (*faults, *broken, *changed))
