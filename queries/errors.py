"""What can be wrong with a saved question: its files, or a value given for a parameter."""

from __future__ import annotations

from pathlib import Path


class QueryFileError(Exception):
    """A saved question's file is broken: ``file.rq:LINE:COLUMN: message``, both counted from 1."""

    def __init__(self, path: Path, line: int, column: int, message: str) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        super().__init__(f"{path.name}:{line}:{column}: {message}")


class ParameterError(ValueError):
    """A value does not fit a parameter, or there is no parameter of that name.

    ``available`` are the values allowed, or those nearest to what was given.
    """

    def __init__(self, name: str, message: str, available: tuple[str, ...] = ()) -> None:
        self.name = name
        self.message = message
        self.available = available
        super().__init__(
            f"parameter {name!r}: {message}{advice(available)}",
        )


class UnknownQueryError(KeyError):
    """There is no saved question of that name; ``nearest`` are names like it."""

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.name = name
        self.nearest = nearest
        super().__init__(name)

    def __str__(self) -> str:
        return f"no saved question named {self.name!r}{advice(self.nearest)}"


def advice(available: tuple[str, ...]) -> str:
    """What to try instead, as the end of a message."""
    return f"; try {', '.join(available)}" if available else ""
