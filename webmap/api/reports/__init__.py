"""Routes of what is made of an incident: impact, review, reports, maps, files, statistics."""
