"""Reading Markdown: blocks, notes, front matter and what is not Markdown in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import Element, Extraction, UnreadableError
from ingest.readers.markdown.reader import read_markdown

NOTE = """---
title: Beleidsnota Afrika
date: 2027-03-01
author: [A. de Vries, B. Jansen]
---
# Beleidsnota *Afrika*

Nederland kiest voor [drie landen](https://example.nl/landen).[^1] Dat is
vastgelegd in de nota.[^bron]

## Aanpak

1. Handel:
   - havens;
   - wegen.
2. Hulp.

> Niemand mag tussen wal
> en schip vallen.
> — **Anna de Vries**, minister

| Jaar | Bedrag |
|------|-------:|
| 2026 | 1.250[^1] |
| 2027 | |

[^1]: IOB, 2026.
    Zie ook de bijlage.

    Tweede alinea.
[^bron]: Zie <https://example.nl>.

Slot van de nota.
"""


def extract(text: str) -> Extraction:
    found = read_markdown(text.encode(), "nota.md", Limits())
    check(found)
    return found


def check(found: Extraction) -> None:
    found.text.encode()
    elements = found.elements or ()
    for line in [*found.lines, *(line for e in elements for line in (*e.lines, *e.body))]:
        assert found.text[line.start : line.end] == line.text
    for note in found.references:
        assert found.text[note.span.start : note.span.end] == f"[{note.label}]"


def words(element: Element) -> str:
    return " / ".join(line.text for line in element.body)


def elements(text: str) -> list[tuple[BlockKind | None, str]]:
    return [(e.kind, words(e)) for e in extract(text).elements or ()]


class TestNote:
    def test_blocks(self) -> None:
        found = read(NOTE.encode(), "nota", name="nota.md")
        assert [(b.kind, b.marker, b.level, b.text.text) for b in found.blocks[2:7]] == [
            (BlockKind.HEADING, "", found.blocks[2].level, "Aanpak"),
            (BlockKind.LIST_ITEM, "1.", 1, "Handel:"),
            (BlockKind.LIST_ITEM, "•", 2, "havens;"),
            (BlockKind.LIST_ITEM, "•", 2, "wegen."),
            (BlockKind.LIST_ITEM, "2.", 1, "Hulp."),
        ]
        assert [s.title for s in found.sections] == ["Beleidsnota Afrika", "Aanpak"]
        assert found.blocks[-1].text.text == "Slot van de nota."

    def test_notes_are_tied_to_their_references(self) -> None:
        found = read(NOTE.encode(), "nota", name="nota.md")
        text = found.blocks[1]
        assert text.text.text == ("Nederland kiest voor drie landen. Dat is vastgelegd in de nota.")
        assert [note.label for note in text.notes] == ["1", "bron"]
        assert [(b.marker, b.text.text) for b in found.of_kind(BlockKind.FOOTNOTE)] == [
            ("1", "IOB, 2026. Zie ook de bijlage. Tweede alinea."),
            ("bron", "Zie https://example.nl."),
        ]
        assert found.warnings == ()

    def test_quotation(self) -> None:
        (quote,) = read(NOTE.encode(), "nota", name="nota.md").of_kind(BlockKind.PULL_QUOTE)
        assert quote.text.text == "Niemand mag tussen wal en schip vallen."
        assert quote.attribution == "Anna de Vries, minister"
        assert (BlockKind.CAPTION, "— Anna de Vries, minister") in elements(NOTE)

    def test_table(self) -> None:
        (table,) = read(NOTE.encode(), "nota", name="nota.md").of_kind(BlockKind.TABLE)
        assert table.table is not None
        text = table.text.text
        assert [
            (row.header, [cell and text[cell.start : cell.end] for cell in row.cells])
            for row in table.table.rows
        ] == [(True, ["Jaar", "Bedrag"]), (False, ["2026", "1.250"]), (False, ["2027", None])]

    def test_links(self) -> None:
        found = extract(NOTE)
        assert [(found.text[k.span.start : k.span.end], k.target) for k in found.links] == [
            ("drie landen", "https://example.nl/landen"),
            ("https://example.nl", "https://example.nl"),
        ]

    def test_properties(self) -> None:
        assert extract(NOTE).properties == {
            "title": "Beleidsnota Afrika",
            "date": "2027-03-01",
            "creator": "A. de Vries; B. Jansen",
        }


class TestBlocks:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("een\ntwee  \ndrie", [(BlockKind.PARAGRAPH, "een twee / drie")]),
            ("**Vette regel**", [(None, "Vette regel")]),
            ("Kop\n===", [(BlockKind.HEADING, "Kop")]),
            ("```\na\n  b\n```", [(BlockKind.PARAGRAPH, "a / b")]),
            ("- a\n\n  b", [(BlockKind.LIST_ITEM, "a"), (BlockKind.PARAGRAPH, "b")]),
            ("> # Kop\n>\n> zin", [(BlockKind.PULL_QUOTE, "Kop"), (BlockKind.PULL_QUOTE, "zin")]),
            ("a\n\n***\n\nb", [(BlockKind.PARAGRAPH, "a"), (BlockKind.PARAGRAPH, "b")]),
            ("![alt](x.png) beeld", [(BlockKind.PARAGRAPH, "beeld")]),
            ("~~weg~~ &amp; \\*", [(BlockKind.PARAGRAPH, "weg & *")]),
        ],
    )
    def test_kinds(self, text: str, expected: list[tuple[BlockKind | None, str]]) -> None:
        assert elements(text) == expected

    def test_numbers_as_printed(self) -> None:
        found = extract("4) vier\n5) vijf").elements or ()
        assert [e.marker for e in found] == ["4)", "5)"]

    def test_a_reference_without_a_text_is_text(self) -> None:
        assert elements("Zie [^9].") == [(BlockKind.PARAGRAPH, "Zie [^9].")]
        assert extract("`[^1]`\n\n[^1]: noot").references == ()


class TestHtml:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("een <b>twee</b><br>drie <script>x()</script>vier", ["een twee / drie vier"]),
            ("<div>een <i>twee</i></div>", ["een twee"]),
            ("<script>\nx()\n\ny()\n</script>\n\nna", ["na"]),
            ("<!-- niet\n\ndit -->\n\nna", ["na"]),
            ("<details>\n\nbinnen\n\n</details>", ["binnen"]),
            ("[x](javascript:alert(1))", ["[x](javascript:alert(1))"]),
        ],
    )
    def test_html_is_read_not_run(self, text: str, expected: list[str]) -> None:
        assert [words for _, words in elements(text)] == expected

    def test_an_html_table(self) -> None:
        (table,) = extract("<table><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table>").elements or ()
        assert table.kind is BlockKind.TABLE
        assert table.header_rows == 1


class TestFrontMatter:
    @pytest.mark.parametrize(
        ("front", "properties"),
        [
            ("title: Nota\nlang: nl", {"title": "Nota", "language": "nl"}),
            ("datum: 2027-01-02 10:00:00", {"date": "2027-01-02"}),
            ("tags: [a, 2]\nother: {x: y}", {"subject": "a; 2"}),
            ("title: [[x], {a: b}]", {}),
            ("# niets\ntitle:", {}),
        ],
    )
    def test_what_it_states(self, front: str, properties: dict[str, str]) -> None:
        found = extract(f"---\n{front}\n---\nTekst.")
        assert found.properties == properties
        assert found.text.strip() == "Tekst."

    @pytest.mark.parametrize(
        "front",
        [
            "title: [open",
            "gewoon tekst",
            "date: 2027-99-99",
            "!!python/object/apply:os.system [id]",
            "a: &a [*a]\n? [x]",
            "\x01: x",
            "title: " + "[" * 5000,
        ],
    )
    def test_what_is_no_front_matter_is_text(self, front: str) -> None:
        found = extract(f"---\n{front}\n---\n\nSlot.")
        assert found.properties == {}
        assert found.text.strip().endswith("Slot.")
        assert len(found.text) > len("Slot.\n\n")

    def test_a_rule_at_the_top_is_no_front_matter(self) -> None:
        assert [text for _, text in elements("---\n\nTekst.")] == ["Tekst."]


class TestBytes:
    def test_byte_order_mark_and_line_ends(self) -> None:
        data = b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n# Kop\r\rTekst"
        found = read_markdown(data, "x.md", Limits())
        assert found.properties == {"title": "x"}
        assert [words(e) for e in found.elements or ()] == ["Kop", "Tekst"]

    def test_not_utf8(self) -> None:
        with pytest.raises(UnreadableError, match=r"x\.md: not UTF-8 at byte 5"):
            read_markdown(b"Kamer\xff", "x.md", Limits())

    @pytest.mark.parametrize("text", ["> " * 500 + "x", "- " * 500 + "x", ">" * 20_000 + "x"])
    def test_deep_nesting_is_refused(self, text: str) -> None:
        with pytest.raises(UnreadableError, match=r"nota\.md: blocks nested"):
            extract(text)

    def test_nothing_is_left_out_up_to_the_limit(self) -> None:
        assert "diep" in extract("> " * 50 + "diep").text

    def test_too_much(self) -> None:
        with pytest.raises(UnreadableError, match="characters"):
            read_markdown(b"een twee drie", "x.md", Limits(characters=5))
        with pytest.raises(UnreadableError, match="characters of Markdown"):
            read_markdown(b"x" * 5_000_001, "x.md", Limits())

    def test_a_file_without_text(self) -> None:
        with pytest.raises(UnreadableError, match="no text"):
            read(b"---\ntitle: x\n---\n", "x", name="x.md")


PIECES = st.sampled_from(
    [
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\n",
        "\n\n",
        "[^1]",
        "[^1]: noot",
        "[a](b)",
        "[a]: b",
        "|a|b|\n|-|-|\n|c|d|",
        "```\n",
        "<div>",
        "</p>",
        "<!--",
        "<script>",
        "**",
        "_",
        "`",
        "\\",
        "---\n",
        "title: x\n",
        "— Naam",
        "\t",
        "\x00",
        "\u2028",
        "woord ",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
@example("|a|\n|-|\n")
@example("[^1]\n\n[^1]: [^1]")
def test_any_text_is_read_or_refused(text: str) -> None:
    survives(text.encode("utf-8", "replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    survives(data)


LINES = st.sampled_from(
    [
        "# {}",
        "{}",
        "> {}",
        "- {}",
        "  - {}",
        "1. {}",
        "**{}**",
        "[{}](x)",
        "[^a]: {}",
        "",
        "{} [^a]",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=20))
def test_every_word_is_read_once_and_in_order(lines: list[str]) -> None:
    text = "\n".join(line.format(f"w{number}x") for number, line in enumerate(lines))
    expected = [str(number) for number, line in enumerate(lines) if line]
    assert re.findall(r"w(\d+)x", extract(text).text) == expected


def survives(data: bytes) -> None:
    try:
        check(read_markdown(data, "x.md", Limits()))
        read(data, "x", name="x.md")
    except UnreadableError as refused:
        assert str(refused).startswith("x.md: ")
