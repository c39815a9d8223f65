"""A study without demand in words: whose loss was looked at, and who else is out of supply."""

from __future__ import annotations

from collections.abc import Iterator

from priority.network.arrays import NETWORK_KEYS
from priority.siting.study.demand import chosen_townships
from priority.siting.study.ground import Ground
from priority.siting.study.people import people_out
from priority.siting.study.setting import Setting


def nobody_words(ground: Ground) -> str:
    """Say that there is no demand, without claiming more than was looked at."""
    setting = ground.case.setting
    write, demand = setting.phrases.write, setting.study.demand
    if demand.where == "district":
        told = write("siting.sentence.no_demand")
    else:
        where = write("siting.nobody.where_chosen" if demand.townships else "siting.nobody.where")
        others = [] if demand.of == "facilities" else list(_others(ground))
        told = where + _whom(setting)
        told += write("siting.nobody.others", what=setting.phrases.join(others)) if others else ""
    unknown = ground.demand.people_unknown
    return told + (write("siting.nobody.unknown", count=unknown) if unknown else "")


def _whom(setting: Setting) -> str:
    """Nobody of those asked for, and what they would have lost."""
    study, write = setting.study, setting.phrases.write
    losses = setting.networks if study.demand.of != "facilities" else setting.commodities
    networks = setting.phrases.join([write(f"siting.lost.{key}") for key in losses])
    return write(f"siting.nobody.{study.demand.of}", networks=networks)


def _others(ground: Ground) -> Iterator[str]:
    """The people of the same townships who lose what was not asked about."""
    case = ground.case
    setting, townships = case.setting, chosen_townships(case)
    for network in NETWORK_KEYS:
        count = 0.0 if network in setting.networks else people_out(case, townships, network)
        if count > 0:
            lost = setting.phrases.write(f"siting.lost.{network}")
            yield setting.phrases.write("siting.nobody.other", network=lost, count=setting.phrases.number(count))
