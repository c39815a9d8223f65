"""A restoration plan as a table: one row a step, repairs and mobile units by the time at which they are done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.schema import Choice, Title
from layers.vocabulary import NETWORKS
from webmap.exports.tables import Cell, Column, Record, TableKind, moment, named, plain, titles
from webmap.languages import Language
from webmap.runtime import Snapshot

_STEP_KINDS = {
    "switching": Title("操作", "Switching"),
    "repair": Title("抢修", "Repair"),
    "unit": Title("机动设备", "Mobile unit"),
}
_YES_NO = {"True": Title("是", "Yes"), "False": Title("否", "No")}


def with_names(plan: Mapping[str, Any], snapshot: Snapshot, *, restricted: bool) -> dict[str, Any]:
    """Return the plan with `facility_names`: the names of the places that steps bring back, by id."""
    places = snapshot.visible("facilities", restricted=restricted)
    wanted = {place for step in plan["steps"] for place in step["brings_back"]["facilities"]}
    chosen = places[places["id"].isin(list(wanted))]
    return {**plan, "facility_names": dict(zip(chosen["id"], chosen["name"], strict=True))}


def _records(plan: Record) -> list[Record]:
    """Switching first, as it is done first, then repairs and units by the time at which they are done."""
    switching = [
        {"step": "switching", "order": row["order"], "name": row["name"], **_switched(row)} for row in plan["switching"]
    ]
    crews = {crew["id"]: crew["name"] for crew in plan["crews"]}
    timed = [_repair(row, crews, plan["facility_names"]) for row in plan["steps"]]
    timed += [_unit(row) for row in plan["units"]]
    return [*switching, *sorted(timed, key=lambda record: (record["done_at"], record["step"], record["order"]))]


def _switched(row: Record) -> dict[str, Any]:
    restores = row["restores"] or {}
    return {
        "network": row["network"],
        "customers": {row["network"]: restores.get("customers")},
        "population": restores.get("population"),
        "reason": row["text"],
        "id": row["id"],
    }


def _repair(row: Record, crews: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    back = row["brings_back"]
    return {
        **row,
        "step": "repair",
        "order": row["rank"],
        "who": crews.get(row["crew"], row["crew"]),
        "customers": back["customers"],
        "population": back["population"],
        "facilities": [names.get(place, place) for place in back["facilities"]],
        "id": row["fault"],
    }


def _unit(row: Record) -> dict[str, Any]:
    return {
        **row,
        "step": "unit",
        "order": row["rank"],
        "who": row["unit_name"],
        "name": row["facility_name"],
        "network": row["commodity"],
        "start_at": row["arrive_at"],
        "done_at": row["ready_at"],
        "facilities": [row["facility_name"]],
        "id": row["facility"],
    }


def _customers(network: Choice) -> Column:
    """Customers are meters: those of different networks are not added up."""
    title = Title(f"恢复{network.title.zh}户数", f"{network.title.en}: customers brought back")
    return Column(title, lambda record, _: record.get("customers", {}).get(network.key))


def _facilities(record: Record, language: Language) -> Cell:
    return ("、" if language == "zh" else ", ").join(record.get("facilities", []))


RESTORATION = TableKind(
    Title("抢修方案", "Restoration plan"),
    _records,
    (
        named("step", "步骤类别", "Step", _STEP_KINDS),
        plain("order", "次序", "Order"),
        plain("who", "队伍或设备", "Crew or unit"),
        plain("name", "故障、单位或设备", "Fault, place or device"),
        named("network", "网络", "Network", titles(NETWORKS)),
        moment("depart_at", "出发", "Departs"),
        moment("arrive_at", "到达", "Arrives"),
        moment("start_at", "开始", "Starts"),
        moment("done_at", "完成", "Done"),
        plain("travel_hours", "路程（小时）", "Travel (hours)"),
        plain("work_hours", "作业（小时）", "Work (hours)"),
        *(_customers(network) for network in NETWORKS),
        plain("population", "恢复人口", "People brought back"),
        Column(Title("恢复的单位", "Places brought back"), _facilities),
        named("fixed", "人工指定", "Fixed by hand", _YES_NO),
        plain("reason", "理由", "Reason"),
        plain("id", "编号", "Identifier"),
    ),
)
