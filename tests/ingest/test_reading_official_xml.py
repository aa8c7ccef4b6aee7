"""Reading the XML of official publications: parliamentary papers of both dialects."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import Element, Extraction, UnreadableError
from ingest.readers.official.reader import read_official_xml

PAPERS = Path(__file__).parents[1] / "fixtures" / "documents" / "xml"
LIMITS = Limits()


def paper(name: str) -> Extraction:
    return read_official_xml((PAPERS / name).read_bytes(), name, LIMITS)


def xml(text: str, limits: Limits = LIMITS) -> Extraction:
    return read_official_xml(text.encode(), "stuk.xml", limits)


def free_text(content: str) -> Extraction:
    """A paper of today with this content."""
    return xml(
        "<officiele-publicatie><kamerstuk><stuk><algemeen><vrije-tekst><tekst>"
        f"{content}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )


def words(element: Element) -> str:
    return " ".join(line.text.strip() for line in element.body)


def outline(extraction: Extraction) -> list[tuple[str, str]]:
    return [(e.kind.value if e.kind else "", words(e)) for e in extraction.elements or ()]


def of_kind(extraction: Extraction, kind: BlockKind) -> list[Element]:
    return [e for e in extraction.elements or () if e.kind is kind]


def with_text(extraction: Extraction, start: str) -> Element:
    found = [e for e in extraction.elements or () if words(e).startswith(start)]
    assert len(found) == 1
    return found[0]


def cells(element: Element) -> list[list[str]]:
    return [[" ".join(line.text for line in cell) for cell in row] for row in element.cells]


# A letter of today


def test_the_head_stands_in_the_text_as_it_is_printed() -> None:
    assert outline(paper("brief-2021.xml"))[:6] == [
        (
            "Paragraph",
            "35 570 XVII Vaststelling van de begrotingsstaat van Buitenlandse Handel en "
            "Ontwikkelingssamenwerking (XVII) voor het jaar 2021",
        ),
        ("Paragraph", "Nr. 52"),
        ("Heading", "BRIEF VAN DE MINISTER VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING"),
        ("Paragraph", "Ontvangen 25 januari 2021"),
        ("Paragraph", "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"),
        ("Paragraph", "Den Haag, 25 januari 2021"),
    ]


def test_the_file_states_identifier_dossier_date_and_who_signed() -> None:
    assert paper("brief-2021.xml").properties == {
        "identifier": "kst-35570-XVII-52",
        "dossier": "35570-XVII",
        "title": "BRIEF VAN DE MINISTER VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING",
        "date": "2021-01-25",
        "creator": "S.A.M. Kaag",
        "publisher": "Tweede Kamer der Staten-Generaal",
        "type": "Kamerstukken",
        "isPartOf": "Vergaderjaar 2020-2021",
    }


def test_divisions_and_subheadings_give_levels() -> None:
    headings = of_kind(paper("brief-2021.xml"), BlockKind.HEADING)
    assert [(h.level, h.marker, words(h)) for h in headings[1:]] == [
        (1, "", "Voortgang"),
        (2, "", "Bescherming"),
        (1, "1.", "Financiën"),
        (2, "1.1", "Uitgaven"),
        (1, "", "Bijlage 2"),
        (2, "", "Kader: Prospects"),
    ]


def test_a_sentence_set_as_a_subheading_is_a_paragraph() -> None:
    sentence = with_text(paper("brief-2021.xml"), "In deze paragraaf wordt uiteengezet")
    assert sentence.kind is BlockKind.PARAGRAPH


def test_a_note_leaves_its_sentence_and_stands_after_the_paragraph() -> None:
    extraction = paper("brief-2021.xml")
    elements = list(extraction.elements or ())
    paragraph = with_text(extraction, "Met de brief van 29 maart 2018")
    note = elements[elements.index(paragraph) + 1]
    assert (note.kind, note.marker) == (BlockKind.FOOTNOTE, "1")
    assert words(note) == "Kamerstuk 19 637, nr. 2375. Zie ook de bijlage."
    mark = extraction.references[0]
    assert (mark.label, extraction.text[mark.span.start : mark.span.end]) == ("1", "[1]")
    assert extraction.text[: mark.span.start].endswith("over migratie")


def test_a_second_call_of_a_note_refers_to_the_same_text() -> None:
    extraction = paper("brief-2021.xml")
    assert [mark.label for mark in extraction.references] == ["1", "2", "2", "3", "*"]
    assert [n.marker for n in of_kind(extraction, BlockKind.FOOTNOTE)] == ["1", "2", "3", "*"]


def test_references_to_documents_and_addresses_are_links() -> None:
    extraction = paper("brief-2021.xml")
    assert [
        (extraction.text[link.span.start : link.span.end], link.target) for link in extraction.links
    ] == [
        ("19 637, nr. 2375", "kst-19637-2375"),
        ("www.osresultaten.nl", "https://www.osresultaten.nl"),
    ]


def test_raised_digits_stay_apart_from_the_number_before_them() -> None:
    paragraph = with_text(paper("brief-2021.xml"), "Met de brief")
    assert words(paragraph).endswith("CO2 daalde op 12 km² met 10⁶ ton.")


def test_lists_within_lists() -> None:
    items = of_kind(paper("brief-2021.xml"), BlockKind.LIST_ITEM)
    assert [(i.level, i.marker, words(i)) for i in items] == [
        (1, "–", "onderwijs;"),
        (1, "–", "werk, te weten:"),
        (2, "a.", "opleiding[3];"),
        (2, "b.", "bemiddeling. Dit gebeurt lokaal."),
    ]


def test_a_table_keeps_its_places_under_spans() -> None:
    extraction = paper("brief-2021.xml")
    (table,) = of_kind(extraction, BlockKind.TABLE)
    assert table.header_rows == 2
    assert cells(table) == [
        ["Regio", "Land", "Uitgaven", ""],
        ["", "", "2020", "2021[*]"],
        ["Midden-Oosten", "Jordanië", "1.200", "1.300"],
        ["", "Libanon", "", "900"],
    ]
    elements = list(extraction.elements or ())
    caption = elements[elements.index(table) - 1]
    assert caption.kind is BlockKind.CAPTION
    assert words(caption) == "Uitgaven per land (bedragen x € 1.000)"


def test_box_quotation_caption_and_signature() -> None:
    extraction = paper("brief-2021.xml")
    assert [words(e) for e in extraction.elements or () if e.box == 0] == [
        "Kader: Prospects",
        "Het partnerschap loopt tot 2023.",
    ]
    assert [words(e) for e in of_kind(extraction, BlockKind.PULL_QUOTE)] == [
        "Opvang begint bij een veilige plek."
    ]
    assert words(of_kind(extraction, BlockKind.CAPTION)[-1]) == "Kamp Zaatari in Jordanië"
    (signature,) = of_kind(extraction, BlockKind.SIGNATURE)
    assert [line.text.strip() for line in signature.lines] == [
        "De Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking,",
        "S.A.M. Kaag",
    ]


def test_the_words_of_an_unknown_element_are_a_paragraph() -> None:
    unknown = with_text(paper("brief-2021.xml"), "Dit element kent niemand.")
    assert unknown.kind is BlockKind.PARAGRAPH


def test_the_letter_becomes_a_document() -> None:
    document = read(PAPERS / "brief-2021.xml", "kst-35570-XVII-52")
    assert "Uitgaven" in [section.title for section in document.sections]
    assert document.warnings == ()
    migration = next(b for b in document.blocks if "over migratie" in b.text.text)
    assert migration.text.text.startswith(
        "Met de brief van 29 maart 2018 over migratie is uw Kamer geïnformeerd."
    )
    assert [note.label for note in migration.notes] == ["1"]


# A letter of the nineties


def test_an_old_paper_has_the_same_shape() -> None:
    assert outline(paper("brief-1999.xml")) == [
        (
            "Paragraph",
            "26 800 V Vaststelling van de begroting van de uitgaven en de ontvangsten van het "
            "Ministerie van Buitenlandse Zaken (V) voor het jaar 2000",
        ),
        ("Paragraph", "Nr. 17"),
        ("Heading", "BRIEF VAN DE MINISTER VOOR ONTWIKKELINGSSAMENWERKING"),
        ("Paragraph", "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"),
        ("Paragraph", "'s-Gravenhage, 12 november 1999"),
        ("Heading", "1. Landen"),
        (
            "Paragraph",
            "De hulp wordt op negentien landen gericht[1]. De keuze volgt uit het beleid.",
        ),
        ("Footnote", "Kamerstukken II 1998/99, 26 433, nr. 1."),
        ("ListItem", "Mali en Niger;"),
        ("ListItem", "Ghana en Ethiopië."),
        ("Heading", "1.1. Criteria"),
        ("Paragraph", "Armoede en bestuur tellen[2]."),
        ("Footnote", "Zie ook het rapport."),
        ("Table", "Land\tHulp Mali\t35"),
        ("Heading", "2. Vervolg"),
        ("Paragraph", "De Kamer wordt ingelicht."),
        ("Signature", "De Minister voor Ontwikkelingssamenwerking, E. L. Herfkens"),
        ("Signature", "De Staatssecretaris van Buitenlandse Zaken, D. A. Benschop"),
        ("Footnote", "Deze noot wordt nergens genoemd."),
    ]


def test_an_old_paper_states_its_number() -> None:
    properties = paper("brief-1999.xml").properties
    assert properties["identifier"] == "kst-26800-V-17"
    assert properties["dossier"] == "26800-V"
    assert properties["creator"] == "E. L. Herfkens; D. A. Benschop"
    assert "date" not in properties


def test_a_bold_first_row_of_an_old_table_is_its_head() -> None:
    (table,) = of_kind(paper("brief-1999.xml"), BlockKind.TABLE)
    assert (table.header_rows, cells(table)) == (1, [["Land", "Hulp"], ["Mali", "35"]])


# Other publications


def test_questions_and_answers_get_headings() -> None:
    extraction = paper("kamervragen-2024.xml")
    headings = [words(h) for h in of_kind(extraction, BlockKind.HEADING)]
    assert headings[0].startswith("Vragen van het lid Hirsch (GroenLinks-PvdA) aan de Minister")
    assert headings[1:] == ["Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2"]
    assert with_text(extraction, "Ja, met").kind is BlockKind.PARAGRAPH
    assert extraction.properties["identifier"] == "ah-tk-20232024-100"


def test_proceedings_are_read_in_order() -> None:
    assert [text for _, text in outline(paper("handelingen-2021.xml"))] == [
        "Begroting Buitenlandse Handel",
        "Mevrouw Kaag:",
        "Voorzitter. Dank u wel.",
        "Ik begin met handel.",
        "De vergadering wordt geschorst.",
    ]


def test_a_law_keeps_its_articles_and_numbered_paragraphs() -> None:
    extraction = xml(
        "<officiele-publicatie><kamerstuk><stuk><voorstel-wet><aanhef><wie>Wij Willem,</wie>"
        "<considerans><considerans.al>Allen saluut!</considerans.al></considerans></aanhef>"
        "<wettekst><artikel><kop><label>Artikel</label><nr>1</nr></kop>"
        "<lid><lidnr>1.</lidnr><al>Eerste.</al></lid><lid><lidnr>2.</lidnr><al>Tweede.</al></lid>"
        "</artikel></wettekst></voorstel-wet></stuk></kamerstuk></officiele-publicatie>"
    )
    assert outline(extraction) == [
        ("Paragraph", "Wij Willem,"),
        ("Paragraph", "Allen saluut!"),
        ("Heading", "Artikel 1"),
        ("ListItem", "Eerste."),
        ("ListItem", "Tweede."),
    ]


def test_those_who_move_a_motion_sign_it() -> None:
    extraction = free_text(
        "<al>De Kamer,</al><al>verzoekt de regering te bezien of het kan,</al>"
        "<al>en gaat over tot de orde van de dag.</al>"
        "<al-groep><al>Van der Graaf</al><al>Maatoug</al></al-groep>"
    )
    assert [words(e) for e in of_kind(extraction, BlockKind.SIGNATURE)] == [
        "Van der Graaf",
        "Maatoug",
    ]


@pytest.mark.parametrize(
    ("head", "identifier"),
    [
        ("<dossiernummer><dossiernr>36 180</dossiernr></dossiernummer>", "kst-36180-48"),
        ("<dossiernummer><dossiernr>21 501-02</dossiernr></dossiernummer>", "kst-21501-02-48"),
        ("<dossiernummer>36 180</dossiernummer>", "kst-36180-48"),
        (
            "<dossiernummer><dossiernr>36 180</dossiernr></dossiernummer>"
            "<dossiernummer><dossiernr>31 271</dossiernr></dossiernummer>",
            None,
        ),
        ("<dossiernummer><dossiernr>36 1b0</dossiernr></dossiernummer>", None),
    ],
)
def test_the_number_of_a_paper_is_given_only_when_certain(head: str, identifier: str) -> None:
    extraction = xml(
        f"<officiele-publicatie><kamerstuk><dossier>{head}<titel>Beleid</titel></dossier><stuk>"
        "<stuknr>Nr. <ondernummer>48</ondernummer></stuknr><titel>BRIEF</titel>"
        "<algemeen><al>Tekst.</al></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )
    assert extraction.properties.get("identifier") == identifier


def test_a_word_is_not_torn_by_a_printing_instruction() -> None:
    (element,) = free_text("<al>De UZI-server<?xpp afbm?>certificaten.</al>").elements or ()
    assert words(element) == "De UZI-servercertificaten."


def test_characters_that_only_the_publisher_defines_are_kept() -> None:
    extraction = xml(
        '<!DOCTYPE kamerwrk SYSTEM "meto.dtd"><kamerwrk><al>Irak&eacute;</al></kamerwrk>'
    )
    assert outline(extraction) == [("Paragraph", "Iraké")]


def test_offsets_hold_for_every_line() -> None:
    for name in ("brief-2021.xml", "brief-1999.xml", "kamervragen-2024.xml"):
        extraction = paper(name)
        for element in extraction.elements or ():
            for line in (
                *element.lines,
                *element.body,
                *(line for row in element.cells for cell in row for line in cell),
            ):
                assert extraction.text[line.start : line.end] == line.text


# What can not be read


def test_metadata_alone_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"metadata-only\.xml: metadata about a publication"):
        paper("metadata-only.xml")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<feed><entry id='1'/></feed>", "XML without text"),
        ("<officiele-publicatie/>", "XML without text"),
        ("<a><b></a>", "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "XML entities"),
        ("<a>" * 220 + "x" + "</a>" * 220, "nested deeper"),
    ],
)
def test_xml_without_a_readable_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=f"stuk.xml: .*{reason}"):
        xml(text)


def test_a_table_cannot_take_all_memory() -> None:
    wide = '<colspec colname="a"/>' + '<colspec colname="b" colnum="499"/>'
    row = '<row><entry colname="b">x</entry></row>'
    text = f"<table><tgroup>{wide}<tbody>{row * 50}</tbody></tgroup></table>"
    with pytest.raises(UnreadableError, match="too many cells"):
        xml(text, Limits(characters=10_000))
    with pytest.raises(UnreadableError, match="too many columns"):
        xml("<table><tr>" + '<td colspan="400">x</td>' * 10 + "</tr></table>")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    for content in (data, b"<kamerwrk>" + data + b"</kamerwrk>"):
        try:
            read_official_xml(content, "x.xml", LIMITS)
        except UnreadableError as error:
            assert str(error).startswith("x.xml: ")


ELEMENTS = """
    al al-groep lijst li li.nr divisie kop nr titel label tussenkop tuskop box noot noot.nr noot.al
    table title tgroup thead tbody row entry colspec citaat nadruk sup extref ondertekening functie
    naam achternaam vraag antwoord stuk stuknr dossier dossiernummer voetref voetnoot nootref br
    definitie-item term definitie lid lidnr vrije-tekst onbekend spreker plaatje datumtekst onderw
    kamervraagomschrijving ondtek wie
