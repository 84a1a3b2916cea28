"""The figures of an edition as they stand in its rows: standings, scores of the tree, values of the indicators."""

from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services import parties
from dashboard.services.edition_views import head
from dashboard.views.editions import EditionFigures, NodeScore, StandingRow, ValueRow
from data.models import EditionScore, EditionStanding, EditionValue
from data.queries.editions import list_figures

_LAST = 10**6  # who is not ranked stands at the end


def figures(deps: Deps, person: Person, edition_id: UUID) -> EditionFigures:
    """Raises NotFound; before a trial there are none, and all is empty."""
    with deps.database.read() as session:
        edition, region = parties.get_seen(session, person, edition_id)
        standings = list_figures(session, edition.id, EditionStanding)
        names = parties.names_of(session, (row["region_code"] for row in standings))
        standings.sort(key=lambda row: (row["rank"] or _LAST, row["region_code"]))
        return EditionFigures(
            head(session, person, edition, region),
            tuple(StandingRow(code := row.pop("region_code"), place=names[code].name, **row) for row in standings),
            tuple(NodeScore(row["region_code"], row["node"], row["score"])
                  for row in list_figures(session, edition.id, EditionScore)),
            tuple(ValueRow(row.pop("region_code"), **row) for row in list_figures(session, edition.id, EditionValue)),
        )  # fmt: skip
