"""The catalogue keeps its promises to everything that is derived from it."""

from __future__ import annotations

from layers.catalog import CATALOG, WRITE_ORDER
from layers.vocabulary import FACILITY_CATEGORIES, LEGEND_GROUPS, NETWORK_SYMBOLS, NETWORKS


def test_every_record_has_identity_and_provenance() -> None:
    for layer in CATALOG.values():
        assert layer.columns[:4] == ("id", "name", "provenance", "source")
        assert len(set(layer.columns)) == len(layer.columns)


def test_references_and_legends_name_what_exists() -> None:
    for layer in CATALOG.values():
        for field in layer.fields:
            assert field.references is None or field.references in CATALOG
        for entry in layer.legend:
            for column, value in entry.where:
                assert value in {choice.key for choice in layer.field(column).values}


def test_legend_keys_are_unique_and_cover_each_choice_once() -> None:
    keys = [entry.key for layer in CATALOG.values() for entry in layer.legend]
    assert len(keys) == len(set(keys))
    shown = [dict(entry.where)["category"] for entry in CATALOG["facilities"].legend]
    groups = {entry.group for layer in CATALOG.values() for entry in layer.legend}
    assert groups == {choice.key for choice in LEGEND_GROUPS}
    assert shown == [choice.key for choice in FACILITY_CATEGORIES]


def test_layers_can_be_written_in_the_order_given() -> None:
    assert sorted(WRITE_ORDER) == sorted(CATALOG)
    for key in WRITE_ORDER:
        for field in CATALOG[key].fields:
            if field.references and field.references != key:
                assert WRITE_ORDER.index(field.references) < WRITE_ORDER.index(key)


def test_networks_are_told_apart_by_hue_and_by_pattern() -> None:
    assert set(NETWORK_SYMBOLS) == {choice.key for choice in NETWORKS}
    assert len({symbol.colour for symbol in NETWORK_SYMBOLS.values()}) == len(NETWORKS)
    assert len({symbol.pattern for symbol in NETWORK_SYMBOLS.values()}) == len(NETWORKS)
