"""Reading texts that are not seeds: pages, words, notes, blocks and bad input."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Document, Line
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import UnreadableError
from ingest.readers.plain_text import read_plain_text
from ingest.text.normalise import normalise
from ingest.text.words import Vocabulary

PROSE = (
    "Het kabinet onderschrijft het belang van een goede samenwerking met alle partners in de \n"
    "regio en zal de komende jaren extra middelen beschikbaar stellen voor de opvang van mensen. \n"
)


def document(text: str) -> Document:
    return read(text.encode(), "test")


def texts(text: str) -> list[str]:
    return [b.text.text for b in document(text).blocks]


def clean(text: str) -> str:
    lines = list(read_plain_text(text.encode(), "x", Limits()).lines)
    return normalise(lines, {}, Vocabulary(lines))[0].text


class TestBytes:
    def test_bad_bytes_are_reported_with_file_and_position(self) -> None:
        with pytest.raises(UnreadableError, match=r"brief\.txt: not UTF-8 at byte 5"):
            read_plain_text(b"Kamer\xff", "brief.txt", Limits())

    def test_form_feeds_separate_pages(self) -> None:
        extraction = read_plain_text(b"een\n\ftwee\n drie\n", "x", Limits())
        assert extraction.pages == 2
        assert [line.page for line in extraction.lines] == [1, 1, 2, 2, 2]
        assert extraction.lines[2] == Line("twee", 5, 2)

    def test_one_space_begins_a_page(self) -> None:
        extraction = read_plain_text(b"Einde van de pagina.\n Nieuwe pagina\n", "x", Limits())
        assert extraction.pages == 2

    def test_a_space_after_a_blank_line_does_not(self) -> None:
        assert read_plain_text("Mexico\n\n Brazilië\n".encode(), "x", Limits()).pages == 1

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends_keep_their_offsets(self, end: str) -> None:
        text = f"Inleiding{end}{end}Het kabinet handelt snel en goed.{end}"
        found = document(text)
        span = found.blocks[-1].spans()[0]
        assert found.source.quote(span) == "Het kabinet handelt snel en goed."


class TestWords:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("ontwikke-\nlingssamenwerking", "ontwikkelingssamenwerking"),
            ("ontwikkelings¬samenwerking", "ontwikkelingssamenwerking"),
            ("ontwikke\u00ad\nling", "ontwikkeling"),
            ("vele non-\ngouvernementele organisaties", "vele non-gouvernementele organisaties"),
            ("handels- \nen investeringsverdragen", "handels- en investeringsverdragen"),
            ("OS-, klimaat- en overige actoren", "OS-, klimaat- en overige actoren"),
            ("het trans- \nAtlantisch partnerschap", "het trans-Atlantisch partnerschap"),
            ("grote VN-\nagentschappen", "grote VN-agentschappen"),
            ("LHBTIQ+-\npersonen", "LHBTIQ+-personen"),
            ("2018-\n2023", "2018-2023"),
            ("hulp-en-\nhandelsagenda", "hulp-en-handelsagenda"),
            ("publiek-private en publiek-\nprivate", "publiek-private en publiek-private"),
            ("een -\nrelatief geringe - bijdrage", "een - relatief geringe - bijdrage"),
            ("voeren  we\u00a0 in", "voeren we in"),
            ("managemen\ufffdeam", "managemen\ufffdeam"),
            ("een inzicht, maar nog niet in zicht", "een inzicht, maar nog niet in zicht"),
            ("reproductieve zorg, repro ductieve zorg", "reproductieve zorg, reproductieve zorg"),
            ("ook hier, en oo k daar", "ook hier, en ook daar"),
            ("overleg, en over  legacy", "overleg, en over legacy"),
            ("zie http://www.eeas.\neuropa.eu/x", "zie http://www.eeas.europa.eu/x"),
        ],
    )
    def test_words(self, source: str, expected: str) -> None:
        assert clean(source) == expected

    def test_offsets_point_at_the_same_characters(self) -> None:
        source = "De ontwikke-\nling\u00a0 van \u00adhet beleid"
        line = [Line(t, source.index(t), 1) for t in source.split("\n")]
        mapped, _ = normalise(line, {}, Vocabulary(line))
        for character, offset in zip(mapped.text, mapped.offsets, strict=True):
            assert character == source[offset] or (character == " " and source[offset].isspace())


class TestNotes:
    LETTER = (
        "Op 14 oktober 20191 is de Kamer beknopt geïnformeerd over dit beleid in de regio2. De \n"
        "mensen zijn gemiddeld 103 jaar van huis, en dat geldt voor 10% van de SDG4-landen.4 5 \n"
        "Het kabinet acht dat te lang, en zal de inzet vergroten6.\n"
        "\n"
        "1 Kamerstuk II 2018/19, 19 637, nr. 2540.\n"
        "2 UNHCR, Global Trends, 2020.\n"
        "3 Zie voetnoot 2.\n"
        "4 Zie de bijlage.\n"
        "5 Idem.\n"
        "6 Kamerstuk II 2019/20, 19 637, nr. 2634.\n"
    )

    def test_glued_digits_are_told_from_numbers(self) -> None:
        paragraph, *notes = document(self.LETTER).blocks
        assert paragraph.text.text == (
            "Op 14 oktober 2019 is de Kamer beknopt geïnformeerd over dit beleid in de regio. De "
            "mensen zijn gemiddeld 10 jaar van huis, en dat geldt voor 10% van de SDG4-landen. Het "
            "kabinet acht dat te lang, en zal de inzet vergroten."
        )
        assert [n.label for n in paragraph.notes] == ["1", "2", "3", "4", "5", "6"]
        assert [b.marker for b in notes] == ["1", "2", "3", "4", "5", "6"]
        assert {b.kind for b in notes} == {BlockKind.FOOTNOTE}

    def test_a_note_between_two_pages_is_lifted_out(self) -> None:
        found = document(
            "Het kabinet zet zich in voor opvang1 en bescherming, en werkt daarbij samen met alle\n"
            "1 Zie de bijlage.\n"
            " partners in de regio. Dat blijft zo.\n"
            "\n"
            "Slotzin van de brief, met nog een noot2.\n"
            "2 Zie aldaar.\n"
        )
        first = found.blocks[0]
        assert first.text.text.endswith("samen met alle partners in de regio. Dat blijft zo.")
        before, after = (found.source.quote(span) for span in first.spans())
        assert before.endswith("samen met alle")
        assert after == "partners in de regio. Dat blijft zo."

    def test_numbers_without_notes_stay(self) -> None:
        text = "De SDG2-doelen en COP26 zijn bekend. In 2030 is SDG6 behaald, voor 20 mensen.\n"
        assert texts(text) == [text.strip()]

    def test_inline_definitions(self) -> None:
        found = document(
            "De evaluatie is klaar.[footnoteRef:2] Het kabinet reageert.[footnoteRef:3] "
            "[2:  IOB, 2022. “Titel [sic].”]  [3: Zie\n\n bijlage. ] \n\nVolgende alinea.\n"
            + "x"
            * 300
        )
        first = found.blocks[0]
        assert first.text.text == "De evaluatie is klaar. Het kabinet reageert."
        assert [(n.label, n.position) for n in first.notes] == [("2", 22), ("3", 44)]
        notes = list(found.of_kind(BlockKind.FOOTNOTE))
        assert [(b.marker, b.text.text) for b in notes] == [
            ("2", "IOB, 2022. “Titel [sic].”"),
            ("3", "Zie bijlage."),
        ]


class TestBlocks:
    def test_next_month_s_letter(self) -> None:
        found = document(
            "36 600 V Vaststelling van de begrotingsstaten\n\n"
            "Nr. 12 Brief van de minister van Buitenlandse Zaken\n\n"
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n"
            "Den Haag, 3 maart 2027\n\n" + PROSE + "\n"
            "1. Inleiding\n\n" + PROSE + "\n"
            "1.1 Aanleiding\n\n" + PROSE + "\n"
            "Het kabinet kiest voor drie lijnen: \n"
            "a) meer steun aan de regio; \n"
            "b) minder versnippering: \n"
            "• in geld; \n"
            "• in tijd. \n"
            "c) betere samenwerking met de EU. \n\n"
            "2. Beleidsreactie\n\n" + PROSE + "\n"
            "De minister van Buitenlandse Zaken,\n"
            "J. Jansen\n"
        )
        assert [(s.level, s.number, s.title) for s in found.sections] == [
            (1, "1", "Inleiding"),
            (2, "1.1", "Aanleiding"),
            (1, "2", "Beleidsreactie"),
        ]
        items = [(b.marker, b.level) for b in found.of_kind(BlockKind.LIST_ITEM)]
        assert items == [("a)", 1), ("b)", 1), ("•", 2), ("•", 2), ("c)", 1)]
        assert [b.text.text for b in found.of_kind(BlockKind.SIGNATURE)] == [
            "De minister van Buitenlandse Zaken, J. Jansen"
        ]

    def test_running_titles_and_page_numbers_are_noise(self) -> None:
        page = "\n\nMinisterie van Buitenlandse Zaken {n}\n\f"
        found = document("".join(PROSE + page.format(n=n) for n in (3, 4, 5)))
        assert len(found.noise) == 3
        assert all("Ministerie" not in b.text.text for b in found.blocks)

    def test_a_year_in_a_line_of_its_own_is_not_joined_to_a_list(self) -> None:
        found = texts("In 2023 werd besloten tot een nieuwe\n\nstrategie voor de regio.\n")
        assert found == ["In 2023 werd besloten tot een nieuwe strategie voor de regio."]

    def test_a_sentence_is_not_joined_to_the_next_one(self) -> None:
        assert len(texts(PROSE + "\n" + PROSE)) == 2


COLUMN = (
    "De regering stelt de komende jaren extra middelen beschikbaar\n"
    "voor het herstel van het spoor, en zij doet dat in nauw overleg\n"
    "met de provincies en gemeenten langs de oude en nieuwe lijnen\n"
    "in het noorden van het land, waar de nood nu het hoogste is.\n"
)
INSET = (
    "In een proef van twee jaar is gemeten\n"
    "hoe reizigers de nieuwe haltes vinden\n"
    "en welke weg zij naar huis afleggen.\n"
    "De uitkomst was voor velen verrassend\n"
    "omdat niemand dit zo had verwacht.\n"
)


class TestWhatIsSetApart:
    def test_a_labelled_box_ends_where_the_text_is_wide_again(self) -> None:
        found = document(
            "1.1  Het spoor\n\n" + COLUMN * 2 + "\nKader 2: Proef met haltes\n\n" + INSET
            + "\n" + COLUMN + "\n1.2  De weg\n\n" + COLUMN
        )  # fmt: skip
        (box,) = found.boxes
        assert box.title == "Proef met haltes"
        assert [found.blocks[i].text.text[:10] for i in box.blocks] == ["Proef met ", "In een pro"]
        after = found.blocks[box.blocks[-1] + 1]
        assert found.sections[after.section or 0].title == "Het spoor"

    def test_a_box_in_a_sentence_is_lifted_out(self) -> None:
        halves = COLUMN.replace("doet dat in nauw overleg\n", "doet dat in nauw overleg\n|").split(
            "|"
        )
        found = document(
            "1.1  Het spoor\n\n" + COLUMN + halves[0] + "\nProef met haltes\n\n" + INSET
            + "\n" + halves[1] + "\n" + COLUMN
        )  # fmt: skip
        (box,) = found.boxes
        assert (box.title, len(box.blocks)) == ("Proef met haltes", 2)
        whole = next(b for b in found.blocks if "in nauw overleg met de provincies" in b.text.text)
        assert whole.box is None
        assert found.sections[whole.section or 0].title == "Het spoor"

    @pytest.mark.parametrize(
        "credit",
        [
            "– Anna de Vries, ProRail\n",
            "\n– Anna de Vries, ProRail\n",
            "\nAnna de Vries, ProRail\nBron: consultatie\n",
            "\n      Anna de Vries, ProRail\n",
        ],
    )
    def test_who_is_quoted(self, credit: str) -> None:
        found = document(
            COLUMN + "\n“Zonder spoor staat het hele\nland stil, ook de fabriek.”\n" + credit
            + "\n" + COLUMN
        )  # fmt: skip
        (quote,) = found.of_kind(BlockKind.PULL_QUOTE)
        assert quote.attribution == "Anna de Vries, ProRail"
        assert quote.text.text == "“Zonder spoor staat het hele land stil, ook de fabriek.”"

    def test_labels_of_a_figure_are_no_headings(self) -> None:
        found = document(
            COLUMN * 2 + "\nReizigers per jaar\n\nNoord\n\nMidden en Zuid\n\n"
            "Figuur 3: Groei van het vervoer\n\n" + COLUMN + "\n" + COLUMN
        )
        assert found.sections == ()
        captions = [b.text.text for b in found.of_kind(BlockKind.CAPTION)]
        assert "Figuur 3: Groei van het vervoer" in captions

    def test_a_recurring_label_is_no_heading(self) -> None:
        found = document(
            "".join(
                f"Maatregel {word}\n\nDoel: {word} reizigers in de trein\n• meer treinen;\n"
                f"• langere treinen.\n\n" + COLUMN + "\n"
                for word in ("meer", "blije", "veilige")
            )
        )
        assert [s.title for s in found.sections] == [
            "Maatregel meer",
            "Maatregel blije",
            "Maatregel veilige",
        ]

    def test_a_title_may_end_in_a_full_stop(self) -> None:
        found = document(
            COLUMN + "\nKosten en baten van het spoor.\n" + COLUMN + "\nDat is veel.\n"
        )
        assert [s.title for s in found.sections] == ["Kosten en baten van het spoor."]


class TestReadingOrder:
    def test_numbered_sections_of_a_page_are_put_in_order(self) -> None:
        found = document(
            "1.1  Begin\n\n" + COLUMN + "\f1.3  Daarna\n\n" + COLUMN + "\n1.2  Eerst\n\n" + COLUMN
            + "\n" + COLUMN
        )  # fmt: skip
        assert [s.number for s in found.sections] == ["1.1", "1.2", "1.3"]
        starts = [b.lines[0].start for b in found.blocks]
        assert starts != sorted(starts)
        for block in found.blocks:
            assert found.source.quote(block.spans()[0])[:5] == block.text.text[:5]

    def test_numbers_that_begin_anew_stay_where_they_are(self) -> None:
        found = document(
            "2.4  Slot\n\n" + COLUMN + "\f2.5  Einde\n\n" + COLUMN + "\n1.1  Bijlage\n\n" + COLUMN
        )
        assert [s.number for s in found.sections] == ["2.4", "2.5", "1.1"]


class TestMendedTitles:
    def test_hyphens_come_back_in_titles(self) -> None:
        found = document(
            "Meer EUbeleid\n\n" + COLUMN + "Het EU-beleid helpt daarbij zeer. " * 3 + "\n"
        )
        assert found.sections[0].title == "Meer EU-beleid"
        heading = found.blocks[found.sections[0].heading]
        assert [found.source.quote(span) for span in heading.spans()] == ["Meer EUbeleid"]

    def test_the_front_of_a_compound_is_joined(self) -> None:
        text = (
            "De financiering komt rond. Het financieringsplan, de financieringskosten en de "
            "financieringsvorm zijn bekend; het financierings tekort is klein.\n"
        )
        assert "het financieringstekort is klein" in texts(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "7" * 400_000,
        "12 " * 100_000,
        "\n" * 300_000 + "x",
        "Ab c\n\n" * 20_000,
        "Inleiding\n" * 30_000,
        "woord- " * 40_000,
        ". " * 150_000,
        "”" * 200_000 + "x",
        "[2: " * 60_000 + "[footnoteRef:2]",
        "woord12 en nog een woord. " * 12_000,
        "een alinea zonder einde die steeds weer verder gaat\n\n" * 6_000,
        "1.1 Titel\n\nTekst van deze paragraaf.\n\n" * 5_000,
        "een woord \n Twee woorden\n" * 12_000,
        "[bookmark: a]" * 20_000 + "x",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_the_time_grows_with_the_text_and_no_faster(text: str) -> None:
    started = time.process_time()
    document(text)
    assert time.process_time() - started < 8


PIECES = st.sampled_from(
    [
        PROSE,
        "Inleiding\n",
        "Hoofdstuk 1\n",
        "I. Titel\n",
        "i. een\n",
        "ii. twee\n",
        "• punt\n",
        "1 Noot.\n",
        "2 Noot.\n",
        "woord1\n",
        "woord2.\n",
        "12\n",
        "\n",
        "\n\n",
        " Pagina\n",
        "\f",
        "\t1.000\n",
        "Tabel: x\n",
        "“Citaat.” \n",
        "\n       Naam\n   Bron: x\n",
        "[footnoteRef:2]",
        "[2:  noot] ",
        "[2: open ",
        "[bookmark: _Hlk1]",
        "half-\nwoord ",
        COLUMN,
        INSET,
        "\nBox 1 - Titel\n\n",
        "\nEen losse titel\n\n",
        "Figuur 1: x\n\n",
        "1.1  Titel\n\n",
        "1.2  Titel\n\n",
        "een regel in kleine letters die niet ophoudt en\nverder loopt tot in\n\n",
        "\n \n\n",
        "\u00ad",
        "\u00a0",
        "Foto: x\n",
        "A\n\nB\n\nC\n\nD\n\nE\n\n",
        "De Minister,\nNaam\n",
        "x" * 300 + "\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
@example("")
@example("\ufeff1.1\n")
@example("[footnoteRef:2]")
@example("[footnoteRef:2]\u00ad")
def test_any_text_is_read_whole(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    try:
        found = document(text)
    except UnreadableError as refused:
        assert re.search("empty|no text|binary|content is", str(refused))
        return
    owners = [0] * len(text)
    for line in [*(line for b in found.blocks for line in b.lines), *found.noise]:
        assert text[line.start : line.end] == line.text
        for i in range(line.start, line.end):
            owners[i] += 1
    assert all(n == 1 or text[i].isspace() for i, n in enumerate(owners))
    for block in found.blocks:
        _check(found, block)


def _check(found: Document, block: Block) -> None:
    assert block.text.text
    assert block.spans()
    assert block.section is None or 0 <= block.section < len(found.sections)
    for sentence in block.sentences:
        assert block.spans(sentence.start, sentence.end)
    for before, after in pairwise(block.sentences):
        assert before.end <= after.start
    for note in block.notes:
        assert found.source.quote(note.source).strip("[]").endswith(note.label)
        assert 0 <= note.position <= len(block.text.text)


class TestLigatures:
    def test_a_lost_ligature_is_put_back_where_the_whole_word_is_known(self) -> None:
        text = "Het conflict duurt voort. Elk conflict is anders. Dit conict niet.\n"
        assert texts(text) == [
            "Het conflict duurt voort. Elk conflict is anders. Dit conflict niet."
        ]

    def test_a_replacement_character_gets_the_letters_it_stands_for(self) -> None:
        found = document("Wij identificeren noden. Partners identi\ufffdceren die ook.\n")
        (block,) = found.blocks
        start = block.text.text.rindex("identificeren")
        (span,) = block.spans(start, start + len("identificeren"))
        assert found.source.quote(span) == "identi\ufffdceren"

    def test_what_may_be_a_word_of_its_own_stays(self) -> None:
        text = "De inkt is op. Wie flinkt er? Een inking van con\ufffdwoord en zo verder.\n"
        assert "con\ufffdwoord" in texts(text)[0]
