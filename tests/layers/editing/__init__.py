"""Editing layers record by record."""
