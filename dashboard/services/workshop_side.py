"""Beside the ranking: the funnel plot of a rate, the profile of a region, and weights to try with what they would change."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import gettext as _

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import lift
from dashboard.domain.evaluation.lift import lifts, next_cut, plan
from dashboard.domain.evaluation.model import ROOT, Indicator, Result, Standing
from dashboard.services import evaluating, words, workshop_words
from dashboard.services.desk_frame import Desk
from dashboard.services.plots import chosen, funnel_of, is_rate
from dashboard.services.scheme_drafts import tried_words
from dashboard.services.schemes import evaluates_all
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.workshop_frame import Workshop
from dashboard.services.workshop_table import places
from dashboard.views.desk import Link
from dashboard.views.workshop import Funnel
from dashboard.views.workshop_side import Dial, Gap, Lift, Mover, Outcome, Profile, Then, Trial

HISTORY, LIFTS, MOVERS = 12, 5, 14


def side(desk: Desk) -> Funnel | Profile | Trial | None:
    """What the state's view asks for; None: there are no figures for it."""
    here = Workshop(desk)
    if here.loaded is None:
        return None
    return {"profile": profile, "weights": trial}.get(desk.state.view, plot)(here)


# The funnel plot


def plot(here: Workshop) -> Funnel | None:
    """Of the indicator in focus, else of the first rate below the node in focus; None: the scheme has no rate."""
    scheme, inputs, _result = here.loaded
    rates = [one for one in scheme.indicators if is_rate(scheme, inputs, one)]
    inside = [one for one in rates if here.node is None or here.node in here.path(one.key)]
    if not rates:
        return None
    one = (inside or rates)[0] if here.node else chosen(scheme, inputs, rates, "")
    names = {region: here.name(region) for region in inputs.regions}
    where = here.head.place if here.head else here.desk.region.name
    found = funnel_of(scheme, inputs, one, names, where, lambda region: here.link(at=region), (here.at,))
    return replace(found, other=here.indicator is not None and here.indicator.key != one.key)


# The profile


def profile(here: Workshop) -> Profile | None:
    """Of the region in focus; None: none is ranked at all."""
    if not here.at:
        return None
    one = here.places[here.at]
    place = next(row for row in places(here) if row.region == here.at) if here.state.peers in ("", one.peers) else None
    if place is None:
        raise NotFound("peers", "the region is not in this group", got=here.state.peers)
    peers = sum(other.peers == one.peers and other.peer_rank is not None for other in here.places.values())
    cut = next_cut(here.scheme, one.published) if one.rank is not None else None
    return Profile(place, here.size, here.scheme.digits, one.low, one.high, workshop_words.peers(one.peers), one.peer_rank, peers,
                   one.deducted, one.coverage, _gaps(here, one), cut, *(_lifts(here, one) if cut else ((), False)), _history(here),
                   here.link(view=""))  # fmt: skip


def _gaps(here: Workshop, one: Standing) -> tuple[Gap, ...]:
    """Points of 100 against the mean of all, by indicator, the greatest loss first; without data no gap."""
    found = []
    for leaf in here.scheme.indicators:
        normal, mean = here.score(one.region, leaf), here.mean(leaf)
        if normal is not None and mean is not None:
            points = here.weights[leaf.key] * (normal - mean) / 100
            found.append(Gap(leaf.key, words.named(leaf), points, normal, mean, here.link(node=leaf.key)))
    return tuple(sorted(found, key=lambda gap: gap.points))


def _lifts(here: Workshop, one: Standing) -> tuple[tuple[Lift, ...], bool]:
    """(ways up, whether they only do together)."""
    scheme, given, _result = here.loaded

    def ask() -> tuple:
        points = {one.region: one.deducted}
        alone = lifts(scheme, given, one.region, points)[:LIFTS]
        return (alone, False) if alone else (plan(scheme, given, one.region, points), True)

    version = here.desk.hour if here.provisional else str(here.head.digest)
    rows, together = here.desk.cached("lifts", (scheme.key, scheme.version, one.region), ask, version=version)
    return tuple(_told(here, row) for row in rows), together


def _told(here: Workshop, row: lift.Lift) -> Lift:
    one = here.scheme.indicator(row.indicator)
    return Lift(one.key, words.named(one), _what(one, row.cases), row.cases, row.score, here.link(node=one.key))


def _what(one: Indicator, cases: int) -> str:
    """What has to happen, in the words of the counter."""
    names = " + ".join(words.list_name(term.counter) for term in one.numerator if term.sign > 0)
    if one.direction == "low":
        return _("少 %(n)s 件%(what)s", n=cases, what=names)
    if any(term.sign < 0 for term in one.numerator):  # what is counted is known by what is taken away
        names = " + ".join(words.list_name(term.counter) for term in one.numerator if term.sign < 0)
        return _("少 %(n)s 件%(what)s", n=cases, what=names)
    return _("多 %(n)s 件%(what)s", n=cases, what=names)


