"""Layers as files for other software."""
