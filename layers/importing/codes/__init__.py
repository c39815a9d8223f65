"""What can be wrong with imported data, one table a subject: titles, messages and remedies in both languages."""
