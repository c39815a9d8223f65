"""What is taken for granted where neither the file nor anybody says it; each such value is told, never kept silent."""

from __future__ import annotations

from pathlib import Path

from layers.importing.issues import Issue, IssueBook
from layers.importing.meaning.plan import ImportPlan, Value
from layers.importing.meaning.words import STANDBY, word_key
from layers.records import layer_of
from layers.schema import Field, Title

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
#: Yes-or-no fields whose usual value is proposed everywhere. `flags_assumed` tells of them, whoever made the plan.
_FLAGS = frozenset({"in_service", "normally_open", "closed", "required"})
#: Kinds of nodes for which it matters whether they are open.
_DEVICES = frozenset({"switch", "valve"})


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
        if field.name not in _FLAGS:
            _tell(book, field, value)
    return plan.with_changes(constants=constants), book.issues()


def flags_assumed(plan: ImportPlan) -> tuple[Issue, ...]:
    """Return the issues that tell which yes-or-no fields no column of the file gives, and what standby counts as.

    A plan that gives such a field another value than the usual one says it on purpose, and nothing is told.
    """
    book = IssueBook(plan.layer)
    for field in layer_of(plan.layer).fields:
        usual = _LEAST.get(field.name)
        if field.name not in _FLAGS or field.name in plan.mapping or plan.constants.get(field.name) != usual:
            continue
        matters = field.name != "normally_open" or plan.constants.get("kind", "valve") in _DEVICES
        _tell(book, field, bool(usual), is_warning=matters)
    ready = [
        word
        for word, meaning in plan.choices.get("in_service", {}).items()
        if meaning == "false" and word_key(word) in STANDBY
    ]
    if ready and "in_service" in plan.mapping:
        book.add("standby_out", column="in_service", words="、".join(ready), name="in_service")
    return book.issues()


def _tell(book: IssueBook, field: Field, value: Value, *, is_warning: bool = True) -> None:
    shown = _shown(field, value)
    book.add(
        "value_assumed",
        column=field.name,
        severity="warning" if is_warning else "note",
        name=field.name,
        shown_zh=shown.zh,
        shown_en=shown.en,
    )


def _value(name: str, plan: ImportPlan, file: Path) -> Value | None:
    if name == "source":
        return file.name
    if name == "name":
        column = plan.mapping.get("id")
        return layer_of(plan.layer).title.zh if column is None else f"{{{column}}}"
    return _LEAST.get(name)


def _shown(field: Field, value: Value) -> Title:
    if isinstance(value, bool):
        return Title("是", "yes") if value else Title("否", "no")
    titles = {choice.key: choice.title for choice in field.values}
    return titles.get(str(value), Title(str(value), str(value)))
