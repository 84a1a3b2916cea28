"""Filters of the desk that a person saved under a name. They belong to who saved them; nobody else sees them."""

from dashboard.deps import Deps
from dashboard.domain.desk_state import parse_desk
from dashboard.domain.errors import UserError
from dashboard.domain.people import Person
from data.models import SavedFilter
from data.queries.board import list_filters

LONGEST, MOST = 20, 30


def saved_filters(deps: Deps, person: Person) -> tuple[tuple[str, str], ...]:
    """(name, query string), in the order they were saved."""
    if person.id is None:
        return ()
    with deps.database.read() as session:
        return tuple((row.name, row.query) for row in list_filters(session, person.id))


def save_filter(deps: Deps, person: Person, name: str, query: str) -> None:
    """Keep the filters of `query` under `name`; a name that is there already is written anew.

    Raises UserError for a name that is empty or too long, a query that means nothing, or too many filters.
    """
    name = name.strip()
    if person.id is None or not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise UserError("filter", "a filter needs a name", got=name, allowed=f"1 to {LONGEST} characters")
    kept = parse_desk(query)
    text = parse_desk(kept.to(case="", p=1)).to()
    with deps.database.write() as session:
        mine = list_filters(session, person.id)
        row = next((one for one in mine if one.name == name), None)
        if row is None and len(mine) >= MOST:
            raise UserError("filter", "too many saved filters", allowed=MOST, hint="delete one first")
        if row is None:
            session.add(SavedFilter(user_id=person.id, name=name, query=text, saved_at=deps.clock()))
        else:
            row.query = text


def forget_filter(deps: Deps, person: Person, name: str) -> None:
    """Delete one's own filter; a name that is not there is no error."""
    with deps.database.write() as session:
        for row in list_filters(session, person.id) if person.id else ():
            if row.name == name:
                session.delete(row)
