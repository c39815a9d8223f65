"""The commander's view of a running incident: what is due, what is to be done, whom to call, who has the command."""

from webmap.command.results import Command
from webmap.command.view import command_of

__all__ = ["Command", "command_of"]
