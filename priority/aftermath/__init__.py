"""After the event: what an incident cost over time, exactly, from the pictures of all its stages."""
