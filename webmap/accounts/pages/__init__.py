"""Pages on which people look after their account, and the administrator after everybody's. They need no script."""
