"""The route of an incident's film."""
