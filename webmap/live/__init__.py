"""The live picture: what is written to a log reaches everybody who watches the incident, at once and each time once."""
