"""How far an import is, and what may be done with it then: one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from layers.schema import Title

#: `uploaded` waits to be inspected; the three -ing states are worked on, or wait for it; the last four are ends.
State = Literal[
    "uploaded",
    "inspecting",
    "inspected",
    "checking",
    "checked",
    "committing",
    "committed",
    "failed",
    "cancelled",
    "discarded",
]
STATES: tuple[State, ...] = get_args(State)
#: What somebody asks to be done with an import.
Action = Literal["inspect", "check", "commit", "cancel", "discard"]

#: Work that waits -> what it is while somebody works on it.
UNDER_WAY: frozenset[State] = frozenset({"uploaded", "inspecting", "checking", "committing"})
#: Ends after which nothing is done any more.
OVER: frozenset[State] = frozenset({"committed", "discarded"})

_AT_REST: frozenset[State] = frozenset({"inspected", "checked", "failed", "cancelled"})
#: What may be done in which states. A check needs what the inspection found as well.
ALLOWED: Mapping[Action, frozenset[State]] = {
    "inspect": _AT_REST,
    "check": _AT_REST,
    "commit": frozenset({"checked"}),
    "cancel": UNDER_WAY,
    "discard": _AT_REST,
}
#: Asked for -> the state in which it waits until somebody takes it.
WAITS_AS: Mapping[Action, State] = {"inspect": "uploaded", "check": "checking", "commit": "committing"}
#: Work -> the state after it has gone well.
THEN: Mapping[State, State] = {"inspecting": "inspected", "checking": "checked", "committing": "committed"}

STATE_TITLES: Mapping[State, Title] = {
    "uploaded": Title("已上传", "uploaded"),
    "inspecting": Title("正在识别", "being looked at"),
    "inspected": Title("已识别", "looked at"),
    "checking": Title("正在检查", "being checked"),
    "checked": Title("已检查", "checked"),
    "committing": Title("正在入库", "being written"),
    "committed": Title("已入库", "written"),
    "failed": Title("失败", "failed"),
    "cancelled": Title("已取消", "cancelled"),
    "discarded": Title("已放弃", "discarded"),
}

#: Step of a piece of work -> what it is called.
STEP_TITLES: Mapping[str, Title] = {
    "opening": Title("打开文件", "opening the file"),
    "guessing": Title("识别内容", "recognising the content"),
    "reading": Title("读取并逐行检查", "reading and checking rows"),
    "checking": Title("核对引用与重复", "checking references and duplicates"),
    "topology": Title("接合线与节点", "joining lines and nodes"),
    "comparing": Title("与现有数据比较", "comparing with the present data"),
    "writing": Title("写入数据库", "writing to the database"),
}
