"""Dispatch: which vehicle takes what from which stock to which place before its reserve ends."""
