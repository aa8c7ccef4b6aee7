"""The structure of the two letters: the reply to IOB and the letter on reception in the region."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind
from tests.ingest.reading import (
    LETTER,
    REACTION,
    Documents,
    block_with,
    headings,
    quotes,
    titles,
    under,
)


class TestReaction:
    def test_headings(self, documents: Documents) -> None:
        assert headings(documents[REACTION]) == [
            (
                1,
                "",
                "BIJLAGE BIJ KAMERBRIEF: IOB-BELEIDSDOORLICHTING HUMANITAIRE HULP 2015 / 2021",
            ),
            (2, "", "Kabinetsreactie per thema"),
            (1, "I", "Humanitaire systeem en financiering"),
            (2, "", "Kabinetsreactie"),
            (1, "II", "Lokalisering, innovatie en nexus"),
            (2, "", "Lokalisering, inclusief risicodeling"),
            (3, "", "Kabinetsreactie lokalisering en risicodeling"),
            (4, "", "Nederlandse partners"),
            (4, "", "Lokalisering aanjagen: participatie, verantwoording, risicodeling"),
            (2, "", "Innovatie"),
            (3, "", "Kabinetsreactie Innovatie"),
            (2, "", "Nexus"),
            (3, "", "Kabinetsreactie Nexus"),
            (1, "III", "Humanitaire diplomatie"),
            (2, "", "Kabinetsreactie"),
            (1, "IV", "De humanitaire donor die mensen nodig hebben"),
            (2, "", "Kabinetsreactie"),
        ]

    @pytest.mark.parametrize(
        ("title", "markers"),
        [
            ("Humanitaire systeem en financiering", "i. ii. iii. iv. v. vi. vii. viii."),
            ("Lokalisering, inclusief risicodeling", "i. ii. iii. iv."),
            ("Innovatie", "i. ii. iii."),
            ("Nexus", "i. ii. iii. iv. v."),
            ("Humanitaire diplomatie", "i. ii. iii. iv. v."),
            ("De humanitaire donor die mensen nodig hebben", "i."),
        ],
    )
    def test_recommendations(self, documents: Documents, title: str, markers: str) -> None:
        blocks = under(documents[REACTION], title)
        assert blocks[0].text.text.startswith("IOB raadt aan")
        items = [b for b in blocks if b.kind is BlockKind.LIST_ITEM and b.level == 1]
        assert " ".join(b.marker for b in items) == markers
        assert len(items) + sum(b.level == 2 for b in blocks) == len(blocks) - 1

    def test_26_recommendations_in_all(self, documents: Documents) -> None:
        items = list(documents[REACTION].of_kind(BlockKind.LIST_ITEM))
        assert sum(b.level == 1 for b in items) == 26

    def test_sub_bullets_go_on_after_a_page_break(self, documents: Documents) -> None:
        blocks = under(documents[REACTION], "Humanitaire diplomatie")
        bullets = [b for b in blocks if b.level == 2]
        assert [b.marker for b in bullets] == ["\uf0b7"] * 6
        assert [b.page for b in bullets][-2:] == [7, 8]
        assert bullets[-1].text.text.startswith("Het verdient aanbeveling")
        assert blocks[-1].marker == "v."

    def test_an_item_over_a_blank_line_is_one_block(self, documents: Documents) -> None:
        item = block_with(documents[REACTION], "Het netwerk van regionale humanitaire")
        assert item.marker == "vii."
        assert item.text.text.endswith("personeel voor de contacten met DG ECHO;")

    def test_footnotes_are_lifted_out_of_paragraphs(self, documents: Documents) -> None:
        document = documents[REACTION]
        notes = list(document.of_kind(BlockKind.FOOTNOTE))
        assert [b.marker for b in notes] == ["1", "2", "3", "4", "5", "6"]
        paragraph = block_with(document, "Het kabinet verwelkomt de conclusies")
        assert "hulporganisaties niet alleen gericht zijn op het lenigen" in paragraph.text.text
        assert len(paragraph.breaks) == 1
        first, second = quotes(document, paragraph)
        assert first.endswith("hulporganisaties niet alleen")
        assert second.startswith("gericht zijn op")

    def test_a_page_break_without_footnotes_leaves_one_span(self, documents: Documents) -> None:
        document = documents[REACTION]
        paragraph = block_with(document, "Het kabinet is het grotendeels eens")
        assert "te verminderen. Dat vergt een inspanning van verschillende" in paragraph.text.text
        assert len(paragraph.spans()) == 1

    def test_references(self, documents: Documents) -> None:
        document = documents[REACTION]
        found = [n.label for b in document.blocks for n in b.notes]
        assert found == ["1", "2", "3", "4", "5", "6"]
        paragraph = block_with(document, "Zoals de IOB concludeert")
        assert "te verstrekken aan lokale organisaties. Dit geldt ook" in paragraph.text.text
        assert [document.source.quote(n.source) for n in paragraph.notes] == ["2", "3", "4"]

    def test_noise_is_the_page_number(self, documents: Documents) -> None:
        assert [line.text.strip() for line in documents[REACTION].noise] == ["1"]
        assert documents[REACTION].pages == 9


class TestLetter:
    def test_headings(self, documents: Documents) -> None:
        sections = documents[LETTER].sections
        assert [s.title for s in sections if s.level == 2] == [
            "Onderwijs",
            "Werkgelegenheid",
            "Bescherming",
        ]
        assert {s.parent for s in sections if s.level == 2} == {4}
        assert titles(documents[LETTER]) == [
            "Huidige context van wereldwijde ontheemding",
            "Nederlandse bilaterale inzet op opvang in de regio",
            "Prospects partnerschap",
            "Samenwerking met non-gouvernementele partners",
            "Thema’s",
            "Onderwijs",
            "Werkgelegenheid",
            "Bescherming",
            "Multilaterale (EU) inzet",
            "Duurzame oplossingen",
            "Relatie met opvanglanden",
            "Lokalisatie en de stem van ontheemden",
            "Conclusie en vooruitblik",
        ]

    def test_the_letterhead_opens_no_section(self, documents: Documents) -> None:
        above = [b for b in documents[LETTER].blocks if b.section is None]
        assert [b.text.text for b in above][-2].startswith("Den Haag, 25 januari 2021")
        titles = [(b.marker, b.text.text[:13]) for b in above if b.kind is BlockKind.HEADING]
        assert titles == [("35 570 XVII", "Vaststelling "), ("Nr. 52", "Brief van de ")]

    def test_footnotes_without_numbers(self, documents: Documents) -> None:
        notes = list(documents[LETTER].of_kind(BlockKind.FOOTNOTE))
        assert [b.marker for b in notes] == [""] * 6 + ["17", "18", "19", "20", "21", "22", "23"]
        assert notes[0].text.text.startswith("Een vluchteling is iemand die")
        assert notes[0].text.text.endswith("als intern ontheemde mensen.")

    def test_references_form_a_whole_chain(self, documents: Documents) -> None:
        document = documents[LETTER]
        notes = [n for b in document.blocks for n in b.notes]
        assert [n.label for n in notes] == [str(n) for n in range(1, 34)]

    @pytest.mark.parametrize(
        "words",
        [
            "Met een brief van 14 oktober 2019 is uw Kamer",
            "vluchtelingen tussen 10 en 26 jaar van huis",
            "psychosociale ondersteuning (MHPSS) gekregen",
            "het totale budget voor dit partnerschap is 500 miljoen euro (2018-2023)",
            "met vele non-gouvernementele en lokale organisaties",
            "nog niet in zicht",
        ],
    )
    def test_numbers_and_words_keep_their_form(self, documents: Documents, words: str) -> None:
        assert any(words.casefold() in b.text.text.casefold() for b in documents[LETTER].blocks)

    def test_missing_notes_are_told(self, documents: Documents) -> None:
        warnings = documents[LETTER].warnings
        assert "note 33: referred to, but its text was not found" in warnings
        assert len(warnings) == 26

    def test_signature(self, documents: Documents) -> None:
        (signature,) = documents[LETTER].of_kind(BlockKind.SIGNATURE)
        assert signature.text.text == (
            "De Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking, S.A.M. Kaag"
        )
