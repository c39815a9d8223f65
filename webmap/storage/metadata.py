"""Where the tables of people, the log and all that goes with them are registered."""

from __future__ import annotations

from sqlalchemy import MetaData

#: Every constraint has a name, the same on both databases, so that a later migration can change it.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

PEOPLE_AND_LOG = MetaData(naming_convention=_NAMES)
