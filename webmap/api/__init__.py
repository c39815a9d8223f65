"""The API: catalogue, layers, assessments and their schemas, as JSON."""
