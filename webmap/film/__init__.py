"""An incident's log as a film: what is known now of every moment, or what was believed at it."""

from webmap.film.making import film_document
from webmap.film.telling import MODES, Mode

__all__ = ["MODES", "Mode", "film_document"]
