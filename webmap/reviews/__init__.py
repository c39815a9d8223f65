"""The response against the plan, from the log alone: reports, measures, delays, forecasts, and many incidents together."""
