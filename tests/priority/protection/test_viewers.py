"""Who may see what, and that nothing depends on the order of the records."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from priority.protection.results import ProtectionList
from tests.pictures import District
from tests.priority.protection.lists import list_of
from tests.priority.random_districts import districts


def told(result: ProtectionList) -> dict[str, object]:
    document = result.document()
    document["assumptions"] = [item for item in result.assumptions if item.code != "restricted"]
    return document


@settings(max_examples=20, deadline=None)
@given(districts(), st.booleans())
def test_a_restricted_place_leaves_no_trace(district: District, english: bool) -> None:
    for row in district.facilities:
        if row["restricted"]:
            row["source_node"] = None  # a plant that fails is felt by everybody; a place that only draws is not
    frames = district.frames()
    seen = list_of(frames, restricted=False, language="en" if english else "zh")
    hidden = set(frames["facilities"].loc[frames["facilities"]["restricted"], "id"])
    without = {
        **frames,
        "facilities": frames["facilities"][~frames["facilities"]["restricted"]],
        "supplies": frames["supplies"][~frames["supplies"]["facility_id"].isin(hidden)],
    }
    unaware = list_of(without, restricted=False, language="en" if english else "zh")
    assert told(seen) == told(unaware)
    assert any(item.code == "restricted" for item in seen.assumptions) == bool(hidden)


def test_a_restricted_plant_is_not_named_though_its_loss_is_felt() -> None:
    district = District().network("electricity", "S* - s1| - p").network("water", "W* - w:70")
    district.facility("secret", "utility", feeds="W", restricted=True, electricity=("p", 0))
    result = list_of(district.frames(), restricted=False)
    assert "secret" not in result.model_dump_json()
    assert "单位secret" not in result.model_dump_json()
    assert any(row.network == "electricity" and row.consequence.customers["water"] == 70 for row in result.guard)
    assert "secret" in list_of(district.frames(), restricted=True).model_dump_json()


def test_the_coal_of_a_restricted_plant_is_not_counted() -> None:
    district = District().network("heat", "H* - w:70")
    district.facility("secret", "utility", feeds="H", restricted=True, coal=(None, 5))
    assert "coal_unknown" not in {item.code for item in list_of(district.frames(), restricted=False).assumptions}
    assert "coal_unknown" in {item.code for item in list_of(district.frames(), restricted=True).assumptions}


@settings(max_examples=12, deadline=None)
@given(districts(), st.integers(0, 1000))
def test_row_order_is_forgotten(district: District, seed: int) -> None:
    frames = district.frames()
    mixed = {key: frame.sample(frac=1, random_state=seed) for key, frame in frames.items()}
    assert list_of(frames).document() == list_of(mixed).document()
