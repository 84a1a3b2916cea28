"""What auditors did with the demo's newest published edition: findings looked for and a few of them judged, cases drawn at
random and some of them checked. All of it says that it is invented, and went the way that any of it goes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, cycle, islice, repeat
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.people import SYSTEM, Person
from dashboard.services import findings, samples
from dashboard.services.demo_evaluation import ranked
from dashboard.views.editions import EditionHead
from data.queries.people import find_user, list_grants
from data.seed.verdicts import verdicts

DAY = timedelta(days=1)
EVALUATOR, AUDITOR = "demo-evaluator", "demo-auditor"
MOST_OPEN = 3  # of so many findings one is judged


def seed_findings(deps: Deps, head: EditionHead, now: datetime) -> None:
    """The day after publication and the days that follow it, as far as they have come. Nothing in an edition that ranks
    too few to speak of."""
    at = head.published_at + DAY
    if at > now or not ranked(deps, head):
        return
    findings.look(_at(deps, at), head.id, _person(deps, EVALUATOR))
    words, auditor = verdicts()["audit"], _person(deps, AUDITOR)
    drawn = samples.draw(_at(deps, at), auditor, head.id, f"{words['seed']} {head.start:%Y-%m}", words["size"])
    found = findings.list_findings(deps, SYSTEM, head.id).rows
    for row, one in zip(verdicts()["finding"], found[::MOST_OPEN], strict=False):
        findings.judge(_at(deps, min(at + DAY, now)), auditor, UUID(one.id), row["verdict"], row["note"])
    for one, (verdict, note) in zip(drawn.samples[:: words["size"]], islice(_checks(), words["judged"]), strict=False):
        given = samples.Judgement(verdict, note)
        samples.judge(_at(deps, min(at + 2 * DAY, now)), auditor, UUID(drawn.id), one.county_code, UUID(one.id), given)


def _checks() -> Iterator[tuple[str, str]]:
    """(verdict, note) of one case after the other, each as often as its row says."""
    return cycle(
        chain.from_iterable(repeat((row["verdict"], row["note"]), row["times"]) for row in verdicts()["sample"])
    )


def _person(deps: Deps, login: str) -> Person:
    """The demo's account of that name; the product itself where there is none."""
    with deps.database.read() as session:
        user = find_user(session, login)
        return Person(user.id, user.name, list_grants(session, user.id)) if user else SYSTEM


def _at(deps: Deps, moment: datetime) -> Deps:
    return replace(deps, clock=lambda: moment)
