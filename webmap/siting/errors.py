"""Why nothing was done about a run, as nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layers.schema import Title
from webmap.refused_words import ByRuleAndNames


class SitingError(Exception):
    """Base of all errors that runs of studies raise on purpose. Nothing was changed."""


class UnknownRun(SitingError):
    """No run has that id."""


#: Rule -> what is not done, and what to do instead. `names` are those of the sites that stand in the way.
_WORDS: Mapping[str, tuple[Title, Title]] = {
    "queue_full": (
        Title("等待计算的方案已有 {most} 个，未再加入", "{most} studies wait already; this one was not added"),
        Title("等其中一些算完，或取消不再需要的", "Wait until some are done, or cancel those no longer needed"),
    ),
    "no_answer": (
        Title("这次计算没有得出方案", "This run has no answer"),
        Title(
            "等它算完；无解时放宽标准或增加站点，再算一次",
            "Wait for it; where there is no answer, ask for less or for more sites",
        ),
    ),
    "nothing_new": (
        Title("方案没有新增站点，无可选定", "The answer has no new sites"),
        Title(
            "已有的站点已经够用；要新增，请提高标准再算",
            "The sites that stand are enough; ask for more to get new ones",
        ),
    ),
    "chosen_already": (
        Title("这个方案已经选定", "This answer is chosen already"),
        Title("刷新后查看；要改，先撤回", "Reload to see it; take it back to change it"),
    ),
    "not_chosen": (
        Title("这个方案没有选定，无可撤回", "This answer is not chosen"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
    "site_gone": (
        Title(
            "数据已经更新，这些地点与计算时不同：{names}",
            "The data went on; these places are not as they were: {names}",
        ),
        Title("按现在的数据再算一次", "Run the study again with the present data"),
    ),
    "restricted_place": (
        Title(
            "这些单位限制公开，不能成为公开图层中的站点：{names}",
            "These places are restricted and cannot become sites, which all see: {names}",
        ),
        Title("在候选点中去掉它们，再算一次", "Leave them out of the candidates and run the study again"),
    ),
}
RULES = tuple(_WORDS)


class SitingRefused(ByRuleAndNames, SitingError):
    """What stands does not allow it; `rule` says what, `names` are the sites concerned."""

    words = _WORDS

    def __init__(self, rule: str, names: Sequence[str] = (), most: int = 0) -> None:
        super().__init__(rule, tuple(names), most)
