"""What the states and stages of a run are called."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.languages import Language
from webmap.siting.runs import State

STATE_TITLES: Mapping[State, Title] = {
    "waiting": Title("等待计算", "Waiting"),
    "running": Title("正在计算", "Computing"),
    "done": Title("已算完", "Done"),
    "failed": Title("未能计算", "Failed"),
    "cancelled": Title("已取消", "Cancelled"),
    "interrupted": Title("计算中断，请再算一次", "Interrupted: run it again"),
}
_STAGES: Mapping[str, Title] = {
    "demand": Title("汇总需求", "Gathering demand"),
    "distances": Title("计算路程", "Measuring distances"),
    "lscp": Title("求最少站点", "Seeking the fewest sites"),
    "mclp": Title("求最大覆盖", "Seeking the most coverage"),
    "pmedian": Title("求最短总路程", "Seeking the least travel"),
    "bound": Title("证明与最优相差多少", "Proving how near the best it is"),
    "tree": Title("证明与最优相差多少", "Proving how near the best it is"),
    "pcenter": Title("求最远者最近", "Seeking the shortest worst case"),
    "regret": Title("比较各种情形", "Weighing the scenarios"),
    "infeasible": Title("查找无解的原因", "Finding what makes it infeasible"),
    "curve": Title("再算多一处、少一处", "One site more, one less"),
}
_ANY_STAGE = Title("正在计算", "Computing")


def state_title(state: State, language: Language) -> str:
    """Return a state in words."""
    return _in(STATE_TITLES[state], language)


def stage_title(stage: str | None, language: Language) -> str | None:
    """Return what is being done in words; None where nothing is."""
    return None if stage is None else _in(_STAGES.get(stage, _ANY_STAGE), language)


def _in(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en
