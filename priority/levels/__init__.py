"""Which response level a plan asks for, clause by clause, with what is unknown."""

from priority.levels.recommend import recommend
from priority.levels.results import LevelResult

__all__ = ["LevelResult", "recommend"]
