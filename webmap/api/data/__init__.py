"""The versions of the data over HTTP: who wrote what, what is different, and the way back."""
