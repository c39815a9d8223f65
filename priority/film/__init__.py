"""An incident as a film: what changes at every moment, so that any moment can be shown without asking for it anew."""

from priority.film.film import film_of
from priority.film.results import Film

__all__ = ["Film", "film_of"]
