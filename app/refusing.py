"""How a command says that it cannot be carried out."""

from __future__ import annotations


class CannotDoError(Exception):
    """The command cannot be carried out as asked. The message says why, and what to try; the exit status is 2."""
