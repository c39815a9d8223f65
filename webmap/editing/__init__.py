"""Drafts of edits: kept for one person while they are made, looked at, and written into the data at once."""
