"""YAML of script files, which come from anybody: bounded, and with the line of what cannot be read."""

from __future__ import annotations

from typing import Any

import yaml

#: Parts of a script lie in each other no deeper than about six.
_DEEPEST = 20
_WORD = "tag:yaml.org,2002:str"
_BEGINS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _Loader(yaml.SafeLoader):
    """Names the line of a value that is not what its tag or form says, as a date with a thirteenth month."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError) as error:
            raise _wrong("this value cannot be read", node.start_mark) from error


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text, None of an empty one.

    Raises `yaml.YAMLError`, also for an alias (`*name`), by which a few lines could stand for any number of them, for
    parts that lie too deep in each other, and for keys that are no words.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _wrong("an alias (*name) is not allowed here", event.start_mark)
        depth += isinstance(event, _BEGINS) - isinstance(event, _ENDS)
        if depth > _DEEPEST:
            raise _wrong("parts lie too deep in each other", event.start_mark)
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    _require_words(tree)
    return tree


def construct(tree: yaml.Node | None) -> Any:
    """Return what the nodes say, None of none. Raises `yaml.YAMLError`."""
    return None if tree is None else _Loader("").construct_document(tree)


def _require_words(node: yaml.Node | None) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.tag != _WORD:
                raise _wrong("a key is one word, within quotation marks if need be", key.start_mark)
            _require_words(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _require_words(item)


def _wrong(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
