"""What a report upward must say and no other entry holds: the items that somebody gives in words.

The items are those of the plans' own lists (energy plan 4.1 and 5.2, heating plan 4.1 and 5.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from layers.schema import Title

Item = Literal[
    "cause",
    "category",
    "course",
    "scope",
    "property_loss",
    "casualties",
    "trend",
    "measures",
    "secondary_hazards",
    "dangers_nearby",
    "evacuation",
    "support_needed",
    "person_in_charge",
    "reporter",
    "nature",
    "responsibility",
    "resources",
    "lessons",
]
ITEMS: tuple[Item, ...] = get_args(Item)

#: Items that name a person: with the unit and the telephone, which the heating plan asks for (4.1).
PERSON_ITEMS: frozenset[Item] = frozenset({"person_in_charge", "reporter"})

DETAIL_ITEMS: Mapping[Item, Title] = {
    "cause": Title("原因", "cause"),
    "category": Title("事件类别", "category of the event"),
    "course": Title("基本过程", "course"),
    "scope": Title("范围", "extent"),
    "property_loss": Title("财产损失", "loss of property"),
    "casualties": Title("人员伤亡", "casualties"),
    "trend": Title("发展趋势", "trend"),
    "measures": Title("已经采取的措施", "measures taken"),
    "secondary_hazards": Title("次生或衍生危害", "secondary hazards"),
    "dangers_nearby": Title("周边危险源", "dangers nearby"),
    "evacuation": Title("疏散群众", "evacuation"),
    "support_needed": Title("需要支援事项", "support needed"),
    "person_in_charge": Title("现场负责人", "person in charge on site"),
    "reporter": Title("报告人", "reporter"),
    "nature": Title("事件性质", "nature of the event"),
    "responsibility": Title("责任", "responsibility"),
    "resources": Title("投入资源", "resources used"),
    "lessons": Title("经验教训", "lessons"),
}
