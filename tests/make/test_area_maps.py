"""The maps of areas are what their script makes of the public-domain shapes."""

import json
from pathlib import Path

import pytest

from make import area_maps

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "places" / "admin1_ne_qgis"


@pytest.mark.parametrize("country", ["AL", "KG", "XK"])
def test_a_map_is_what_the_script_draws(country: str) -> None:
    source = FOLDER / f"{country}.geojson"
    if not source.exists():
        pytest.skip("the public-domain shapes are not on this machine: they lie beside the project")
    kept = json.loads((area_maps.OUT / f"{country}.json").read_text(encoding="utf-8"))
    assert area_maps.drawn(source) == kept


def test_neighbours_share_their_border(tmp_path: Path) -> None:
    def square(name: str, left: float) -> dict:
        ring = [[left, 40], [left + 1, 40], [left + 1, 41], [left, 41], [left, 40]]
        return {"properties": {"name": name, "gn": None}, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    file = tmp_path / "XX.geojson"
    file.write_text(json.dumps({"features": [square("West", 20), square("East", 21)]}))
    found = area_maps.drawn(file)
    west, east = ({*area["path"].strip("MZ").split()} for area in found["areas"])
    assert len(west & east) == 2
    assert [area["name"] for area in found["areas"]] == ["West", "East"]
    assert found["width"] <= area_maps.WIDTH + 1
    assert found["height"] <= area_maps.HEIGHT + 1
