"""The GeoPackage of a report: layers with figures, tables, styles for QGIS, provenance."""

from webmap.reports.files.gpkg.package import gpkg_file

__all__ = ["gpkg_file"]
