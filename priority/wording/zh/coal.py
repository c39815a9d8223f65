"""Sentences about coal, in Chinese. Every key begins with `coal.`."""

SENTENCES: dict[str, str] = {}
