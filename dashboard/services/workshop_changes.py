"""What changed since the last published edition of the same scheme, and which indicators it came from."""

from collections.abc import Mapping, Sequence

import numpy as np
from flask_babel import gettext as _

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.causes import Causes, causes
from dashboard.domain.evaluation.model import Standing
from dashboard.services import evaluating, words
from dashboard.services.desk_frame import Desk
from dashboard.services.edition_words import issue_words
from dashboard.services.scheme_words import spoken
from dashboard.services.workshop_frame import Workshop
from dashboard.services.workshop_table import note_of, peer_links, rank_in
from dashboard.views.desk import Link
from dashboard.views.editions import EditionHead
from dashboard.views.workshop_changes import Cause, ChangeTable, Shift

_NONE = 1e-6  # points below this are the machine's
_KEYS = {  # the deepest fall first; what is not ranked, or was not, last
    "region": lambda one: one.name,
    "score": lambda one: (-(one.score or 0), *_by_rank(one)),
    "moved": lambda one: (one.moved is None, one.moved or 0, *_by_rank(one)),
    "gain": lambda one: (one.gain is None, one.gain or 0, *_by_rank(one)),
    "": lambda one: _by_rank(one),
}


def _by_rank(one: Shift) -> tuple[bool, int, str]:
    return one.rank is None, one.rank or 0, one.region


def table(desk: Desk) -> ChangeTable | None:
    """None: nobody asked for it. Raises NotFound for an unknown peer group."""
    if desk.state.view != "changes":
        return None
    here = Workshop(desk)
    rows = shifts(here)
    moves = [one.moved for one in rows if one.moved]
    crossed = sum(None not in (one.band, one.band_then) and one.band != one.band_then for one in rows)
    then = here.predecessor if here.loaded else None
    return ChangeTable(
        _month(then) if then else "", _month(here.head) if here.head else _("本月至今"), tuple(rows),
        sum(one > 0 for one in moves), sum(one < 0 for one in moves), crossed, here.scheme.digits,
        peer_links(here, view="changes"), _sorts(here), here.link(),
        here.link(view="", sort="" if here.state.sort in _KEYS else here.state.sort),
        here.head.level if here.head else here.scheme.level,
    )  # fmt: skip


def shifts(here: Workshop) -> list[Shift]:
    """Every region of the edition, or of the peer group chosen, in the order of the screen; [] without an earlier edition."""
    if here.loaded is None or here.predecessor is None:
        return []
    if here.state.peers and here.state.peers not in {one.peers for one in here.places.values()}:
        raise NotFound("peers", "no such peer group", got=here.state.peers)
    before = here.standings_of(here.predecessor)
    why = _causes(here)
    chosen = [one for one in here.places.values() if here.state.peers in ("", one.peers)]
    rows = [_shift(here, one, before.get(one.region), why.get(one.region, ())) for one in chosen]
    return sorted(rows, key=_KEYS.get(here.state.sort, _KEYS[""]))


def _shift(here: Workshop, one: Standing, was: Standing | None, why: tuple[Cause, ...]) -> Shift:
    named = here.names.get(one.region)
    rank, then = rank_in(here, one), rank_in(here, was) if was else None
    score = was.published if was else None
    compared = None not in (score, one.published)
    return Shift(
        one.region, here.name(one.region), named.around if named else "", rank, then,
        then - rank if rank is not None and then is not None else None, one.band, was.band if was else None,
        one.published, score, one.published - score if compared else None, why if compared else (),
        note_of(one) or ("" if compared else _("上期没有得分")), here.link(at=one.region), one.region == here.at,
    )  # fmt: skip


def _causes(here: Workshop) -> Mapping[str, tuple[Cause, ...]]:
    """By region; without those that have none. {} where the version of now cannot be reckoned on the figures of then."""
    old = evaluating.load(here.deps, here.predecessor.id)
    version = here.desk.hour if here.provisional else str(here.head.digest)
    key = (here.predecessor.digest, here.scheme.key, here.scheme.version)
    try:
        found = here.desk.cached("causes", key, lambda: causes(old, here.loaded), version=version)
    except UserError:
        return {}
    regions = here.loaded[1].regions
    return {region: _of(here, found, row) for row, region in enumerate(regions) if _known(found, row)}


def _known(found: Causes, row: int) -> bool:
    return not (np.isnan(found.leaves[row]).any() or np.isnan(found.deducted[row]))


def _of(here: Workshop, found: Causes, row: int) -> tuple[Cause, ...]:
    """Of one region, the greatest first; what changed nothing is left out."""
    now = here.loaded[2].scores.value
    rows = [
        Cause(one.key, words.named(one), float(found.leaves[row, column]), _figure(found.value[row, column]),
              _figure(now[row, column]), spoken(one.unit), one.digits, here.link(node=one.key))
        for column, one in enumerate(here.scheme.indicators)
    ]  # fmt: skip
    others = (("weights", _("按数据定的权重"), found.weights), ("scheme", _("方案新版"), found.scheme),
              ("deducted", _("扣分"), found.deducted))  # fmt: skip
    rows += [Cause(key, label, float(points[row])) for key, label, points in others]
    return tuple(sorted((one for one in rows if abs(one.points) > _NONE), key=lambda one: (-abs(one.points), one.key)))


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _month(head: EditionHead) -> str:
    return " ".join(part for part in (f"{head.start:%Y-%m}", issue_words(head.issue)) if part)


def _sorts(here: Workshop) -> Sequence[Link]:
    on = here.state.sort if here.state.sort in _KEYS else ""
    return tuple(Link(key or "rank", "", here.link(sort=key), on=key == on) for key in _KEYS)
