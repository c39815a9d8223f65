"""Runs of siting studies: asked for, computed in the background, kept, and chosen."""
