"""Reports of an incident as official documents: what they say, and how they are set in Word, PDF and HTML."""

from webmap.reports.documents.building import build, render
from webmap.reports.documents.form_items import form_items
from webmap.reports.documents.items import Item, items_of
from webmap.reports.documents.model import KINDS, Document, Kind

__all__ = ["KINDS", "Document", "Item", "Kind", "build", "form_items", "items_of", "render"]
