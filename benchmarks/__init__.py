"""Measurements beside other libraries, each in one run."""
