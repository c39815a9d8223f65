"""A dispatch plan as a table: one row a trip by its departure, then one row a place that is not reached in time."""

from __future__ import annotations

from typing import Any

from layers.schema import Title
from webmap.exports.tables import Record, TableKind, moment, named, plain

_ROW_KINDS = {"trip": Title("送达", "Trip"), "place": Title("来不及的单位", "Place not in time")}
_COMMODITIES = {
    "coal": Title("煤", "Coal"),
    "water": Title("水", "Water"),
    "diesel": Title("柴油", "Diesel"),
}
_YES_NO = {"True": Title("是", "Yes"), "False": Title("否", "No")}


def _records(plan: Record) -> list[Record]:
    assumed = {row["id"]: row["assumed"] for row in (*plan["vehicles"], *plan["stocks"])}
    trips: list[dict[str, Any]] = [
        {**trip, "row": "trip", "assumed": assumed[trip["vehicle"]] or assumed[trip["stock"]]} for trip in plan["trips"]
    ]
    trips.sort(key=lambda trip: (trip["leave_at"], trip["vehicle"]))
    places = [{**row, "row": "place"} for row in plan["facilities"] if row["state"] != "kept"]
    return [*trips, *places]


DISPATCH = TableKind(
    Title("调运方案", "Dispatch plan"),
    _records,
    (
        named("row", "行的类别", "Row", _ROW_KINDS),
        plain("vehicle_name", "车辆", "Vehicle"),
        plain("position", "第几趟", "Trip of the vehicle"),
        named("commodity", "物资", "Commodity", _COMMODITIES),
        plain("stock_name", "库存", "Stock"),
        plain("facility_name", "单位", "Place"),
        plain("tier", "保障次序（预案类别）", "Tier in the plan"),
        plain("amount", "数量", "Amount"),
        plain("unit", "单位（数量）", "Unit"),
        moment("leave_at", "出发", "Leaves"),
        moment("load_at", "装车", "Loads"),
        moment("depart_at", "离开库存", "Leaves the stock"),
        moment("arrive_at", "到达", "Arrives"),
        moment("unloaded_at", "卸完", "Unloaded"),
        moment("deadline_at", "储备用完", "Reserve ends"),
        plain("slack_minutes", "余量（分钟）", "Slack (minutes)"),
        plain("hours_without", "断供（小时）", "Hours without"),
        plain("reason", "原因", "Reason"),
        named("assumed", "车辆或库存为假定", "Vehicle or stock assumed", _YES_NO),
        plain("facility", "编号", "Identifier"),
    ),
)
