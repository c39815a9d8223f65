"""The headquarters of the log's tests, for what its commander sees."""

from tests.web.log.conftest import house, standing_house

__all__ = ["house", "standing_house"]
