"""The structure of the policy note of 2022: columns, boxes, lists, tables, 74 footnotes."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, Box, Document
from tests.ingest.reading import (
    NOTE,
    Documents,
    block_with,
    under,
)


class TestNote:
    def test_chapters(self, documents: Documents) -> None:
        chapters = [(s.number, s.title) for s in documents[NOTE].sections if s.level == 1]
        assert chapters == [
            ("", "Samenvatting: doen waar Nederland goed in is"),
            ("", "Inleiding: nieuwe wereld, nieuw beleid"),
            ("1", "Handelsbeleid: voor het Nederlandse verdienvermogen"),
            ("2", "Ontwikkelingssamenwerking: focus op wat werkt"),
            ("3", "Nederlandse oplossingen voor wereldwijde uitdagingen"),
            ("", "Financierings- en landenoverzicht"),
        ]

    @pytest.mark.parametrize(
        ("level", "title"),
        [
            (2, "Meer focus in Buitenlandse Handel"),
            (2, "Meer focus en extra investeren in Ontwikkelingssamenwerking"),
            (2, "Buitenlandse handel en ontwikkelingssamenwerking: samen sterker"),
            (2, "Klimaatactie (SDG13)"),
            (2, "Digitalisering"),
            (2, "Water (SDG6)"),
            (2, "Private sector ontwikkeling: focus op MKB in ontwikkelingslanden (SDG8)"),
            (
                2,
                "Mondiale gezondheid en Seksuele en Reproductieve Gezondheid & Rechten "
                "(SDG3 & SDG5)",
            ),
            (2, "Noodhulp (diverse SDG’s)"),
            (3, "Donor dilemma: vertrekken of actief blijven na een coup?"),
            (2, "Vaccin en mondiale gezondheidsongelijkheid."),
            (2, "Risico overzicht"),
            (3, "Buitenlandse Handel"),
            (2, "Het ODA-budget"),
            (2, "Zes werkwijzen voor een strategisch en duurzaam handelsbeleid"),
            (3, "Bevorderen van Nederlandse en Europese economische weerbaarheid"),
            (3, "Vergroenen van het handelsinstrumentarium"),
            (3, "Verbeter de toegang van Nederlandse bedrijven tot het klimaatinstrumentarium"),
            (2, "Landen met een brede OS-relatie"),
            (2, "Landen met een OS-inzet op specifieke doelen"),
            (2, "Combinatielanden"),
            (2, "Opkomende markten"),
        ],
    )
    def test_headings(self, documents: Documents, level: int, title: str) -> None:
        assert (level, title) in [(s.level, s.title) for s in documents[NOTE].sections]

    def test_numbered_ways_of_working(self, documents: Documents) -> None:
        numbers = [s.number for s in documents[NOTE].sections if s.level == 3 and s.number]
        assert numbers == ["1", "2", "3", "4", "5", "6"] * 3

    @pytest.mark.parametrize(
        ("title", "first", "last", "count"),
        [
            ("Handel: 25 prioritaire landen", "Nabije landen", "Singapore", 29),
            ("Ontwikkelingssamenwerking: 22 landen", "Brede OS-relatie", "Tunesië", 24),
            (
                "Combinatielanden buitenlandse handel en ontwikkelingssamenwerking: 14 landen",
                "Afrika",
                "Oekraïne",
                16,
            ),
        ],
    )
    @pytest.mark.parametrize("occurrence", [0, 1, 2])
    def test_country_lists(
        self,
        documents: Documents,
        title: str,
        first: str,
        last: str,
        count: int,
        occurrence: int,
    ) -> None:
        blocks = under(documents[NOTE], title, occurrence)
        items = [b.text.text for b in blocks if b.kind is BlockKind.LIST_ITEM]
        assert len(items) == count
        assert (items[0], items[-1]) == (first, last)

    def test_names_over_two_lines(self, documents: Documents) -> None:
        document = documents[NOTE]
        psd = [b.text.text for b in under(document, "Private Sector Development (PSD) landen")]
        assert "Democratische Republiek Congo" in psd
        assert len([t for t in psd if len(t) < 40]) == 40
        items = [b.text.text for b in document.of_kind(BlockKind.LIST_ITEM)]
        assert items.count("Verenigde Arabische Emiraten") == 3
        assert items.count("Soedan") == 4

    def test_footnotes_and_references(self, documents: Documents) -> None:
        document = documents[NOTE]
        labels = [str(n) for n in range(1, 75)]
        assert [b.marker for b in document.of_kind(BlockKind.FOOTNOTE)] == labels
        found = [n.label for b in document.blocks for n in b.notes]
        assert sorted(found, key=int) == labels
        assert document.warnings == ()

    def test_pull_quotes(self, documents: Documents) -> None:
        found = list(documents[NOTE].of_kind(BlockKind.PULL_QUOTE))
        assert [b.attribution for b in found] == [
            "VNO-NCW & MKB Nederland",
            "Stichting ONL voor Ondernemers",
            "Stichting ONL voor Ondernemers",
            "Partos",
            "Oxfam Novib",
            "Youth Advisory Committee",
            "Count me In! Consortium",
            "Evofenedex",
            "SRGR+ platform",
        ]
        assert all(b.text.text.startswith("“") and b.text.text.endswith("”") for b in found)

    def test_boxes(self, documents: Documents) -> None:
        document = documents[NOTE]
        assert [(box.title.split(":")[0], _end(document, box)) for box in document.boxes] == [
            ("Met nieuwe accenten in het Nederlandse handelsbeleid", "nationale IMVO-wetgeving."),
            ("Met extra investeringen in ontwikkelingssamenwerking", "en ontheemden."),
            (
                "Door buitenlandse handel en ontwikkelingssamenwerking te combineren",
                "gezondheidsongelijkheid terugdringen.",
            ),
            ("Risico’s nemen", "en accountantscontroles."),
            ("Migratie en opvang in de regio", "van migratiepartnerschappen."),
            ("Innovatieve financiering", "biedt kansen."),
            ("Gendergelijkheid en empowerment voor alle meisjes en vrouwen", "tafel zitten."),
            ("Economisch weerbaarheid in de praktijk", "grondstoffenbeleid ontwikkelen."),
            ("Nederlandse klimaatfinanciering in 2025", "deze kabinetsperiode."),
            ("De mondiale gezondheidsstrategie", "gezondheidsstrategie’ meegenomen."),
            ("Donor dilemma", "ondersteund worden."),
            (
                "Speciale werkwijze voor het werken in fragiele gebieden",
                "lange-termijn contracten.",
            ),
            ("De Afrikastrategie", "het MKB."),
        ]

    def test_parts_of_a_box(self, documents: Documents) -> None:
        document = documents[NOTE]
        (box,) = (b for b in document.boxes if b.title.startswith("Speciale werkwijze"))
        inside = [document.blocks[order] for order in box.blocks]
        assert [b.text.text for b in inside if b.kind is BlockKind.HEADING][1:] == [
            "Adaptief programmeren & gecalculeerd risico’s nemen",
            "Werken op geïntegreerde wijze",
            "Een constructief-kritische beleidsdialoog met overheden voeren",
            "Investeren in de lange termijn",
        ]

    @pytest.mark.parametrize(
        ("words", "section"),
        [
            ("Het tegengaan van irreguliere migratie is voor het kabinet", "Inleiding: nieuwe"),
            ("vraagt binnen multilaterale instellingen aandacht voor het", "Inleiding: nieuwe"),
            ("Deze wereldreis in vogelvlucht kan somber stemmen", "Inleiding: nieuwe"),
            ("ondermijning van de rechtsstaat en veiligheid. Nederland", "Aanpak onwettige"),
            ("samen op te trekken met de lokale gemeenschap en overheid", "Digitale en"),
            ("Sectoren waarin Nederland internationaal voorop loopt", "Veranderende wereld"),
        ],
    )
    def test_text_goes_on_behind_what_is_set_apart(
        self, documents: Documents, words: str, section: str
    ) -> None:
        block = block_with(documents[NOTE], words)
        assert block.box is None
        assert next(documents[NOTE].ancestry(block)).title.startswith(section)

    def test_captions(self, documents: Documents) -> None:
        captions = [b.text.text for b in documents[NOTE].of_kind(BlockKind.CAPTION)]
        assert "Foto: Ministerie van Buitenlandse Zaken / Carel de Groot" in captions
        assert "Mensen in nood verdienen hulp." in captions
        assert sum(c.startswith("Foto") for c in captions) == 17

    def test_tables(self, documents: Documents) -> None:
        budget, reply = documents[NOTE].of_kind(BlockKind.TABLE)
        rows = [line.text.strip() for line in budget.lines if line.text.strip()]
        assert len(rows) == 17
        assert rows[-1].startswith("Totaal intensiveringen en herverdelingen 232 670 765")
        assert [n.label for n in budget.notes] == ["70", "71"]
        assert "Aanbeveling IOB" in reply.text.text
        assert {line.page for line in reply.lines} == {reply.page, reply.page + 1}
        assert reply.text.text.endswith("zal worden voortgebouwd.")

    def test_running_footers_are_noise(self, documents: Documents) -> None:
        assert [line.text.split()[-1] for line in documents[NOTE].noise] == ["25", "35"]

    @pytest.mark.parametrize(
        "words",
        [
            "het trans-Atlantisch partnerschap",
            "handels- en investeringsverdragen",
            "handels- en ontwikkelingssamenwerkings",
            "seksuele & reproductieve gezondheid",
            "en stijgen ook de kosten van noodhulp",
            "maar ook een noodzakelijke partner",
            "biodiversiteit, leefbaar loon",
            "vraagt binnen multilaterale instellingen aandacht",
            "1,8 miljard euro aan klimaatfinanciering",
            "op korte termijn, maar ook instabiliteit op lange termijn",
            "defensie-, justitie- en politie-inspanningen",
            "publiek-private samenwerking bij de verdere",
            "wel op deze 25 markten te liggen",
            "om het financieringstekort op te vullen",
            "op verschillende beleidsniveaus in om",
        ],
    )
    def test_words_are_mended(self, documents: Documents, words: str) -> None:
        assert any(words in b.text.text for b in documents[NOTE].blocks)

    def test_a_paragraph_over_a_page_and_a_box(self, documents: Documents) -> None:
        document = documents[NOTE]
        paragraph = block_with(document, "De klimaatcrisis heeft overal ter wereld")
        assert "duurzame landbouw en handel te stimuleren, en innovatieve financiering voor" in (
            paragraph.text.text
        )
        assert len(paragraph.spans()) == 2


_LAST = "lange-termijn contracten."


def _end(document: Document, box: Box) -> str:
    """The last two words of a box."""
    return " ".join(document.blocks[box.blocks[-1]].text.text.split()[-2:])
