"""How the columns of one table become records of one layer: said in full, so that a person can read and change it.

A plan is a document (JSON) for the page, the command line and mappings kept by name. Nothing in it is guessed when
rows are converted: what a plan does not say is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from layers.errors import LayerError
from layers.schema import Title

Value = str | int | float | bool
Mode = Literal["replace", "merge"]
IdFrom = Literal["column", "made"]


@dataclass(frozen=True)
class PlanProblem:
    """One thing in a plan's document that cannot be: where it stands (`mapping.name`), and why."""

    where: str
    message: Title

    def document(self) -> dict[str, str]:
        """Return the problem for JSON, with both languages."""
        return {"where": self.where, "zh": self.message.zh, "en": self.message.en}


class InvalidPlan(LayerError):
    """A plan breaks its rules; `problems` has every one of them."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{item.where}: {item.message.zh} ({item.message.en})" for item in problems[:5]))


@dataclass(frozen=True)
class Building:
    """That lines without nodes get a topology: ends within `tolerance_m` metres meet, and nodes are made if wished."""

    tolerance_m: float
    make_nodes: bool = True


@dataclass(frozen=True)
class Question:
    """Something a plan leaves open that must be said before rows can be kept: `target` is a field, or `datum`."""

    code: Literal["datum_open", "place_open", "column_open"]
    target: str
    message: Title

    def document(self) -> dict[str, str]:
        """Return the question for JSON, with both languages."""
        return {"code": self.code, "target": self.target, "zh": self.message.zh, "en": self.message.en}


@dataclass(frozen=True)
class ImportPlan:
    """How a table becomes a layer.

    `mapping` names the source column of each catalogue field; `constants` hold the value of a field for every row whose
    mapped cell is empty, or for all where no column is mapped. In a text constant `{name of a column}` stands for the
    row's value, `{name of a column:6}` for its first six characters. `choices` translate values of closed fields that
    the product does not know by itself (`{"kind": {"变": "substation"}}`); `units` say in what unit a column's bare
    numbers are, if not the catalogue's.
    Places come from the table's geometry, or from the columns `x` (longitude or easting) and `y`, or from `wkt`.
    `datum` is `EPSG:n`, `gcj02` or `bd09`, and None while it is not known; `swap_axes` exchanges the coordinates first.
    Mode `replace` makes the table the whole layer, `merge` adds to it and updates records of the same id. Ids are those
    of the mapped column, or made from each record's content, the same for the same record. Fields in `lenient` are
    optional ones of which a cell that cannot be read counts as unknown; otherwise its row is set aside.
    """

    layer: str
    table: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    x: str | None = None
    y: str | None = None
    wkt: str | None = None
    datum: str | None = None
    swap_axes: bool = False
    encoding: str = "auto"
    mode: Mode = "merge"
    topology: Building | None = None
    id_from: IdFrom = "made"
    lenient: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the plan for JSON; `read_plan` gives the same plan again."""
        building = self.topology
        return {
            "layer": self.layer,
            "table": self.table,
            "mapping": dict(self.mapping),
            "constants": dict(self.constants),
            "choices": {target: dict(words) for target, words in self.choices.items()},
            "units": dict(self.units),
            "x": self.x,
            "y": self.y,
            "wkt": self.wkt,
            "datum": self.datum,
            "swap_axes": self.swap_axes,
            "encoding": self.encoding,
            "mode": self.mode,
            "topology": building and {"tolerance_m": building.tolerance_m, "make_nodes": building.make_nodes},
            "id_from": self.id_from,
            "lenient": list(self.lenient),
        }

    def with_changes(self, **changes: Any) -> ImportPlan:
        """Return a copy with these attributes set; it is not checked again."""
        return replace(self, **changes)

    @property
    def source_columns(self) -> tuple[str, ...]:
        """Columns of the table that the plan reads, each once."""
        places = (name for name in (self.x, self.y, self.wkt) if name is not None)
        return tuple(dict.fromkeys((*self.mapping.values(), *places)))
