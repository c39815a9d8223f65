"""The log without a database: entries, chain, transitions, fold, prose."""
