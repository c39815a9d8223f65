"""Texts of what a warning goes out as (message, script, lists, notice, page), in Chinese."""

SENTENCES: dict[str, str] = {}
