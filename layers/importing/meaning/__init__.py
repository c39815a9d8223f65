"""What a table of another office means: its layer, its columns, its values."""
