"""The steps by which the tables came to their present form, oldest first, as Alembic reads them.

A step is written down once and never changed: it names its columns itself instead of asking the catalogue, because the
catalogue will have moved on. Each `upgrade` gets Alembic's operations and runs inside one transaction with all other
steps. There is no way back: that is what a backup is for.
"""
