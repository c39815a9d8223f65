"""The plans as data: their wording against their numbers, their contents, and how a wrong file is told."""
