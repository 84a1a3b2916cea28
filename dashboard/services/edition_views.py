"""Editions as those who may see them read them: heads, steps, and what one says otherwise than another.

Who stands above an edition sees it at any time, the ranked once it is shown to them; see dashboard.services.parties.
"""

import json
from collections.abc import Mapping
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.difference import difference as differ
from dashboard.domain.evaluation.edition import ACTIONS, SHOWN, TO_RANKED
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import parties
from dashboard.services.edition_words import EDITION_ACTIONS, EDITION_STATES
from dashboard.services.evaluating import load
from dashboard.services.scheme_words import titles
from dashboard.services.words import actor, named
from dashboard.views.editions import ChangedStanding, ChangedValue, Difference, EditionHead, EditionStepRow
from data.models import Edition
from data.queries import editions as reads
from data.queries.regions import find_regions, get_region
from data.session import Session

_SAME = ("id", "scheme_key", "scheme_version", "region_code", "level", "start", "end", "issue", "state", "version",
         "supersedes", "opened_at", "frozen_at", "preview_until", "appeal_until", "published_at", "inputs_digest",
         "digest", "code_version", "note")  # fmt: skip
_NOBODY = Person(None, "")


def list_editions(deps: Deps, person: Person, scheme_key: str = "") -> tuple[EditionHead, ...]:
    """Editions that the person may see, the newest period first. `scheme_key` "": of all schemes."""
    with deps.database.read() as session:
        found = reads.list_editions(session, scheme_key)
        regions = find_regions(session, EVERYTHING, {one.region_code for one in found})
        scope = person.scope(parties.VIEW)
        own = find_regions(session, EVERYTHING, scope.roots)
        within = {code for one in own.values() for _level, code in one.path}
        names = titles(session, {(one.scheme_key, one.scheme_version) for one in found})
        seen = [one for one in found if scope.covers(regions[one.region_code])
                or (one.region_code in within and one.state in TO_RANKED)]  # fmt: skip
        return tuple(_head(person, one, regions[one.region_code], names) for one in seen)


def get_edition(deps: Deps, person: Person, edition_id: UUID) -> EditionHead:
    """Raises NotFound."""
    with deps.database.read() as session:
        return head(session, person, *parties.get_seen(session, person, edition_id))


def get_shown(session: Session, person: Person, edition_id: UUID) -> tuple[Edition, Region]:
    """As parties.get_seen, and what was published for whoever looks at a wall of the region, or of one in it."""
    edition = reads.find_edition(session, edition_id)
    if edition is not None and edition.state in SHOWN:
        region, scope = get_region(session, EVERYTHING, edition.region_code), person.scope("wall.view")
        own = find_regions(session, EVERYTHING, scope.roots)
        if scope.covers(region) or any(region.code == code for one in own.values() for _level, code in one.path):
            return edition, region
    return parties.get_seen(session, person, edition_id)


def list_steps(deps: Deps, person: Person, edition_id: UUID) -> tuple[EditionStepRow, ...]:
    """The life of an edition so far, oldest step first. Raises NotFound."""
    with deps.database.read() as session:
        parties.get_seen(session, person, edition_id)
        return tuple(
            EditionStepRow(one.seq, one.action, str(EDITION_ACTIONS[one.action]), one.state,
                           str(EDITION_STATES[one.state]), one.at, actor(one.actor), one.role, one.note)
            for one in reads.list_edition_steps(session, edition_id)
        )  # fmt: skip


def latest(deps: Deps, scheme_key: str, region_code: str, level: str) -> EditionHead | None:
    """What the wall shows: the newest edition that is published and stands. None: there is none yet."""
    with deps.database.read() as session:
        found = reads.find_latest(session, scheme_key, region_code, level)
        return found and head(session, _NOBODY, found, get_region(session, EVERYTHING, region_code))


def head(session: Session, person: Person, edition: Edition, region: Region) -> EditionHead:
    return _head(person, edition, region, titles(session, [(edition.scheme_key, edition.scheme_version)]))


def _head(person: Person, edition: Edition, region: Region, names: Mapping[tuple[str, int], str]) -> EditionHead:
    path = frozenset(code for _level, code in region.path)
    may = (action.key for action in ACTIONS.values() if edition.state in action.sources
           and (person.everything or person.acting(action.roles, path, None)))  # fmt: skip
    return EditionHead(
        **{name: getattr(edition, name) for name in _SAME}, place=region.name,
        scheme_name=names.get((edition.scheme_key, edition.scheme_version), edition.scheme_key),
        state_label=str(EDITION_STATES[edition.state]), superseded=edition.superseded_at is not None, actions=tuple(may),
    )  # fmt: skip


def difference(deps: Deps, person: Person, old_id: UUID, new_id: UUID) -> Difference:
    """What the one says otherwise than the other, of the same scheme and region. Raises NotFound, UserError."""
    with deps.database.read() as session:
        (old, _region), (new, _same) = (parties.get_seen(session, person, one) for one in (old_id, new_id))
        if (old.scheme_key, old.region_code, old.level) != (new.scheme_key, new.region_code, new.level):
            raise UserError("edition", "two editions of one scheme and region are wanted", got=str(old_id))
        kept = reads.read_archive(session, new_id, [archive.DIFFERENCE]) if new.supersedes == old_id else {}
    scheme, inputs, result = load(deps, new_id)
    before = load(deps, old_id)
    if before[0].keys != scheme.keys:
        raise UserError("scheme", "the indicators are not the same", got=old.scheme_version, allowed=new.scheme_version)
    changed = differ(scheme, before[1:], (inputs, result))
    appeals = json.loads(kept[archive.DIFFERENCE].body)["appeals"] if kept else []
    with deps.database.read() as session:
        names = parties.names_of(session, inputs.regions)
    return Difference(
        old_id, new_id,
        tuple(ChangedValue(one["region"], names[one["region"]].name, one["indicator"],
                           named(scheme.indicator(one["indicator"])), tuple(one["before"]), tuple(one["after"]))
              for one in changed["values"]),
        tuple(_standing(one, names) for one in changed["standings"]), tuple(appeals),
    )  # fmt: skip


def _standing(one: Mapping, names: Mapping[str, Region]) -> ChangedStanding:
    pairs = {name: (one["before"][name], one["after"][name]) for name in one["after"]}
    return ChangedStanding(one["region"], names[one["region"]].name, pairs["published"], pairs["rank"], pairs["band"],
                           pairs["deducted"])  # fmt: skip
