"""The routes of drafts of edits."""
