"""Imports over HTTP: upload, look, check, commit."""
