"""What is wrong with a setting."""

from __future__ import annotations


class InvalidSettings(Exception):
    """An environment variable has a value that cannot be used; `name` says which, the text what is wrong."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(f"{name}: {message}")
