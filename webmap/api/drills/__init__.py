"""Drills that play themselves over HTTP: the scripts there are, beginning one, and how one that plays is held."""
