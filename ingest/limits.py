"""How large and how slow a document may be: settings of reading, each with a safe default."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


class Limits(BaseSettings):
    """What reading one document may cost; ``SAMENHANG_READING_*`` variables override."""

    model_config = SettingsConfigDict(env_prefix="SAMENHANG_READING_", frozen=True)

    file_bytes: int = Field(100 * MEGABYTE, gt=0)
    """Size of the file."""
    expanded_bytes: int = Field(300 * MEGABYTE, gt=0)
    """Size of what a packed file (DOCX, ODT) unpacks to."""
    expansion_ratio: int = Field(200, gt=0)
    """How many times larger than its packed form a part of a packed file may be."""
    characters: int = Field(20_000_000, gt=0)
    """Length of the text."""
    pages: int = Field(3_000, gt=0)
    """Pages of a PDF."""
    depth: int = Field(200, gt=0)
    """Elements within elements of HTML and XML."""
    seconds: float = Field(120.0, gt=0)
    """Time to read and interpret one document."""
    memory_bytes: int = Field(4096 * MEGABYTE, gt=0)
    """Address space of the process that reads one document."""

    def times(self, documents: int) -> Limits:
        """What work on this many documents at once may cost: as much time as each of them."""
        return self.model_copy(update={"seconds": self.seconds * max(documents, 1)})
