"""The routes by which people report from the place, and duty officers answer."""
