"""Tests of the protection list."""
