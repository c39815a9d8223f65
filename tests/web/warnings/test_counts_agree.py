"""How many are told and how many are inside: two figures of the same places, whose difference is said."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from tests.web.log.house import START, build_house
from tests.web.warnings.headquarters import DUTY, HIDDEN_ID, OWN, Headquarters, both_counties

TOWN = {"parts": [{"kind": "townships", "codes": [OWN], "operation": "plus"}]}
_LINE = {"provenance": "synthetic", "source": "test", "township_code": None, "unit": None, "person": None}


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Every place has two lines, one of them without number or address."""
    frames = both_counties()
    lines = [
        {**_LINE, "id": f"k-{place}-{number}", "name": "值班室", "facility_id": place, "role": "值班室"}
        | {"phone": phone, "email": None, "restricted": False}
        for place in frames["facilities"]["id"]
        for number, phone in enumerate(("0356-0000001", None))
    ]
    folder = tmp_path_factory.mktemp("counts")
    house = build_house(folder, {**frames, "contacts": pd.DataFrame(lines)})
    house.now = START.replace(hour=START.hour + 1)
    yield Headquarters(house)
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


def test_who_is_told_are_those_inside_and_the_restricted_ones(headquarters: Headquarters) -> None:
    made = headquarters.suggested(headquarters.outage(), DUTY, level="general", area=TOWN)
    (group,) = [row for row in made["recipients"]["groups"] if row["key"] == "facilities"]
    inside = [row["id"] for row in made["area"]["inside"]["facilities"]]
    assert HIDDEN_ID not in inside
    assert inside
    assert group["restricted"] == 1
    assert group["count"] == len(inside) + group["restricted"], "a place with two lines is one"
    assert group["without_address"] == 0, "one line with a number reaches the place"
