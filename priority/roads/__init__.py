"""Roads: how long it takes to get from one place to another, with closed roads out."""
