"""The database as the storage modules of `webmap` use it: the same engine and transactions as the layers'."""

from layers.engine import one_moment, open_engine, writing

__all__ = ["one_moment", "open_engine", "writing"]