"""
ATTRIBUTES = "nr id refid colname namest nameend morerows cols colnum type doc"
VALUES = ["1", "2", "c1", "c2", "vet", "99999999999", "²", "kst-1-2", "ndash", ""]


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> etree._Element:
    """Elements of publications in any disorder, with numbered words in them."""
    element = etree.Element(draw(st.sampled_from(ELEMENTS.split())))
    names = st.sampled_from(ATTRIBUTES.split())
    attributes = draw(st.dictionaries(names, st.sampled_from(VALUES), max_size=2))
    element.attrib.update(attributes)
    element.text = draw(st.sampled_from(["", "woord ", "– ", "a. b ", "Vraag 1"]))
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        child = draw(trees(depth - 1))
        child.tail = draw(st.sampled_from(["", " staart "]))
        element.append(child)
    return element


@settings(max_examples=300, deadline=None)
@given(trees())
def test_any_arrangement_of_the_elements_is_read(tree: etree._Element) -> None:
    root = etree.Element("officiele-publicatie")
    root.append(tree)
    try:
        extraction = read_official_xml(etree.tostring(root), "x.xml", LIMITS)
    except UnreadableError:
        return
    for element in extraction.elements or ():
        for line in element.lines:
            assert extraction.text[line.start : line.end] == line.text
    read(etree.tostring(root), "x", "x.xml")


_STRUCTURAL = [
    "tekst",
    "al",
    "divisie",
    "onbekend",
    "lijst",
    "li",
    "citaat",
    "box",
    "ondertekening",
]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_word_is_lost(data: st.DataObject) -> None:
    count = 0

    def grow(depth: int) -> etree._Element:
        nonlocal count
        element = etree.Element(
            data.draw(st.sampled_from([*_STRUCTURAL, "nadruk", "noot", "vraag"]))
        )
        count += 1
        element.text = f"woord{count}x "
        for _ in range(data.draw(st.integers(0, 2)) if depth else 0):
            child = grow(depth - 1)
            count += 1
            child.tail = f" woord{count}x "
            element.append(child)
        return element

    root = etree.Element("officiele-publicatie")
    root.append(grow(4))
    text = read_official_xml(etree.tostring(root), "x.xml", LIMITS).text
    assert sorted(re.findall(r"woord\d+x", text)) == sorted(f"woord{n + 1}x" for n in range(count))