def _history(here: Workshop) -> tuple[Then, ...]:
    out = []
    for head in here.previous[:HISTORY]:
        then = here.standings_of(head).get(here.at)
        if then:
            out.append(
                Then(f"{head.start:%Y-%m}", then.rank, then.published, then.band, here.link(edition=str(head.id)))
            )
    return tuple(out)


# Weights to try


def trial(here: Workshop) -> Trial | None:
    """The weights below the node in focus, or below the parent of the indicator in focus."""
    if here.provisional:
        return None
    parent = here.indicator.parent if here.indicator else here.node.key if here.node else ROOT
    children = here.scheme.children(parent)
    whole = sum(here.weights[one.key] for one in children) or 1.0
    dials = tuple(Dial(one.key, words.named(one), 100 * here.weights[one.key] / whole) for one in children)
    steps = () if parent == ROOT else here.path(parent)
    up = (Link(ROOT, _("总分"), here.link(node=""), on=parent == ROOT),
          *(Link(one.key, words.named(one), here.link(node=one.key), on=one.key == parent) for one in steps))  # fmt: skip
    ways = (((key, str(table[key])) for key in keys) for table, keys in (
        (workshop_words.NORMALISE, workshop_words.TRIED), (workshop_words.AGGREGATE, workshop_words.AGGREGATE)))  # fmt: skip
    return Trial(
        parent,
        words.named(steps[-1]) if steps else _("总分"),
        dials,
        *(tuple(way) for way in ways),
        up,
        evaluates_all(here.deps, here.person),
        _doubt(here),
    )


def _doubt(here: Workshop) -> tuple[tuple[str, float, float], ...]:
    """(source, its share by itself, with its interplay) of what moves ranks when the method varies; () nothing varied."""
    found = here.loaded[2].sobol
    labels = {"weights": _("权重"), "normalise": _("标准化"), "aggregate": _("合成")}
    return tuple((labels[key], *found[key]) for key in labels if key in found and any(found[key]))


def outcome(desk: Desk, tried: Mapping) -> Outcome | None:
    """What other weights or ways would change; None: nothing was tried. Raises UserError for what cannot be tried."""
    here = Workshop(desk)
    weights, normalise, aggregate = parse_trial(tried)
    if here.provisional or not (weights or normalise or aggregate):
        return None
    before, after = evaluating.what_if(desk.deps, desk.person, here.head.id, weights, normalise, aggregate)
    rows = _movers(here, before, after)
    far = max((abs(one.rank - one.was) for one in rows if one.rank and one.was), default=0)
    crossed = sum(one.band != one.band_was for one in rows)
    draft = _draft(here, weights, normalise, aggregate)
    return Outcome(len(rows), crossed, far, tuple(rows[:MOVERS]), here.size, here.scheme.digits, draft)


def _draft(here: Workshop, weights: Mapping[str, float], normalise: str, aggregate: str) -> str:
    """Link to the newest version's form with these in it."""
    if not evaluates_all(here.deps, here.person):
        return ""
    newest = get_scheme(here.deps, here.scheme.key)
    words_ = tried_words(newest, weights, normalise, aggregate)
    return here.section("schemes", item=f"{newest.key}:{newest.version}", draft=words_) if words_ else ""


def parse_trial(tried: Mapping) -> tuple[dict[str, float], str, str]:
    """(weights, normalisation, aggregation) as a browser sent them. Raises UserError."""
    try:
        weights = {str(key): float(value) for key, value in dict(tried.get("weights") or {}).items()}
        normalise, aggregate = str(tried.get("normalise") or ""), str(tried.get("aggregate") or "")
    except (TypeError, ValueError, AttributeError) as error:
        raise UserError("weights", "not weights", got=repr(error), allowed="{key: number}") from None
    if weights and not sum(weights.values()) > 0:
        raise UserError("weights", "no weight is left", got=weights, allowed="a sum above 0")
    return weights, normalise, aggregate


def _movers(here: Workshop, before: Result, after: Result) -> list[Mover]:
    """Whose rank or band changes: crossings of bands first, then the farthest."""
    rows = [Mover(now.region, here.name(now.region), now.rank, was.rank, now.band, was.band, now.published, was.published,
                  here.link(at=now.region)) for was, now in zip(before.standings, after.standings, strict=True)
            if (was.rank, was.band) != (now.rank, now.band)]  # fmt: skip
    return sorted(rows, key=lambda one: (one.band == one.band_was, -abs((one.rank or 0) - (one.was or 0)), one.region))
