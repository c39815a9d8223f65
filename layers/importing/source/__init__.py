"""Files of other software, read safely: what tables they hold, and their rows in batches."""

from layers.importing.source.errors import UnusableFile
from layers.importing.source.model import Batch, Limits, Reader, Source, SourceTable
from layers.importing.source.opening import open_source, read_batches

__all__ = ["Batch", "Limits", "Reader", "Source", "SourceTable", "UnusableFile", "open_source", "read_batches"]
