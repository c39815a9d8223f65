"""A headquarters with field staff."""

from tests.web.log.conftest import house, standing_house

__all__ = ["house", "standing_house"]
