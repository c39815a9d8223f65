"""Raw files as an office has them, of a small invented network in four real subdistricts: for trying out an import."""

from layers.sample.office.files import FILES, write_office_files

__all__ = ["FILES", "write_office_files"]
