"""The two kinds of error (DESIGN.md, section 3).

A `UserError` is one clear sentence with a way out; it is shown as it stands. Anything else that
escapes is our bug: it is shown as such and never swallowed.
"""

from __future__ import annotations


class UserError(Exception):
    """One sentence for the person at the screen: what happened and what to do about it.

    It is read in the window as well as on the command line, and so names no option of the latter;
    `option` is how that is asked for there, which the command line adds.
    """

    def __init__(self, message: str = "", *, option: str = "") -> None:
        super().__init__(message)
        self.option = option

    @property
    def typed(self) -> str:
        """The sentence for whoever typed a command."""
        return f"{str(self).removesuffix('.')} ({self.option})." if self.option else str(self)


class QueryError(UserError):
    """A mistake in a query: the sentence, and where it is.

    `position` is the code-point offset into the query as typed, `length` how many code points the
    mistake covers (0 where it is a point, such as a missing closing quote).
    """

    def __init__(self, message: str, position: int, length: int = 0) -> None:
        super().__init__(message)
        self.position = position
        self.length = length


class DamagedCase(UserError):
    """What people decided cannot be opened; it can be put back from a backup."""
