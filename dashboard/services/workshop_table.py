"""The ranking of the edition in focus: bands, ranks, what is not ranked, movement since the edition before, and its files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from flask_babel import gettext as _

from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.model import Standing
from dashboard.domain.process_score import overlap
from dashboard.services import workshop_words
from dashboard.services.appeal_lists import list_appeals
from dashboard.services.desk_frame import Desk
from dashboard.services.verdict_words import APPEAL_STATES, APPEAL_SUBJECTS
from dashboard.services.workshop_frame import Workshop
from dashboard.views.appeals import AppealRow
from dashboard.views.desk import Link
from dashboard.views.workshop import AppealBox, AppealLine, Group, Place, RankTable

APPEALS = 8
_LAST = 1e9


def table(desk: Desk) -> RankTable | None:
    """None: nothing is worked out, or it is not for this person. Raises NotFound for an unknown peer group."""
    return table_of(Workshop(desk))


def table_of(here: Workshop) -> RankTable | None:
    if here.loaded is None:
        return None
    groups = tuple(dict.fromkeys(one.peers for one in here.places.values()))
    if here.state.peers and here.state.peers not in groups:
        raise NotFound("peers", "no such peer group", got=here.state.peers, allowed=groups)
    rows = places(here)
    ranked = [one for one in rows if one.standing == "ranked"]
    apart = tuple(one for one in rows if one.standing != "ranked")
    flat = here.state.peers or here.state.sort in _SORTS
    return RankTable(
        () if flat else _groups(here, ranked), tuple(_sorted(here, ranked)) if flat else (), apart,
        here.size, here.scheme.digits, peer_links(here), _sorts(here), here.link(view=""),
        here.head.level if here.head else here.scheme.level,
    )  # fmt: skip


def places(here: Workshop) -> list[Place]:
    """Regions in the order of their ranks, equal ones by code: the order of a tie means nothing. Of one peer group only,
    where the state names one; ranks are then those within it."""
    chosen = [one for one in here.places.values() if here.state.peers in ("", one.peers)]
    chosen.sort(key=lambda one: (one.rank is None, one.rank or 0, not one.vetoed, one.region))
    before = here.standings_of(here.predecessor) if here.predecessor else {}
    appeals = _appeals(here)
    ties = Counter(rank_in(here, one) for one in chosen)
    close = _close(here, chosen)
    return [
        _place(here, one, before.get(one.region), appeals.get(one.region, 0), ties, close[one.region]) for one in chosen
    ]


def rank_in(here: Workshop, one: Standing) -> int | None:
    """Within the peer group, where one is chosen."""
    return one.peer_rank if here.state.peers else one.rank


def note_of(one: Standing) -> str:
    """Why a region has no rank; "": it has."""
    return {"veto": _("一票否决，不列名次"), "thin": _("样本不足，不评"), "ranked": ""}[_standing(one)]


def _standing(one: Standing) -> str:
    return "veto" if one.vetoed else "ranked" if one.rank is not None else "thin"


def _place(here: Workshop, one: Standing, before: Standing | None, appeals: int, ties: Mapping, close: bool) -> Place:
    named = here.names.get(one.region)
    rank = rank_in(here, one)
    moved = before.rank - one.rank if before and before.rank and one.rank else None
    half = None if one.low is None or one.high is None else (one.high - one.low) / 2
    return Place(
        one.region, named.name if named else one.region, named.around if named else "", _standing(one), one.band, rank,
        rank is not None and ties[rank] > 1, one.published, half, one.first, one.last, close, here.link(at=one.region),
        moved, appeals, one.region == here.at, note_of(one), one.rank,
    )  # fmt: skip


def _close(here: Workshop, chosen: Sequence[Standing]) -> Mapping[str, bool]:
    """Not distinguishable from the one ranked before it: in the whole as the engine found, in a group from its neighbours;
    in any other order the mark means nothing."""
    if not here.state.peers:
        return {one.region: one.close and not here.state.sort for one in chosen}
    found = {one.region: False for one in chosen}
    for before, one in pairwise(one for one in chosen if one.rank is not None):
        known = None not in (before.low, before.high, one.low, one.high)
        found[one.region] = known and not here.state.sort and overlap((before.low, before.high), (one.low, one.high))
    return found


def appeals(desk: Desk) -> AppealBox | None:
    """The newest first. None: there is no edition that can be appealed against."""
    here = Workshop(desk)
    if here.head is None:
        return None
    rows = sorted(list_appeals(here.deps, here.person, here.head.id).rows, key=lambda one: one.filed_at, reverse=True)
    lines = tuple(_appeal(here, one) for one in rows[:APPEALS])
    waiting = sum(one.state == "filed" for one in rows)
    return AppealBox(lines, len(rows), waiting, here.section("appeals"))


def _appeal(here: Workshop, one: AppealRow) -> AppealLine:
    subject = one.indicator_name or one.case_number or str(APPEAL_SUBJECTS[one.subject])
    return AppealLine(one.region, one.region_name, f"{subject}：{one.claim}", one.state, str(APPEAL_STATES[one.state]),
                      here.link(at=one.region) if one.region in here.places else here.link())  # fmt: skip


def _appeals(here: Workshop) -> Mapping[str, int]:
    """Appeals that wait for a decision, by region."""
    if here.head is None:
        return {}
    rows = list_appeals(here.deps, here.person, here.head.id).rows
    return Counter(one.region for one in rows if one.state == "filed")


def _groups(here: Workshop, ranked: Sequence[Place]) -> tuple[Group, ...]:
    highs = (None, *(low for _letter, low in here.scheme.cuts))
    cuts = ((letter, low, high) for (letter, low), high in zip(here.scheme.cuts, highs, strict=False))
    groups = (
        Group(letter, low, high, tuple(one for one in ranked if one.band == letter)) for letter, low, high in cuts
    )
    return tuple(one for one in groups if one.rows)


_KEYS = {
    "region": lambda one: one.name,
    "city": lambda one: (one.city, one.rank),
    "score": lambda one: (-(one.score or 0), one.region),
    "half": lambda one: -(one.half if one.half is not None else -1),
    "moved": lambda one: one.moved if one.moved is not None else _LAST,
    "rail": lambda one: (one.first or 0) - (one.last or 0),
    "": lambda one: (one.rank, one.region),
}


_SORTS = tuple(key for key in _KEYS if key)


def _sorted(here: Workshop, ranked: Sequence[Place]) -> list[Place]:
    """The widest doubt and the deepest fall first: what an evaluator looks for."""
    return sorted(ranked, key=_KEYS.get(here.state.sort, _KEYS[""]))


def peer_links(here: Workshop, view: str = "") -> tuple[Link, ...]:
    """To the one table of all, and to one of each peer group."""
    sizes = Counter(one.peers for one in here.places.values())
    every = Link("", _("全部"), here.link(peers=""), on=not here.state.peers)
    if len(sizes) < 2:
        return (every,)
    links = (
        Link(key, workshop_words.peers(key), here.link(peers=key, view=view), sizes[key], key == here.state.peers)
        for key in sorted(sizes)
    )
    return (every, *links)


def _sorts(here: Workshop) -> tuple[Link, ...]:
    rank = Link("rank", "", here.link(sort=""), on=not here.state.sort)
    return (rank, *(Link(key, "", here.link(sort=key), on=key == here.state.sort) for key in _KEYS if key))
