"""Units and accounts of the demo. Passwords are random, told once to whoever makes the accounts, and never again."""

from dataclasses import dataclass

from dashboard.deps import Deps
from dashboard.domain.people import Grant
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.people import NewUser, hash_password, insert_user, new_password
from dashboard.services.units import fill_units
from data.queries.demo import find_busiest_grid
from data.queries.people import has_demo_users
from data.queries.regions import find_regions, get_region, list_below, list_datasets
from data.queries.units import has_units
from data.seed.demo import DATASET
from data.seed.people import ACCOUNTS, COUNTY, GRID, OTHER_COUNTY, OTHER_GRID, ROOT, TOWNSHIP, Role
from data.session import Session


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`password` is here and nowhere else: what is stored is its hash. `place`: the unit's or the region's name."""

    login: str
    password: str
    name: str
    role: str
    place: str
    opens: tuple[str, ...]


def ensure_demo_people(deps: Deps) -> tuple[DemoAccount, ...]:
    """Units and accounts for a database with demo cases that has no demo accounts yet; the new accounts, or ()."""
    with deps.database.read() as session:
        if _bare_root(session) is None:
            return ()
    passwords = [new_password() for _ in ACCOUNTS]
    hashes = [hash_password(password) for password in passwords]
    with deps.database.write() as session:
        root = _bare_root(session)
        if root is None:
            return ()
        if not has_units(session, root.pack):
            fill_units(deps, session, root, limits=True)
        places, out = _places(session, root), []
        for role, password, hashed in zip(ACCOUNTS, passwords, hashes, strict=True):
            grant, place = _grant(role, places[role.where])
            new = NewUser(role.login, role.name, password, (grant,), demo=True)
            insert_user(session, deps.clock(), new, hashed)
            out.append(DemoAccount(role.login, password, role.name, role.role, place, role.opens))
        return tuple(out)


def _grant(role: Role, region: Region) -> tuple[Grant, str]:
    unit = region.name + role.unit if role.unit else None
    return Grant(role.role, region.code, unit), unit or region.name


def _bare_root(session: Session) -> Region | None:
    """Root of the demo's regions; None where the demo is not installed or has its accounts."""
    county = find_regions(session, EVERYTHING, [COUNTY]).get(COUNTY)
    if county is None or has_demo_users(session):
        return None
    if not any(dataset.key == DATASET for dataset in list_datasets(session, county.pack)):
        return None
    return get_region(session, EVERYTHING, county.path[0][1])


def _places(session: Session, root: Region) -> dict[str, Region]:
    """{where: region} for the places that ACCOUNTS names."""
    found = find_regions(session, EVERYTHING, [COUNTY, OTHER_COUNTY])
    county, other = found[COUNTY], found[OTHER_COUNTY]
    town = [one for one in list_below(session, EVERYTHING, county, "township") if one.name == TOWNSHIP]
    return found | {ROOT: root, GRID: _busy_grid(session, *town, county), OTHER_GRID: _busy_grid(session, other)}


def _busy_grid(session: Session, *regions: Region) -> Region:
    """The grid with most open cases in the first region that has any; without any, the first grid of the first."""
    codes = (find_busiest_grid(session, EVERYTHING, region) for region in regions)
    code = next(filter(None, codes), None)
    return get_region(session, EVERYTHING, code) if code else list_below(session, EVERYTHING, regions[0], "grid")[0]
