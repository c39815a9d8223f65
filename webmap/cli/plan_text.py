"""A plan as a page of text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan

_WORDS: dict[str, dict[Language, str]] = {
    "due": {"zh": "修订期限", "en": "Revision due"},
    "overdue": {"zh": "已过期", "en": "overdue"},
    "level": {"zh": "级响应", "en": " response"},
    "decides": {"zh": "启动", "en": "Started by"},
    "reports": {"zh": "报告间隔（分钟）", "en": "Report every (minutes)"},
    "conditions": {"zh": "响应条件", "en": "Conditions"},
    "measures": {"zh": "响应措施", "en": "Measures"},
    "priority": {"zh": "优先保障", "en": "Priority list"},
    "warnings": {"zh": "预警", "en": "Warnings"},
    "rulings": {"zh": "解释", "en": "Interpretations"},
    "telephones": {"zh": "值班电话", "en": "Telephones"},
}


def plan_text(plan: Plan, document: dict[str, Any], language: Language) -> str:
    """Return the plan for reading: identity, levels, priority list, warnings, interpretations, telephones."""

    def word(key: str) -> str:
        return _WORDS[key][language]

    late = f"（{word('overdue')}）" if document["revision_overdue"] else ""
    lines = [
        f"{plan.title.in_language(language)}（{plan.document_number}，{plan.issued_on}）",
        f"{word('due')}：{document['revision_due_on']}{late}（{plan.revision.clause}）",
    ]
    for level in reversed(plan.levels):
        lines += ["", f"── {level.level} {word('level')}（{level.clause}）"]
        lines.append(f"{word('decides')}：{'、'.join(level.decided_by)}")
        if level.report_every_minutes:
            lines.append(f"{word('reports')}：{level.report_every_minutes}")
        lines += [f"{word('conditions')}：", *(f"  {item.clause}  {item.text}" for item in level.conditions)]
        lines += [f"{word('measures')}：", *(f"  {item.clause}  {item.text}" for item in level.measures)]
    lines += ["", f"── {word('priority')}"]
    lines += [f"  {item.tier:>2}  {item.name.in_language(language)}（{item.clause}）" for item in plan.priority_list]
    lines += ["", f"── {word('warnings')}（{plan.warnings.clause}）"]
    lines += [f"  {item.name}：{item.criteria}" for item in plan.warnings.levels]
    lines += ["", f"── {word('rulings')}"]
    lines += [f"  {item.clause}  {item.text.in_language(language)}" for item in plan.interpretations]
    if plan.organisation.telephones:
        lines += ["", f"── {word('telephones')}"]
        lines += [f"  {item.unit}  {' / '.join(item.numbers)}" for item in plan.organisation.telephones]
    return "\n".join(lines)
