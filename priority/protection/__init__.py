"""Protection: what to guard before anything breaks, and which places hang on a thread."""
