"""The page and its background map."""
