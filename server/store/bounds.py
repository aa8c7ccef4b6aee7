"""What one query or change may use, as the processes that carry it out are told at their start."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Memory in bytes; rows and bytes of an answer where they are limited; what may be reached.

    ``endpoints`` are the addresses that SERVICE and LOAD may name: one that ends in a slash stands
    for all below it. Without any, the kernel refuses sockets to the process.
    """

    memory_bytes: int = 1024 * MIB
    answer_rows: int | None = None
    answer_bytes: int | None = None
    endpoints: tuple[str, ...] = ()

    def written(self) -> str:
        """The bounds as an argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Bounds:
        """The bounds from what :meth:`written` gave."""
        members = json.loads(text)
        return cls(**members | {"endpoints": tuple(members["endpoints"])})
