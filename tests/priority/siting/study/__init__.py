"""Tests of siting studies."""
