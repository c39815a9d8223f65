"""Siting over HTTP: what a study looks at, its runs, their answers as files, and what is chosen."""
