"""Drafts of edits over HTTP."""
