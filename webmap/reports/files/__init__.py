"""Files to take away after an event: one HTML page, GeoPackage, GeoJSON, tables as CSV and workbook, JSON."""

from webmap.reports.files.making import FORMATS, make

__all__ = ["FORMATS", "make"]
