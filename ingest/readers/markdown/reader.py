"""Markdown in, text out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.readers.extraction import PLAIN, Extraction, Run, Runs, Style, UnreadableError
from ingest.readers.html.flow import is_set_apart, link_target
from ingest.readers.html.reader import write_html
from ingest.readers.list_marks import BULLET
from ingest.readers.markdown.front_matter import split_front_matter
from ingest.readers.markdown.notes import notes_plugin
from ingest.readers.text_writer import TextWriter

_LONGEST = 5_000_000  # characters; a file without end can keep the parser busy for hours
_NESTING = 60  # blocks within blocks; the parser leaves out what nests deeper
_CREDIT = re.compile(r"\s*(?:—|–|--|―)\s*(?=\S)")
_TAG = re.compile(r"<(/?)(script|style|br)\b", re.IGNORECASE)


def read_markdown(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of a Markdown file: CommonMark with tables, footnotes and YAML front matter.

    HTML in it is read as HTML; nothing is fetched and no script runs. Raises ``UnreadableError``
    for bytes that are not UTF-8 and blocks nested too deeply.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}: not UTF-8 at byte {error.start} ({error.reason})"
        ) from error
    if len(text) > _LONGEST:
        raise UnreadableError(f"{name}: more than {_LONGEST:,} characters of Markdown")
    properties, body = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    parser.use(notes_plugin)
    try:
        tokens = parser.parse(body)
    except RecursionError as error:
        raise UnreadableError(f"{name}: blocks nested too deeply") from error
    if any(token.level >= _NESTING - 1 for token in tokens):
        raise UnreadableError(f"{name}: blocks nested deeper than {_NESTING}")
    writer = TextWriter(name, limits.characters)
    _Reader(name, limits, writer).read(tokens)
    return writer.extraction(properties)


@dataclass(slots=True)
class _Item:
    """An open list item; its mark goes with the first text in it."""

    marker: str
    level: int
    written: bool = False


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens of a document and writes its elements."""

    name: str
    limits: Limits
    writer: TextWriter
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    items: list[_Item] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)  # who is quoted in the open quotations
    rows: list[list[Runs]] = field(default_factory=list)
    header_rows: int = 0
    note: str = ""
    note_runs: list[Run] = field(default_factory=list)

    def read(self, tokens: Sequence[Token]) -> None:
        """Write the elements of these tokens."""
        for index, token in enumerate(tokens):
            if token.type == "blockquote_open":
                self.credits.append(_credit(tokens, index))
            else:
                self._token(token)

    def _token(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._text(token)
            case "fence" | "code_block":
                self._write([Run(token.content.rstrip("\n"))])
            case "html_block":
                write_html(token.content, self.name, self.limits, self.writer)
            case "heading_open":
                self.kind, self.level = BlockKind.HEADING, int(token.tag[1])
            case "heading_close":
                self.kind, self.level = BlockKind.PARAGRAPH, 0
            case "bullet_list_open" | "ordered_list_open":
                self.depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
            case "list_item_open":
                marker = token.info + token.markup if token.info else BULLET
                self.items.append(_Item(marker, self.depth))
            case "list_item_close":
                self.items.pop()
            case "blockquote_close":
                self.credits.pop()
            case _:
                self._table_or_note(token)

    def _table_or_note(self, token: Token) -> None:
        match token.type:
            case "table_open":
                self.rows, self.header_rows = [], 0
            case "tr_open":
                self.rows.append([])
            case "thead_close":
                self.header_rows = len(self.rows)
            case "table_close":
                self._table()
            case "note_open":
                self.note, self.note_runs = token.meta["label"], []
            case "note_close":
                self.writer.note(self.note, self.note_runs)
                self.note = ""
            case _:
                pass

    def _table(self) -> None:
        filled = [any(_has_words([run]) for cell in row for run in cell) for row in self.rows]
        rows = [row for row, has_text in zip(self.rows, filled, strict=True) if has_text]
        heads = sum(filled[: self.header_rows])
        self.writer.table(rows, header_rows=heads if heads < len(rows) else 0)
        self.rows = []

    def _text(self, token: Token) -> None:
        runs = _runs(token.children or [], line_end="\n" if self.credits else " ")
        if self.note:
            self.note_runs += [Run("\n"), *runs] if self.note_runs else runs
        elif token.level and self.rows:
            self.rows[-1].append(runs)
        elif self.credits:
            quote, credit = _split_credit(runs, self.credits[-1])
            self._write(quote)
            self.writer.add(BlockKind.CAPTION, credit)
        else:
            self._write(runs)

    def _write(self, runs: Runs) -> None:
        """Write one block of text where the walk is."""
        if not _has_words(runs):
            return
        kind: BlockKind | None = self.kind
        level, marker, attribution = self.level, "", ""
        item = self.items[-1] if self.items else None
        if item is not None and not item.written:
            item.written = True
            marker = item.marker
            if kind is BlockKind.PARAGRAPH:
                kind, level = BlockKind.LIST_ITEM, item.level
            elif marker == BULLET:
                marker = ""
        elif self.credits:
            kind, level, attribution = BlockKind.PULL_QUOTE, 0, self.credits[-1]
        elif kind is BlockKind.PARAGRAPH and is_set_apart(runs):
            kind = None
        if not any(run.text.strip() for run in runs):  # a reference to a note, alone
            runs = [Run(run.note) for run in runs]
        self.writer.add(kind, runs, level=level, marker=marker, attribution=attribution)


def _has_words(runs: Runs) -> bool:
    return any(run.note or run.text.strip() for run in runs)


def _runs(tokens: Sequence[Token], line_end: str = " ") -> list[Run]:
    """The text of a block with its emphasis, links and references.

    ``line_end`` is what the end of a line becomes that the author did not mean as one.
    """
    runs: list[Run] = []
    bold = italic = 0
    target, skipping = "", False
    for token in tokens:
        bold += token.nesting if token.type.startswith("strong_") else 0
        italic += token.nesting if token.type.startswith("em_") else 0
        style = Style(bold=bold > 0, italic=italic > 0) if bold or italic else PLAIN
        match token.type:
            case "link_open":
                target = link_target(str(token.attrs.get("href", "")))
            case "link_close":
                target = ""
            case "html_inline":
                tag = _TAG.match(token.content)
                if tag and tag[2].lower() == "br":
                    runs.append(Run("\n"))
                elif tag:
                    skipping = not tag[1]
            case "note_reference":
                runs.append(Run("", note=token.meta["label"]))
            case "hardbreak":
                runs.append(Run("\n"))
            case "softbreak":
                runs.append(Run(line_end))
            case "text" | "code_inline" if not skipping:
                runs.append(Run(token.content, style, target=target))
            case _:
                pass
    return runs


def _credit(tokens: Sequence[Token], opening: int) -> str:
    """Who is quoted, where the last line of a quotation says so ("— Name")."""
    last: Token | None = None
    level = tokens[opening].level
    for index in range(opening + 1, len(tokens)):
        token = tokens[index]
        if token.type == "blockquote_close" and token.level == level:
            break
        last = token if token.type == "inline" else last
    runs = _runs(last.children or [], line_end="\n") if last else []
    words = "".join(run.text for run in runs[_credit_line(runs) :])
    return _CREDIT.sub("", words, count=1).strip()


def _split_credit(runs: list[Run], credit: str) -> tuple[list[Run], list[Run]]:
    """The runs of a quotation, and those of the line under it that says who is quoted."""
    line = _credit_line(runs)
    words = "".join(run.text for run in runs[line:])
    if not credit or _CREDIT.sub("", words, count=1).strip() != credit:
        return runs, []
    return runs[:line], runs[line:]


def _credit_line(runs: Sequence[Run]) -> int:
    """Where the last line begins, if it begins with a dash; else the end of the runs."""
    ends = [number for number, run in enumerate(runs) if run.text == "\n"]
    start = ends[-1] + 1 if ends else 0
    words = "".join(run.text for run in runs[start:])
    return start if _CREDIT.match(words) else len(runs)
