"""Sentences about coal, in English. Every key begins with `coal.`."""

SENTENCES: dict[str, str] = {}
