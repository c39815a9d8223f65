"""What is taken for granted where neither the file nor anybody says it; each such value is told, never kept silent."""

from __future__ import annotations

from pathlib import Path

from layers.importing.issues import Issue, IssueBook
from layers.importing.meaning.plan import ImportPlan, Value
from layers.records import layer_of

#: The value of a required field that says least, and does least harm where it is wrong: unknown quality is no survey,
#: and who may be restricted is.
_LEAST: dict[str, Value] = {
    "provenance": "estimated",
    "boundary_quality": "low",
    "restricted": True,
    "in_service": True,
    "normally_open": False,
    "closed": False,
    "required": True,
}


def with_assumed(plan: ImportPlan, file: Path) -> tuple[ImportPlan, tuple[Issue, ...]]:
    """Return a plan in which required fields that it leaves open have a value, and the issues that tell of them.

    The source is the file's name, and a record without a name is called as its id. Fields that nobody can know
    (a network, a kind) stay open.
    """
    layer = layer_of(plan.layer)
    book = IssueBook(plan.layer)
    constants = dict(plan.constants)
    for field in layer.fields:
        said = field.name in plan.mapping or field.name in constants
        value = _value(field.name, plan, file)
        if not field.required or said or value is None:
            continue
        constants[field.name] = value
        book.add("value_assumed", column=field.name, values=[_shown(value)], name=field.name)
    return plan.with_changes(constants=constants), book.issues()


def _value(name: str, plan: ImportPlan, file: Path) -> Value | None:
    if name == "source":
        return file.name
    if name == "name":
        column = plan.mapping.get("id")
        return layer_of(plan.layer).title.zh if column is None else f"{{{column}}}"
    return _LEAST.get(name)


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
