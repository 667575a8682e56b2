"""The whole error tree of open1540.

::

    Open1540Error
    ├── BadInput                what the user gave cannot be used             exit code 2
    │   ├── UnreadableDocument  a file that cannot become text
    │   ├── UnknownCode         a State, symbol, field, topic ... nobody knows
    │   ├── NotAllowed          the role may not do this, or not at this step
    │   └── Conflict            the record changed since it was read, or another user holds it
    └── JobFailed               the input is good, the work could not be done  exit code 1
        └── FactsError          the package's own facts are broken
"""


class Open1540Error(Exception):
    """An error told in four parts, so that the reader knows what to do next.

    Arguments:
        found: what was met ("a PDF of 3 pages without a text layer").
        expected: what would have been accepted.
        where: file, line, field or address of the trouble.
        remedy: what the user can do now.
    """

    exit_code = 1

    def __init__(self, found: str, *, expected: str, where: str, remedy: str) -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return f"found {self.found}; expected {self.expected}; where: {self.where}; what to do: {self.remedy}"

    def as_dict(self) -> dict[str, str]:
        """The four parts under fixed keys, with the kind of error, for JSON output."""
        return {
            "error": type(self).__name__,
            "found": self.found,
            "expected": self.expected,
            "where": self.where,
            "remedy": self.remedy,
        }


class BadInput(Open1540Error):
    """What the user gave cannot be used as it is."""

    exit_code = 2


class UnreadableDocument(BadInput):
    """A file that cannot become text: empty, binary, encrypted, too large, hostile."""


class UnknownCode(BadInput):
    """A code (State, instrument, symbol, topic, field, language) that no fact describes."""


class NotAllowed(BadInput):
    """The role may not do this, or not at this step; the message says which roles may."""


class Conflict(BadInput):
    """The record was changed by someone else since it was read."""


class JobFailed(Open1540Error):
    """The input is good but the work could not be finished."""


class FactsError(JobFailed):
    """A fact shipped with the package is broken: unknown key, missing source, duplicate, bad date."""
