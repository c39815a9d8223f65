"""The route of the live stream."""
