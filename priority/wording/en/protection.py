"""Sentences about protection, in English. Every key begins with `protection.`."""

SENTENCES: dict[str, str] = {}
