"""Meaning: networks, cascades, townships, plans, ranking. Pure functions; no database, no Flask, no clock."""
