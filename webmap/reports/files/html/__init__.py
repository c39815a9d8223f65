"""A report as one HTML file that opens anywhere without a network: Folium's map with layers, clock and tables."""

from webmap.reports.files.html.page import html_file

__all__ = ["html_file"]
