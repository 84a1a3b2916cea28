"""Specks go, enclaves and largest islands stay, edges stay shared."""

import shapely

from data.regions import boundaries
from data.regions.sources import Division

BIG, SPECK = 0.1, 0.001


def square(x: float, y: float, side: float) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


def test_specks_in_the_sea_are_dropped_but_never_the_largest_part():
    mainland = shapely.MultiPolygon([square(120, 30, BIG), square(121, 30, SPECK)])
    islands = shapely.MultiPolygon([square(122, 30, SPECK), square(122.1, 30, SPECK / 2)])
    kept = boundaries.drop_specks([mainland, islands])
    assert [len(item.geoms) for item in kept] == [1, 1]
    assert kept[1].area == square(122, 30, SPECK).area


def test_a_small_enclave_in_another_county_is_kept():
    enclave = square(120.05, 30.05, SPECK)
    around = shapely.Polygon(square(120, 30, BIG).exterior, [enclave.exterior])
    owner = shapely.MultiPolygon([square(121, 30, BIG), enclave])
    kept = boundaries.drop_specks([shapely.MultiPolygon([around]), owner])
    assert len(kept[1].geoms) == 2


def test_layers_share_their_edges_on_the_grid():
    divisions = [Division("330000", "province", "甲省", None, "330000")]
    divisions += [Division("330100", "city", "乙市", "330000", "330100")]
    divisions += [Division(f"33010{i}", "county", f"{i}县", "330100", f"33010{i}") for i in (1, 2)]
    raw = {
        "330101": shapely.Polygon([(120, 30), (120, 31), (120.51234567, 31), (120.49, 30.5), (120.5, 30)]),
        "330102": shapely.Polygon([(120.5, 30), (120.49, 30.5), (120.51234567, 31), (121, 31), (121, 30)]),
    }
    layers = boundaries.build_layers(raw, divisions)
    counties = list(layers["county"].values())
    assert shapely.coverage_is_valid(counties)
    assert layers["city"]["330100"].equals(shapely.union_all(counties))
    assert layers["province"]["330000"].equals(layers["city"]["330100"])
    assert all(round(v, 4) == v for v in shapely.get_coordinates(counties).ravel().tolist())


def test_a_label_stands_in_the_widest_place_of_the_largest_part():
    pan = shapely.union_all([square(120, 30, 1), shapely.box(121, 30.4, 124, 30.45)])
    lon, lat = boundaries.label_point(shapely.MultiPolygon([square(130, 30, 0.5), pan]))
    assert 120.4 < lon < 120.6
    assert 30.4 < lat < 30.6
