"""Why nothing was done about a draft, as nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layers.editing.problems import Problem
from layers.schema import Title
from webmap.refused_words import ByRuleAndNames


class EditingError(Exception):
    """Base of all errors that drafts raise on purpose. Nothing was changed."""


class UnknownDraft(EditingError):
    """The person who asks has no draft of that id."""


class EditRefused(EditingError):
    """An operation does not apply as things stand; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message("en") for problem in problems))


#: Rule -> what was not done, and what to do instead. `names` are those of the records that stand in the way.
_WORDS: Mapping[str, tuple[Title, Title]] = {
    "draft_changed": (
        Title("这份草稿在别处改过了", "The draft was changed elsewhere"),
        Title("按现在的草稿重做这一步", "Take it up as it stands now, and do this again"),
    ),
    "data_changed": (
        Title(
            "其间数据已经更新，这些记录与您改的时候不同：{names}",
            "The data went on; these records are not as they were: {names}",
        ),
        Title(
            "草稿还在：看过现在的值，再决定“按现在的数据继续”，或撤销那几步",
            "The draft is kept: look at the present values, then go on with the present data, or undo those steps",
        ),
    ),
    "does_not_apply": (
        Title("其间数据已经更新，有几步做不成了：{names}", "The data went on, and some steps no longer apply: {names}"),
        Title("去掉那几步，或重新做", "Take those steps out, or do them again"),
    ),
    "has_errors": (
        Title("还有必须改正的问题：{names}", "There are problems that must be mended first: {names}"),
        Title("见改动清单中的问题", "See the problems in the review"),
    ),
    "nothing_changed": (
        Title("草稿没有改动任何记录", "The draft changes nothing"),
        Title("先改，再入库", "Change something first"),
    ),
    "not_open": (
        Title("这份草稿已经入库或放弃", "The draft was written into the data or discarded"),
        Title("开一份新的草稿", "Begin a new draft"),
    ),
    "not_discarded": (
        Title("这份草稿没有放弃", "The draft was not discarded"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
    "not_committed": (
        Title("这份草稿没有入库，无可撤回", "The draft was not written into the data"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
    "changed_since": (
        Title("入库后这些记录又改过，不能单独撤回：{names}", "These records were changed again since then: {names}"),
        Title("在“版本”中恢复到以前的版本，或再改一次", "Restore an earlier version, or edit them again"),
    ),
    "too_many": (
        Title("草稿已有 {most} 步，不能再加", "The draft has {most} steps already"),
        Title("先入库，再开一份新的", "Write it into the data and begin another"),
    ),
    "too_many_drafts": (
        Title("您已有 {most} 份未入库的草稿", "You have {most} open drafts already"),
        Title("先把其中几份入库或放弃", "Write some into the data or discard them"),
    ),
}
RULES = tuple(_WORDS)


class DraftRefused(ByRuleAndNames, EditingError):
    """What stands does not allow it; `rule` says what, `names` are the records concerned, `problems` say more."""

    words = _WORDS

    def __init__(self, rule: str, names: Sequence[str] = (), most: int = 0, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(rule, tuple(names), most)
