"""The measures of an impact that maps show, and their value for each township, for one network or for all together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.schema import Title
from layers.vocabulary import NETWORKS
from webmap.errors import InvalidQuery

NETWORK_KEYS = tuple(choice.key for choice in NETWORKS)
Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Measure:
    """What a map shows. `fixed` are round upper bounds of classes, the same for every incident, the last one open.

    `whole` figures are counts. `by_network` says whether a single network has one; `over_networks` how those of the
    networks make one of all. `all_note` tells readers of a map of all networks what that one is. `of_people` figures
    may be 0 where customers are out.
    """

    key: str
    title: Title
    unit: Title
    fixed: tuple[float, ...]
    fixed_three: tuple[float, float]
    by_network: bool = True
    over_networks: Callable[[list[float]], float] = max
    all_note: Title | None = None
    of_people: bool = False


_LONGEST = Title("取停供最久的一个网络", "of the network that was out longest")
_MEASURES = (
    Measure(
        "customer_hours",
        Title("停供户时", "Customer-hours lost"),
        Title("户·时", "customer-hours"),
        (1_000, 10_000, 50_000, 100_000),
        (10_000, 100_000),
        over_networks=sum,
        all_note=Title("各网络之和", "sum of the networks"),
    ),
    Measure(
        "people_hours",
        Title("停供人时", "People-hours lost"),
        Title("人·时", "people-hours"),
        (5_000, 50_000, 100_000, 500_000),
        (50_000, 500_000),
        all_note=Title("各时刻取人数最多的一个网络", "at each moment, of the network with most people"),
        of_people=True,
    ),
    Measure(
        "hours_per_customer",
        Title("户均停供时间", "Hours lost per customer hit"),
        Title("小时", "hours"),
        (2, 6, 12, 24),
        (6, 24),
        all_note=_LONGEST,
    ),
    Measure(
        "hours_to_restore",
        Title("恢复用时", "Time to restore"),
        Title("小时", "hours"),
        (6, 12, 24, 48),
        (12, 24),
        all_note=_LONGEST,
    ),
    Measure(
        "peak_customers",
        Title("停供户数峰值", "Most customers out at once"),
        Title("户", "customers"),
        (100, 1_000, 5_000, 10_000),
        (1_000, 10_000),
        all_note=Title("取最多的一个网络", "of the network with most"),
    ),
    Measure(
        "people_hit",
        Title("受影响人数", "People hit"),
        Title("人", "people"),
        (1_000, 5_000, 20_000, 50_000),
        (5_000, 50_000),
        by_network=False,
        of_people=True,
    ),
)
MEASURES: dict[str, Measure] = {measure.key: measure for measure in _MEASURES}


@dataclass(frozen=True)
class TownshipValues:
    """A measure of every township of an impact, by code; None where it is not known, 0 where nothing was lost.

    `running` are the townships whose supply is not back yet, where the measure is the time that takes; they have no
    value. `lower_bounds` are those with consumer points whose customers nobody knows: more was lost than is said.
    `outside` is what was lost in no township, None if it is not known.
    """

    measure: Measure
    network: str | None
    values: Values
    running: frozenset[str] = frozenset()
    lower_bounds: frozenset[str] = frozenset()
    outside: float | None = 0.0
    without_customers: frozenset[str] = field(default=frozenset())


def measure_of(key: str, network: str | None = None) -> Measure:
    """Return a measure. Raises `InvalidQuery` for an unknown measure or network, or one that no single network has."""
    if key not in MEASURES:
        raise InvalidQuery("measure", key, tuple(MEASURES))
    if network is not None and network not in NETWORK_KEYS:
        raise InvalidQuery("network", network, NETWORK_KEYS)
    measure = MEASURES[key]
    if network is not None and not measure.by_network:
        raise InvalidQuery("measure", key, tuple(name for name, item in MEASURES.items() if item.by_network))
    return measure


def township_values(impact: Mapping[str, Any], key: str, network: str | None = None) -> TownshipValues:
    """Read a measure out of an impact document. Raises as `measure_of`."""
    measure = measure_of(key, network)
    rows = [_TownshipReading(row, measure, network) for row in impact["townships"]]
    inside = [row for row in rows if row.code is not None]
    return TownshipValues(
        measure=measure,
        network=network,
        values={row.code: row.value for row in inside},
        running=frozenset(row.code for row in inside if row.running),
        lower_bounds=frozenset(row.code for row in inside if row.unknown_points and row.value),
        outside=next((row.value for row in rows if row.code is None), 0.0),
        without_customers=frozenset(row.code for row in inside if row.nobody),
    )


class _TownshipReading:
    """One township's row, read for one measure."""

    def __init__(self, row: Mapping[str, Any], measure: Measure, network: str | None) -> None:
        self.code = row["code"]
        self.row = row
        self.measure = measure
        networks = row["networks"]
        self.networks = [row for key, row in networks.items() if network in {None, key}]
        self.whole = network is None

    @property
    def unknown_points(self) -> bool:
        return any(item["customers_unknown"] for item in self.networks)

    @property
    def nobody(self) -> bool:
        return not any(item["customers"] or item["customers_unknown"] for item in self.networks)

    @property
    def running(self) -> bool:
        return self.measure.key == "hours_to_restore" and any(_not_back(item) for item in self.networks)

    @property
    def value(self) -> float | None:
        value = None if self.running else self._known()
        return None if self.running or (not value and self.unknown_points) else value

    def _known(self) -> float | None:
        key = self.measure.key
        if self.whole and key in {"people_hours", "people_hit"}:
            return float(self.row[key])
        return self._combined([_of_network(item, key) for item in self.networks])

    def _combined(self, values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        return float(self.measure.over_networks(known)) if known else 0.0


def _not_back(item: Mapping[str, Any]) -> bool:
    return bool(item["first_loss_at"]) and item["hours_to_restore"] is None


def _of_network(item: Mapping[str, Any], key: str) -> float | None:
    """Return a network's figure in a township; 0 of a time that is missing because nothing was ever lost."""
    value = item[key]
    if value is None and not item["first_loss_at"]:
        return 0.0
    return None if value is None else float(value)
