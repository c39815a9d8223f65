"""Texts of what a warning goes out as (message, script, lists, notice, page), in English."""

SENTENCES: dict[str, str] = {}
