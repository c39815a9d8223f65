"""Sentences about protection, in Chinese. Every key begins with `protection.`."""

SENTENCES: dict[str, str] = {}
