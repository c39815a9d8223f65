"""Layers as files for other software: any format can be imported again, and gives the same records."""
