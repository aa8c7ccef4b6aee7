"""Documents of kinds for which no rule was written, read as a person would read them.

The expectations were written by hand with the documents, before these were read. What is not
reached yet is marked as such, with what is read instead; such a test fails once it is reached.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.document import Block, BlockKind, Document
from ingest.read import read
from tests.ingest import unseen

FOLDER = Path(__file__).parents[1] / "fixtures" / "documents" / "unseen"


def not_yet(instead: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=instead)


@cache
def stored(name: str) -> Document:
    return read(FOLDER / name, "document")


@cache
def made(name: str) -> Document:
    maker = {
        "woo.docx": unseen.woo_decision,
        "spoor.docx": unseen.tracked_changes,
        "motie.odt": unseen.motion,
        "evaluatie.pdf": unseen.evaluation_report,
        "brief.pdf": unseen.letter_with_colophon,
    }[name]
    return read(maker(), "document", name)


def titles(found: Document) -> list[str]:
    return [f"{s.number} {s.title}".strip() for s in found.sections]


def outline(found: Document) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in found.sections]


def texts(found: Document, *kinds: BlockKind) -> list[str]:
    return [b.text.text for b in found.of_kind(*kinds)]


def items(found: Document) -> list[tuple[str, int, str]]:
    return [(b.marker, b.level, b.text.text) for b in found.of_kind(BlockKind.LIST_ITEM)]


def rows(found: Document) -> list[list[str]]:
    (block,) = found.of_kind(BlockKind.TABLE)
    assert block.table is not None
    return [
        [block.text.text[c.start : c.end] if c else "" for c in row.cells]
        for row in block.table.rows
    ]


def notes(found: Document) -> list[tuple[str, str, str]]:
    """Label, the last words before the reference, and the text of the note."""
    defined = {b.marker: b.text.text for b in found.of_kind(BlockKind.FOOTNOTE)}
    return [
        (n.label, " ".join(b.text.text[: n.position].split()[-2:]), defined.get(n.label, ""))
        for b in found.blocks
        for n in b.notes
    ]


def sentences(block: Block) -> list[str]:
    return [block.text.text[s.start : s.end] for s in block.sentences]


def whole(found: Document) -> str:
    return "\n".join(b.text.text for b in found.blocks)


def below(found: Document, title: str) -> list[str]:
    (section,) = [s for s in found.sections if s.title == title]
    return [
        b.text.text
        for b in found.blocks
        if b.section == section.order and b.order != section.heading
    ]


class TestQuestionsOnAWebPage:
    def test_questions_and_answers_are_sections(self) -> None:
        found = stored("kamervragen.html")
        pairs = [f"{kind} {n}" for n in (1, 2, 3) for kind in ("Vraag", "Antwoord")]
        assert titles(found)[1:] == pairs
        assert below(found, "Antwoord 1") == ["Ja."]

    def test_navigation_is_not_the_document(self) -> None:
        assert not {"Home", "Documenten", "Contact", "Service"} & set(
            whole(stored("kamervragen.html")).split("\n")
        )
        assert "cookies" not in whole(stored("kamervragen.html"))

    def test_abbreviations_do_not_end_sentences(self) -> None:
        (block,) = [b for b in stored("kamervragen.html").blocks if "d.w.z." in b.text.text]
        assert sentences(block) == ["In 2026 vielen 212 afvaarten uit, d.w.z. 1,8% van het totaal."]

    def test_lists_within_lists(self) -> None:
        assert items(stored("kamervragen.html")) == [
            ("a.", 1, "er komt een reserveschip;"),
            ("b.", 1, "reizigers krijgen uiterlijk om 20.00 uur bericht, namelijk:"),
            ("•", 2, "per sms;"),
            ("•", 2, "op de website."),
            ("c.", 1, "in 2028 volgt een evaluatie."),
        ]

    def test_table_and_note(self) -> None:
        found = stored("kamervragen.html")
        assert rows(found) == [
            ["Eiland", "Gepland", "Uitgevallen"],
            ["Texel", "6.400", "31"],
            ["Vlieland", "2.100", "74"],
            ["Terschelling", "3.300", "107"],
        ]
        assert texts(found, BlockKind.CAPTION) == ["Uitgevallen afvaarten per eiland"]
        assert notes(found) == [("1", "de boot’?", "Leeuwarder Courant, 2 februari 2027.")]


class TestQuestionsAsPublished:
    def test_questions_and_answers_are_sections(self) -> None:
        found = stored("antwoorden.xml")
        assert titles(found)[-4:] == ["Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2"]
        assert below(found, "Antwoord 2") == [
            "Het kabinet neemt twee maatregelen.",
            "Gemeenten krijgen € 40 miljoen.",
            "Er komt één loket per regio.",
        ]

    def test_note_and_citation(self) -> None:
        found = stored("antwoorden.xml")
        assert notes(found) == [("1", "op hulp?", "Trouw, 3 januari 2027.")]
        (link,) = found.links
        assert (found.source.quote(link.span), link.target) == (
            "brief van 2 december 2026",
            "kst-31839-900",
        )


class TestParliamentaryPaperOf1998:
    def test_structure(self) -> None:
        found = stored("kst-1998.xml")
        assert titles(found)[-2:] == ["Aanleiding", "Kosten"]
        assert notes(found) == [("1", "maart 1998", "Kamerstuk 25 877, nr. 3.")]
        assert [(mark, text) for mark, _, text in items(found)] == [
            ("a.", "aanschaf van twee ponten;"),
            ("b.", "onderhoud van steigers."),
        ]
        (signature,) = texts(found, BlockKind.SIGNATURE)
        assert "Jorritsma" in signature

    def test_letters_outside_ascii(self) -> None:
        assert "'s-Gravenhage, 9 april 1998" in whole(stored("kst-1998.xml"))


class TestAnnexInEnglish:
    def test_structure(self) -> None:
        found = stored("annex.md")
        assert [s.title for s in found.sections] == [
            "Evaluation framework",
            "Evaluation questions",
            "Indicators",
        ]
        assert [s.level for s in found.sections] == [1, 2, 2]
        assert items(found) == [
            ("1.", 1, "To what extent did the programme reach its goals?"),
            ("2.", 1, "Were the means proportionate?"),
            ("•", 2, "in money;"),
            ("•", 2, "in staff."),
        ]
        assert rows(found)[1] == ["Schools reached", "120", "400"]

    def test_note_link_and_code(self) -> None:
        found = stored("annex.md")
        assert notes(found) == [
            ("1", "OECD criteria,", "OECD, Better Criteria for Better Evaluation, 2019.")
        ]
        assert [link.target for link in found.links] == ["https://example.org/results"]
        assert "# code stays code" in whole(found)

    @not_yet("the line that names who is quoted is a caption as well")
    def test_quotation_and_who_is_quoted(self) -> None:
        found = stored("annex.md")
        (quote,) = found.of_kind(BlockKind.PULL_QUOTE)
        assert quote.text.text == "The evaluation must be independent."
        assert quote.attribution == "Court of Audit"
        assert not texts(found, BlockKind.CAPTION)


class TestMail:
    def test_actions_and_signature(self) -> None:
        found = stored("mail.txt")
        assert [b.text.text for b in found.blocks if b.marker in ("1.", "2.")] == [
            "Gemeente levert de kaarten aan.",
            "Provincie vraagt dhr. dr. P. de Boer om advies.",
        ]
        assert "Actiepunten" in titles(found)
        (signature,) = texts(found, BlockKind.SIGNATURE)
        assert signature.endswith("Anna Visser")

    @not_yet("the first item is joined to the line above it")
    def test_a_line_above_dashes_is_a_heading(self) -> None:
        assert below(stored("mail.txt"), "Besluiten") == [
            "De planning schuift een kwartaal op, naar 1 oktober 2027.",
            "Het budget blijft € 3,4 miljoen.",
        ]


class TestReportWithoutEmptyLines:
    @not_yet("only the first numbered line is a heading where no empty lines part them")
    def test_sections(self) -> None:
        assert titles(stored("verslag-crlf.txt")) == [
            "VERSLAG VAN EEN RONDETAFELGESPREK",
            "1 Opening",
            "2 Bespreking",
            "3 Afspraken",
            "4 Sluiting",
        ]

    def test_agreements_are_a_list(self) -> None:
        assert [mark for mark, _, _ in items(stored("verslag-crlf.txt"))] == ["a)", "b)"]

    def test_offsets_point_into_the_file(self) -> None:
        found = stored("verslag-crlf.txt")
        block = found.blocks[-1]
        assert found.source.quote(block.spans()[-1]).endswith("het gesprek om 11.45 uur.")


class TestColumnsSideBySide:
    def test_nothing_is_lost(self) -> None:
        found = stored("twee-kolommen.txt")
        assert titles(found) == ["Loden leidingen"]
        assert {"leidingen", "regeling", "zorgelijk", "jaren."} <= set(whole(found).split())

    @not_yet("the lines are read straight across both columns")
    def test_the_columns_are_read_one_after_the_other(self) -> None:
        paragraph = " ".join(texts(stored("twee-kolommen.txt"), BlockKind.PARAGRAPH))
        assert "onderzoek laten doen naar de kwaliteit van het drinkwater" in paragraph


class TestLaw:
    def test_chapters_and_articles(self) -> None:
        found = stored("wet.html")
        chapters = [(s.number, s.title) for s in found.sections if s.level == 2]
        assert chapters == [("1", "Algemene bepalingen"), ("2", "Slotbepalingen")]
        assert below(found, "Artikel 3") == [
            "Deze wet treedt in werking met ingang van 1 januari 2028."
        ]

    def test_members_and_parts(self) -> None:
        assert items(stored("wet.html")) == [
            ("a.", 1, "veerdienst: openbaar vervoer over water;"),
            ("b.", 1, "concessie: het recht om een veerdienst te verrichten."),
            ("1", 1, "Het is verboden een veerdienst te verrichten zonder concessie."),
            ("2", 1, "Het eerste lid geldt niet voor:"),
            ("a.", 2, "veren korter dan 500 meter;"),
            ("b.", 2, "veren als bedoeld in artikel 4, eerste lid."),
        ]


class TestPrintedWebPage:
    """A page with columns, a box and a table: kolommen-bron.html, printed to PDF by Chromium."""

    def test_chapters_in_reading_order(self) -> None:
        found = stored("kolommen.pdf")
        assert titles(found) == [
            "Jaarbericht toezicht 2026",
            "Wat wij zagen",
            "In het kort",
            "Wat wij vragen",
            "Vooruitblik",
        ]
        (last,) = below(found, "Vooruitblik")[:1]
        assert last.startswith("In 2027") and last.endswith("aan de Kamer wordt gestuurd.")

    @not_yet("title and chapters of a PDF have one level")
    def test_title_stands_above_the_chapters(self) -> None:
        levels = {s.title: s.level for s in stored("kolommen.pdf").sections}
        assert levels["Jaarbericht toezicht 2026"] < levels["Wat wij zagen"]

    def test_box_list_table_and_note(self) -> None:
        found = stored("kolommen.pdf")
        (box,) = found.boxes
        assert box.title == "In het kort"
        assert [found.blocks[at].text.text for at in box.blocks][1:] == [
            "Drie van de vier instellingen voldeden aan de norm. "
            "Elf instellingen kregen een aanwijzing."
        ]
        assert [text for _, _, text in items(found)] == [
            "maak scholing deel van het rooster;",
            "bespreek elk incident binnen een week;",
            "betrek bewoners bij het beleid.",
        ]
        assert rows(found)[2] == ["Midden", "121", "6"]
        assert notes(found) == [
            ("1", "noodsituaties hadden.", "Zie het rapport Kleinschalig en veilig, 2026.")
        ]


class TestDecisionInWord:
    def test_structure(self) -> None:
        found = made("woo.docx")
        assert outline(found) == [
            (1, "", "Besluit op uw Woo-verzoek"),
            (2, "", "Besluit"),
            (2, "", "Overwegingen"),
            (2, "", "Rechtsmiddelen"),
        ]
        assert items(found) == [
            ("•", 1, "de eerbiediging van de persoonlijke levenssfeer;"),
            ("•", 1, "het goed functioneren."),
            ("1.", 1, "Binnen zes weken kunt u bezwaar maken."),
            ("2.", 1, "Vermeld daarbij het kenmerk."),
        ]
        assert rows(found) == [
            ["Nr.", "Document", "Grond"],
            ["1", "E-mail 3 mei 2026", "5.1.2.e"],
            ["2", "Nota aan de minister", "5.2"],
        ]

    def test_sentences(self) -> None:
        (block,) = [b for b in made("woo.docx").blocks if "U vroeg" in b.text.text]
        assert sentences(block) == [
            "U vroeg op 4 januari 2027 om documenten over het natuurherstel in de Peel.",
            "Op grond van art. 4.1 Woo neem ik het volgende besluit.",
        ]


class TestTrackedChanges:
    def test_the_text_as_it_would_be_accepted(self) -> None:
        assert [b.text.text for b in made("spoor.docx").blocks] == [
            "Conceptakkoord",
            "De subsidie bedraagt 25 miljoen euro. Zij gaat in op 1 mei.",
            "Dit is voorlopig.",
        ]


class TestMotion:
    def test_structure(self) -> None:
        found = made("motie.odt")
        assert titles(found) == ["Motie van het lid De Graaf c.s."]
        assert texts(found, BlockKind.PARAGRAPH)[-2:] == [
            "verzoekt de regering om voor de begroting van 2028:",
            "en gaat over tot de orde van de dag.",
        ]
        assert [text for _, _, text in items(found)] == [
            "een ondergrens voor haltes vast te stellen;",
            "de kosten in kaart te brengen,",
        ]
        assert notes(found) == [("1", "meer heeft", "CBS, Bereikbaarheid 2026.")]
        assert rows(found) == [["De Graaf", "Bos"], ["Yilmaz", "Van Houten"]]


class TestEvaluationReport:
    def test_text_goes_down_the_columns(self) -> None:
        found = made("evaluatie.pdf")
        text = whole(found)
        places = [text.index(title) for title, _ in unseen.FINDINGS]
        assert places == sorted(places)
        for _, finding in unseen.FINDINGS:
            assert finding in texts(found, BlockKind.PARAGRAPH)

    @not_yet("bold lines with a colon are paragraphs")
    def test_findings_are_headings(self) -> None:
        assert titles(made("evaluatie.pdf")) == [
            "Evaluatie van de regeling Warm Wonen",
            "Inleiding",
            "Managementsamenvatting",
            *(f"{n} {title.split(': ')[1]}" for n, (title, _) in enumerate(unseen.FINDINGS, 1)),
        ]

    def test_summary_is_a_box(self) -> None:
        found = made("evaluatie.pdf")
        (box,) = found.boxes
        members = [found.blocks[at].text.text for at in box.blocks]
        assert members == ["Managementsamenvatting", *unseen.SUMMARY]
        assert unseen.INTRODUCTION in texts(found, BlockKind.PARAGRAPH)

    def test_headers_and_page_numbers_are_noise(self) -> None:
        assert "De Maat" not in whole(made("evaluatie.pdf"))


class TestLetterInHouseStyle:
    def test_the_text_is_not_mixed_with_the_data_beside_it(self) -> None:
        paragraphs = texts(made("brief.pdf"), BlockKind.PARAGRAPH)
        for text in unseen.LETTER:
            assert text.translate({0xB9: None, 0xB2: None}) in paragraphs

    def test_notes_with_the_same_words_on_every_page(self) -> None:
        assert notes(made("brief.pdf")) == [
            ("1", "dijkvakken beoordeeld.", "Ibidem, p. 4."),
            ("2", "provincies meebetalen.", "Ibidem, p. 9."),
        ]
