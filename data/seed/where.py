"""How much happens where: counties, townships and grids by population, with a skew, and kinds by the county's nature.

Answers for the chance of each place. Leaves time to `when`. What makes a county city, coast or hills is guessed from
the tree, roughly: streets among its townships, how far east it lies, and the rest.
"""

from dataclasses import dataclass

import numpy as np

from data.seed.draws import Draws
from data.seed.places import Places
from data.seed.settings import Settings


@dataclass(frozen=True)
class Geography:
    """`by_kind`: (kinds, counties) chance of a county for a case of a kind, summed up. `leaves`: (n + 1,) weights of
    the places summed up, in their order, starting with 0. `starts`: (counties + 1,) first place of each county."""

    by_kind: np.ndarray
    leaves: np.ndarray
    starts: np.ndarray

    def pick(self, kind: np.ndarray, draws: Draws, purpose: str) -> np.ndarray:
        """(n,) a place for each case of a kind."""
        at, county = draws.uniform(purpose + " county"), np.zeros(len(kind), dtype=np.int64)
        for key in np.unique(kind):
            mine = kind == key
            county[mine] = np.searchsorted(self.by_kind[key], at[mine], side="right")
        county = np.minimum(county, len(self.starts) - 2)
        low, high = self.leaves[self.starts[county]], self.leaves[self.starts[county + 1]]
        place = np.searchsorted(self.leaves, low + draws.uniform(purpose + " place") * (high - low), side="right") - 1
        return np.clip(place, self.starts[county], self.starts[county + 1] - 1)


def make_geography(places: Places, settings: Settings, seed: int) -> Geography:
    skew = settings["skew"]
    counties, leaves = _draws(seed, len(places.counties), "county"), _draws(seed, len(places), "place")
    townships = _draws(seed, len(places.townships) + 1, "township")
    weight = places.population * townships.lognormal("volume", skew["township"])[places.township]
    weight *= leaves.lognormal("volume", skew["grid"])
    weight = np.where(leaves.chance("silent", settings["silent_grids"]), weight * 0.002, weight)
    volume = np.bincount(places.county, places.population) * counties.lognormal("volume", skew["county"])
    by_kind = volume * _leaning(places, settings) * _mix(len(places.counties), settings, seed)
    by_kind = np.cumsum(by_kind, axis=1) / by_kind.sum(axis=1, keepdims=True)
    starts = np.searchsorted(places.county, np.arange(len(places.counties) + 1))
    return Geography(by_kind, np.concatenate([[0], np.cumsum(weight)]), starts)


def _draws(seed: int, count: int, sequence: str) -> Draws:
    return Draws(seed, np.arange(count), sequence)


def _mix(counties: int, settings: Settings, seed: int) -> np.ndarray:
    """(kinds, counties) what is peculiar to a county."""
    kinds = len(settings.catalog.kinds)
    draws = _draws(seed, kinds * counties, "mix")
    return draws.lognormal("mix", settings["skew"]["mix"]).reshape(kinds, counties)


def _leaning(places: Places, settings: Settings) -> np.ndarray:
    """(kinds, counties) factor from the nature of each county, in [0, 1] for each trait."""
    streets = np.array([str(name).endswith("街道") for name in places.names["township"]])
    people = np.bincount(places.county, places.population)
    city = np.bincount(places.county, places.population * streets) / people
    east = np.bincount(places.county, np.nan_to_num(places.lon) * places.population) / people
    coast = np.clip(np.argsort(np.argsort(east)) / max(len(east) - 1, 1) * 2.5 - 1.5, 0, 1)
    nature = {"city": city, "coast": coast, "hills": (1 - city) * (1 - coast)}
    return 1 + sum(np.outer(settings.trait(name), values) for name, values in nature.items())
