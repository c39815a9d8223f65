"""What needs whom: a report that falls due, a decision that waits, something to confirm, by the roles that are held."""
