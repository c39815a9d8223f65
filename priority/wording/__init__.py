"""The words of results and problems, in Chinese and English."""

from priority.wording.phrases import Phrases

__all__ = ["Phrases"]
