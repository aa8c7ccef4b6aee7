"""What an element is, told by how it is set beside the others and by its words."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import BlockKind, Line
from ingest.readers.extraction import Element, Style
from ingest.structure.styled import name_elements

BODY = Style(10.0)
BOLD = Style(10.0, bold=True)
ITALIC = Style(10.0, italic=True)
SMALL = Style(8.0)
TEXT = (
    "Het kabinet zet in op een geïntegreerde benadering van conflicten, waarin diplomatie, "
    "ontwikkelingssamenwerking en defensie elkaar versterken. Dat vraagt om samenwerking."
)


def elements(*texts: tuple[str, Style] | str) -> list[Element]:
    """Elements without a kind, one a text; a line break in a text parts its lines."""
    made: list[Element] = []
    start = 0
    for item in texts:
        text, style = (item, BODY) if isinstance(item, str) else item
        lines: list[Line] = []
        for piece in text.split("\n"):
            lines.append(Line(piece, start, 1))
            start += len(piece) + 1
        made.append(Element(None, tuple(lines), tuple(lines), style=style))
    return made


def kinds(*texts: tuple[str, Style] | str) -> list[str]:
    named = name_elements(elements(*texts))
    assert all(element.kind is not None for element in named)
    return [element.kind.value for element in named if element.kind]


def headings(named: Sequence[Element]) -> list[tuple[str, int]]:
    return [(e.body[0].text, e.level) for e in named if e.kind is BlockKind.HEADING]


class TestHeadings:
    def test_larger_and_bold_lines_are_headings(self) -> None:
        assert kinds(("Opvang", Style(16)), TEXT, ("Onderwijs", BOLD), TEXT) == [
            "Heading",
            "Paragraph",
            "Heading",
            "Paragraph",
        ]

    def test_a_bold_sentence_is_none(self) -> None:
        assert kinds(("Het kabinet neemt deze aanbeveling over.", BOLD), TEXT)[0] == "Paragraph"

    def test_larger_styles_rank_higher(self) -> None:
        large, middle = Style(16, bold=True), Style(13, bold=True)
        named = name_elements(
            elements(
                ("Samen sterker", Style(24, bold=True)),
                TEXT,
                ("Opvang", large),
                TEXT,
                ("Onderwijs", middle),
                TEXT,
                ("Op school", BOLD),
                TEXT,
                ("Migratie", large),
                TEXT,
                ("Terugkeer", middle),
                TEXT,
            )
        )
        assert headings(named) == [
            ("Samen sterker", 1),
            ("Opvang", 1),
            ("Onderwijs", 2),
            ("Op school", 3),
            ("Migratie", 1),
            ("Terugkeer", 2),
        ]

    def test_decimal_numbers_tell_the_level_and_that_of_their_style(self) -> None:
        named = name_elements(
            elements(
                ("1 Inleiding", Style(18)),
                TEXT,
                ("1.1 Aanleiding", Style(13)),
                TEXT,
                ("Vraagstelling", Style(13)),
                TEXT,
                ("1.1.1 Opdracht", BOLD),
                TEXT,
                ("2 Conclusies", Style(18)),
                TEXT,
            )
        )
        assert headings(named) == [
            ("1 Inleiding", 1),
            ("1.1 Aanleiding", 2),
            ("Vraagstelling", 2),
            ("1.1.1 Opdracht", 3),
            ("2 Conclusies", 1),
        ]

    def test_numbered_points_under_a_chapter_are_no_chapters(self) -> None:
        named = name_elements(
            elements(
                ("Handel", Style(18)),
                TEXT,
                ("1 Kiezen voor focus", BOLD),
                TEXT,
                ("2 Meer doen in Europa", BOLD),
                TEXT,
                ("Hulp", Style(18)),
                TEXT,
            )
        )
        assert headings(named) == [
            ("Handel", 1),
            ("1 Kiezen voor focus", 2),
            ("2 Meer doen in Europa", 2),
            ("Hulp", 1),
        ]

    def test_a_numbered_line_in_the_style_of_the_text(self) -> None:
        assert kinds("2.1 Middelen en doelen", TEXT) == ["Heading", "Paragraph"]

    def test_a_chapter_number_set_apart_belongs_to_its_title(self) -> None:
        named = name_elements(elements(("3", Style(30)), ("Conclusies", Style(18)), TEXT))
        assert [" ".join(line.text for line in e.body) for e in named] == ["3 Conclusies", TEXT]

    def test_without_sizes_wording_decides(self) -> None:
        plain = Style()
        assert kinds(("Samenvatting", plain), (TEXT, plain), ("- punt", plain)) == [
            "Heading",
            "Paragraph",
            "ListItem",
        ]


class TestLists:
    def test_marks_make_items_and_leave_their_text(self) -> None:
        named = name_elements(elements(TEXT, "• onderwijs;", "– in Libanon;", "• werk.", TEXT))
        items = [e for e in named if e.kind is BlockKind.LIST_ITEM]
        assert [(i.marker, i.level, i.body[0].text) for i in items] == [
            ("•", 1, "onderwijs;"),
            ("–", 2, "in Libanon;"),
            ("•", 1, "werk."),
        ]
        assert items[0].body[0].start == items[0].lines[0].start + 2

    def test_a_number_out_of_turn_begins_no_item(self) -> None:
        assert kinds(TEXT, "7. Europese landen droegen bij.", TEXT)[1] == "Paragraph"


class TestBesideTheText:
    def test_captions(self) -> None:
        named = kinds(
            TEXT,
            "Figuur 2: Uitgaven per land",
            "Foto: Ministerie van Defensie",
            "Tabel 1: Uitgaven (x € 1.000)",
            ("Patrouille in Gao | ANP", SMALL),
            "Tabel 2 laat zien dat de uitgaven stijgen.",
        )
        assert named == ["Paragraph", *["Caption"] * 4, "Paragraph"]

    def test_a_quotation_set_apart_takes_its_speaker(self) -> None:
        quote = "“Zonder samenwerking komt geen enkel plan van de grond in het veld.”"
        named = name_elements(
            elements(TEXT, (quote, Style(14, italic=True)), ("– Partos", SMALL), TEXT)
        )
        assert [e.kind for e in named][1:] == [BlockKind.PULL_QUOTE, BlockKind.PARAGRAPH]
        assert named[1].attribution == "Partos"
        assert [line.text for line in named[1].lines] == [quote, "– Partos"]

    def test_who_signs(self) -> None:
        named = name_elements(
            elements(TEXT, "Hoogachtend,", "De minister van Buitenlandse Zaken,", "A. de Vries")
        )
        assert [e.kind for e in named] == [
            BlockKind.PARAGRAPH,
            BlockKind.SIGNATURE,
            BlockKind.SIGNATURE,
        ]
        assert [line.text for line in named[2].body][-1] == "A. de Vries"

    def test_what_a_format_says_stands(self) -> None:
        (made,) = elements(("Groot", Style(30)))
        said = Element(BlockKind.PARAGRAPH, made.lines, made.body, style=made.style)
        assert name_elements([said, *elements(TEXT)])[0] == said
