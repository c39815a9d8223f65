"""The response against the plan, from the log alone: reports, measures, delays and forecasts, for one and for many."""
