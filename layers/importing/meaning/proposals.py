"""What a plan proposes beyond columns: values for all rows, units, and what unknown words may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from layers.catalog import CATALOG
from layers.importing.meaning.content import Values
from layers.importing.meaning.matching import Match, Table
from layers.importing.meaning.plan import Value
from layers.importing.meaning.topics import category_in, kind_in, network_in
from layers.importing.meaning.units import dimensions_of, factor, shown_unit
from layers.importing.meaning.words import DEVICE_STATES, STANDBY, choice_of, choices_within, word_key
from layers.schema import Field, Title

#: Most names that are translated one by one into a kind or category.
_MOST_NAMES = 500
#: Share of names that must say the kind.
_ENOUGH = 0.8
#: States of devices that let through when a valve is meant, and interrupt when a switch is.
_OPEN = frozenset({"常开", "开", "打开", "开启", "open"})
_SHUT = frozenset({"常闭", "闭", "关", "关闭", "closed"})
_APART = frozenset({"断开", "分", "分位"})
_TOGETHER = frozenset({"合", "合位", "闭合", "常合"})
#: Layers whose records have no kind that a name could say.
_KINDLESS = frozenset({"roads", "coal_routes", "supplies", "contacts"})
#: Kinds that one network alone has.
_ONE_NETWORK = {
    "substation": "electricity",
    "transformer": "electricity",
    "switch": "electricity",
    "feeder": "electricity",
    "transmission": "electricity",
    "busbar": "electricity",
    "regulator": "gas",
    "heat_exchange": "heat",
}
#: What holds for all rows where no column says otherwise.
_USUAL: dict[str, tuple[bool, Title]] = {
    "in_service": (True, Title("没有运行状态列，按在运", "no column says otherwise: in service")),
    "normally_open": (False, Title("没有常开、常闭列，按平时接通", "no column says otherwise: normally lets through")),
    "closed": (False, Title("没有封闭状态列，按畅通", "no column says otherwise: open to traffic")),
    "required": (True, Title("没有是否必需列，按必需", "no column says otherwise: required")),
}


@dataclass
class Proposal:
    """What is proposed, with the reason for each: entries of a plan by target."""

    mapping: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Value] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    because: dict[str, Title] = field(default_factory=dict)


def propose(
    layer: str, table: Table, chosen: Mapping[str, Match], names: tuple[str, str], columns: pd.DataFrame
) -> Proposal:
    """Return a plan's entries for a layer: `chosen` columns, and what names and values add to them.

    `names` are those of the file and of the table, `columns` are the first rows. What nothing speaks for is left out.
    """
    made = Proposal({target: match.column for target, match in chosen.items()})
    made.because = {f"mapping.{target}": match.because for target, match in chosen.items()}
    _units(layer, table, made)
    _topics(layer, names, made)
    _areas(layer, table, made)
    _kinds_of_names(layer, columns, made)
    _network_of_kind(layer, made)
    _names(layer, names, made)
    for item in CATALOG[layer].fields:
        if item.name in _USUAL and item.name not in made.mapping:
            made.constants[item.name], made.because[f"constants.{item.name}"] = _USUAL[item.name]
        elif item.name in made.mapping and item.values and item.name not in made.choices:
            _words(layer, item, table.values[made.mapping[item.name]], made)
    if "normally_open" in made.mapping:
        _states(table.values[made.mapping["normally_open"]], made)
    if "in_service" in made.mapping:
        _standby(table.values[made.mapping["in_service"]], made)
    return made


def _units(layer: str, table: Table, made: Proposal) -> None:
    for target, column in made.mapping.items():
        item, unit = CATALOG[layer].field(target), table.headers[column].unit
        dimensions = dimensions_of(item.name, item.unit)
        if unit is None or item.kind not in {"number", "integer"} or factor(unit, dimensions) is None:
            continue
        made.units[target] = unit = shown_unit(unit)
        made.because[f"units.{target}"] = Title(f"列名中的单位“{unit}”", f"the unit “{unit}” in the column's name")


def _topics(layer: str, names: tuple[str, str], made: Proposal) -> None:
    """One network, kind or category for all rows, from the name of the table, else of the file."""
    fields = {item.name for item in CATALOG[layer].fields}
    file, own = names
    spoken = {
        "network": network_in(own) or network_in(file),
        "kind": kind_in(layer, own) or kind_in(layer, file),
        "category": category_in(own) or category_in(file),
    }
    for target, found in spoken.items():
        if found is None or target not in fields or target in made.mapping:
            continue
        made.constants[target] = found[0]
        made.because[f"constants.{target}"] = Title(f"名称里有“{found[1]}”", f"the name has “{found[1]}”")


def _areas(layer: str, table: Table, made: Proposal) -> None:
    """What codes of areas say: the county, and the identifier."""
    if layer not in {"counties", "townships"}:
        return
    if "code" not in made.mapping and "id" in made.mapping:
        column = made.mapping["id"]
        if all(text.isdigit() and len(text) in {6, 9, 12} for text in table.values[column].texts):
            made.mapping["code"] = column
            made.because["mapping.code"] = Title("编号就是区划代码", "the identifiers are codes of areas")
    if "code" not in made.mapping:
        return
    column = made.mapping["code"]
    values = table.values[column]
    if "county_code" not in made.mapping:
        made.constants["county_code"] = f"{{{column}:6}}"
        made.because["constants.county_code"] = Title("区划代码的前 6 位", "the first six digits of the codes")
    if "id" not in made.mapping and values.is_unique and values.filled == values.rows:
        made.mapping["id"] = column
        made.because["mapping.id"] = Title("区划代码没有重复，兼作编号", "codes do not repeat and serve as identifiers")


def _kinds_of_names(layer: str, columns: pd.DataFrame, made: Proposal) -> None:
    """The kind of a thing by the end or a word of each name: one for all where all names say the same."""
    target = {"facilities": "category"}.get(layer, "kind" if layer not in _KINDLESS else None)
    column = made.mapping.get("name")
    if target is None or column is None or target in made.mapping or target in made.constants:
        return
    item = CATALOG[layer].field(target)
    names = list(dict.fromkeys(str(cell) for cell in columns[column] if not pd.isna(cell)))
    told = {name: key for name in names if (key := _kind_of(layer, item, name)) is not None}
    if not names or len(names) > _MOST_NAMES or len(told) < _ENOUGH * len(names):
        return
    if len(set(told.values())) == 1 and layer != "townships":
        made.constants[target] = next(iter(told.values()))
        made.because[f"constants.{target}"] = Title("名称都这样说", "the names say so")
        return
    made.mapping[target], made.choices[target] = column, told
    made.because[f"mapping.{target}"] = Title("按名称逐一判断", "judged name by name")


def _kind_of(layer: str, item: Field, name: str) -> str | None:
    if layer not in {"townships", "counties"}:
        keys = choices_within(layer, item, name)
        return next(iter(keys)) if len(keys) == 1 else None
    ends = {"街道": "subdistrict", "街道办事处": "subdistrict", "镇": "town", "乡": "township"}
    if layer == "counties":
        ends = {"区": "city_district", "县": "county", "市": "county_city"}
    return next((key for end, key in ends.items() if name.strip().endswith(end)), None)


def _network_of_kind(layer: str, made: Proposal) -> None:
    """The network where the kind of thing, or a voltage, is found in one network alone."""
    if layer not in {"network_lines", "network_nodes"} or {"network"} & {*made.mapping, *made.constants}:
        return
    network = _ONE_NETWORK.get(str(made.constants.get("kind")))
    if "voltage_kv" in made.mapping:
        network = "electricity"
    if network is not None:
        made.constants["network"] = network
        made.because["constants.network"] = Title("只有这种网络才有", "only this network has such things")


def _names(layer: str, names: tuple[str, str], made: Proposal) -> None:
    """A name where no column has one: the identifier, or that of the table, or of the file if that says nothing."""
    if "name" in made.mapping:
        return
    column = made.mapping.get("id") or made.mapping.get("facility_id")
    if column is not None:
        made.constants["name"] = f"{{{column}}}"
        made.because["constants.name"] = Title(f"没有名称列，用“{column}”", f"no column of names: “{column}” instead")
    else:
        file, own = (text.strip() for text in names)
        made.constants["name"] = (file if own.isascii() else own) or CATALOG[layer].title.zh
        made.because["constants.name"] = Title("没有名称列，用文件名", "no column of names: the file's name instead")


def _words(layer: str, item: Field, values: Values, made: Proposal) -> None:
    """What longer values may mean, by the words in them."""
    unknown = [text for text in values.texts if choice_of(layer, item, text) is None]
    told = {}
    for text in unknown:
        keys = choices_within(layer, item, text)
        if len(keys) == 1:
            told[text] = next(iter(keys))
    if told:
        made.choices[item.name] = told
        made.because[f"choices.{item.name}"] = Title("按词中所含的说法", "by the words within")


def _states(values: Values, made: Proposal) -> None:
    """What 开 and 闭 mean: a switch that is open interrupts, a valve that is open lets through."""
    network = made.constants.get("network")
    states = [text for text in values.texts if word_key(text) in DEVICE_STATES]
    if not states or network is None or "network" in made.mapping:
        return
    is_switch = network == "electricity"
    apart = _APART | (_OPEN if is_switch else _SHUT)
    together = _TOGETHER | (_SHUT if is_switch else _OPEN)
    told = {text: "true" for text in states if word_key(text) in apart}
    told |= {text: "false" for text in states if word_key(text) in together}
    made.choices["normally_open"] = told
    made.because["choices.normally_open"] = (
        Title("电力开关：开 = 断开", "switches: open interrupts")
        if is_switch
        else Title("管网阀门：开 = 流通，闭 = 隔断", "valves: open lets through, shut interrupts")
    )


def _standby(values: Values, made: Proposal) -> None:
    """What stands ready or is under repair supplies nobody now: taking it for supply would be the worse mistake."""
    told = {text: "false" for text in values.texts if word_key(text) in STANDBY}
    if told:
        made.choices["in_service"] = told
        words_zh, words_en = "、".join(told), ", ".join(told)
        made.because["choices.in_service"] = Title(
            f"{words_zh}：眼下不供，按不在运", f"{words_en}: supplies nobody now, taken as out of service"
        )
