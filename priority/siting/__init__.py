"""Siting: where emergency supply stands best, with a proof or a gap, and who is left out."""
