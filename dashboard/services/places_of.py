"""Where a person's work lies: the region that a surface opens with."""

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.scope import EVERYTHING
from data.queries.regions import get_root, list_datasets


def open_root(deps: Deps, *, real: bool) -> str:
    """Code of the region whose wall stands open to anybody; "" where there is none.

    `real`: also where the pack holds records that are not invented; somebody has to have said so.
    """
    with deps.database.read() as session:
        try:
            root = get_root(session, EVERYTHING)
        except NotFound:
            return ""
        invented = all(dataset.synthetic for dataset in list_datasets(session, root.pack))
        return root.code if real or invented else ""
