"""People: who may see and do what, and when it happened. The Flask application and the command line."""
