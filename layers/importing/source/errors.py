"""A file that is refused as a whole, and what to do about it."""

from __future__ import annotations

from layers.errors import LayerError
from layers.schema import Title


class UnusableFile(LayerError):
    """A file cannot be read, or is not read because it could do harm.

    `code` is stable (`zip_bomb`, `wrong_content`, ...); `message` says what is wrong and `remedy` what to do, each in
    both languages.
    """

    def __init__(self, code: str, message: Title, remedy: Title) -> None:
        self.code = code
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message.zh} ({message.en})")
