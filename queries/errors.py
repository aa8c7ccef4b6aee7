"""What can be wrong with a saved query: its file, or a value given for one of its parameters."""

from __future__ import annotations

from pathlib import Path


class QueryFileError(Exception):
    """A saved query's file is broken: ``file.rq:LINE:COLUMN: message``, both counted from 1."""

    def __init__(self, path: Path, line: int, column: int, message: str) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        super().__init__(f"{path.name}:{line}:{column}: {message}")


class ParameterError(ValueError):
    """A value does not fit a parameter, or there is no parameter of that name."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.message = message
        super().__init__(f"parameter {name!r}: {message}")


class UnknownQueryError(KeyError):
    """There is no saved query of that name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"no saved query named {self.name!r}"
