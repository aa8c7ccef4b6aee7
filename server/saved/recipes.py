"""How an answer is fetched with other tools: a few lines each, ready to be copied."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "templates"
_TOOLS = (("curl", "curl"), ("pandas", "pandas"), ("R", "r"), ("samenhang", "cli"))


@dataclass(frozen=True, slots=True)
class Recipe:
    """The lines for one tool."""

    tool: str
    text: str


class Recipes:
    """Fills in the recipes for one answer."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  (no page: the filters write literals of each language)
        )
        self._templates.filters |= {"shell": shlex.quote, "quoted": json.dumps}

    def of(self, name: str, csv: str, values: Sequence[tuple[str, str]]) -> tuple[Recipe, ...]:
        """The recipes for a question by its name, its CSV's address and the values asked."""
        return tuple(
            Recipe(
                tool,
                self._templates.get_template(f"{file}.txt").render(
                    name=name, csv=csv, values=values
                ),
            )
            for tool, file in _TOOLS
        )
