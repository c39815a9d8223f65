"""The sample district: `read_sample` reads it, `python -m layers.sample` builds it."""

from layers.sample.reading import read_sample

__all__ = ["read_sample"]
