"""Curated threads: what a reader of several documents linked, written down with both quotes.

``seeds/threads.yaml``, and ``threads.yaml`` beside the documents that were added.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.extract.claim_kinds import ClaimError
from ingest.manifest import Bilingual

THREADS = "threads.yaml"
_Filled = Annotated[str, Field(min_length=1)]


class ThreadsError(ClaimError):
    """A file of curated threads can not be used; the message names file, thread and reason."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class End(_Model):
    """One end of a thread: a quote from a document."""

    document: _Filled
    quote: _Filled


class CuratedThread(_Model):
    """Two quotes, how the later relates to the earlier, and why."""

    kind: _Filled
    first: Annotated[End, Field(alias="from")]
    last: Annotated[End, Field(alias="to")]
    why: Bilingual
    confidence: Annotated[float, Field(gt=0, le=1)] = 1


class _Content(_Model):
    curator: _Filled
    date: date
    threads: tuple[CuratedThread, ...]


class ThreadsFile(_Model):
    """The threads of one file, with who recorded them and when."""

    name: str
    path: Path
    curator: str
    date: str
    threads: tuple[CuratedThread, ...]


def load(folder: Path, name: str) -> ThreadsFile | None:
    """The curated threads of a folder, if it has any; a :class:`ThreadsError` for a bad file.

    The threads are known by ``name`` and their number.
    """
    path = folder / THREADS
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        content = _Content.model_validate(raw)
    except FileNotFoundError:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ThreadsError(f"{path}{place}: {error.problem}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ThreadsError(f"{path}: {_where(first['loc'])}{first['msg']}") from error
    except (OSError, ValueError) as error:
        raise ThreadsError(f"{path}: {error}") from error
    return ThreadsFile(
        name=name,
        path=path,
        curator=content.curator,
        date=content.date.isoformat(),
        threads=content.threads,
    )


def _where(place: tuple[int | str, ...]) -> str:
    """The place of a mistake, such as "thread 2: from: quote: "."""
    names = [f"thread {one + 1}" if isinstance(one, int) else one for one in place]
    return "".join(f"{name}: " for name in names if name != "threads")
