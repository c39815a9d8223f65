"""Warnings as they go out: the messages of the Common Alerting Protocol."""
