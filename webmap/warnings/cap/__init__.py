"""Common Alerting Protocol 1.2 (OASIS standard of 1 July 2010): writing, reading, signing and checking messages."""

from webmap.warnings.cap.checking import check_message
from webmap.warnings.cap.findings import Finding
from webmap.warnings.cap.message import Alert, AlertArea, Info, Reference, Resource
from webmap.warnings.cap.reading import UnreadableAlert, read_alert
from webmap.warnings.cap.writing import UnsendableAlert, write_alert

__all__ = [
    "Alert",
    "AlertArea",
    "Finding",
    "Info",
    "Reference",
    "Resource",
    "UnreadableAlert",
    "UnsendableAlert",
    "check_message",
    "read_alert",
    "write_alert",
]
