"""Sentence ends, labelled by hand on hard places in the seeds ("|" stands where one ends)."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind, Document
from ingest.text.sentences import sentences

HARD_PLACES = [
    # abbreviations inside a sentence
    "gewapende groepen in o.a. Jemen en Afghanistan.| Op landenniveau werd de inzet gecoördineerd.",
    "(Kamerstuk II 2021/22, 35 925, nr. 27) en Motie Heijnen over klimaatafspraken.",
    "(Kamerstuk II 2021/22, 34952, nr. 165).| Een tweede motie volgde.",
    "Kamerstuk II 2021/22, 35925, nr. 23. en Kamerstuk II 2021/22, 35925, nr. 59.",
    "De inzet m.b.t. opvang in de regio draagt daaraan bij.| Ook de commissie stelt dat.",
    "en in juni jl. (Kamerstuk 19 637, nr. 2634) zijn de resultaten gepubliceerd.",
    "De Kamer ontving hierover op 7 april jl. een rapportage.| Zij wordt nader geïnformeerd.",
    "De motie is aangenomen op 7 april jl.| Het kabinet voert haar uit.",
    "gedeeld via een zgn. Early Warning System.| Gezamenlijke signalering vereist meer.",
    "met een zgn. ‘Kennisgevingsbrief’ dat zij gaat onderzoeken.",
    "Verhoging van de inzet t.o.v. de periode (+20% variant) is niet aan de orde.",
    "“Nog te verdelen i.v.m. wijzigingen in BNI” geboekt.| Dit artikel fungeert daarvoor.",
    "IOB, 2021.| Aan artikel 90 verplicht.| Zie bijv. par. 3.1.",
    "Zie IOB, 2022, p.13 en IOB, 2024, p. 4.",
    "Nota ‘Wat de Wereld Verdient’, p. 21, p. 25.",
    "Motie Klink c.s. over Invest International als enig loket.",
    "die oploopt naar EUR 100 mln. per jaar.| Dit maakt een bezuiniging noodzakelijk.",
    "Het gaat om 3 mld. euro.| Dat is veel.",
    "ngo’s, donoren, etc.| Daarna volgt de analyse.",
    "dat wil zeggen donoren, ngo’s, etc.).| Een voorbeeld hiervan is Mali.",
    "bijlage 2 van Kamerbrief 29 911 (Nr. 348) over de aanpak.",
    "Brief van 35 570 XVII, Nr. 52 van de minister.",
    # initials and titles
    "S.A.M. Kaag",
    "W.B. Hoekstra, Vaststelling van de begrotingsstaat.",
    "De Minister, mw. drs. S.A.M. Kaag, schreef dit.| Het kabinet volgt haar.",
    "Hr. Ms. Rotterdam met twee helikopters.",
    # numbers
    "Zoals beschreven (zie I. Humanitaire systeem en financiering) heeft Nederland dit gedaan.",
    "De vijf belangen zijn: 1. Territoriale veiligheid; 2. Fysieke veiligheid; en 5. Stabiliteit.",
    "In 2019 werd enkel 4.5% hervestigd.| Via het FRiT ontvangen 1.7 miljoen mensen steun.",
    "meer dan 575.000 kinderen kregen onderwijs.| Momenteel is dat meer.",
    "de periode 2015-2021.| In 2023 wordt dit voortgezet.",
    "een klimaatdoel in 2030.| 805 miljoen mensen hebben honger.",
    "opgenomen in artikel 1.2.| Artikel 1.3 betreft het gastlandbeleid.",
    # addresses
    "gepubliceerd op www.osresultaten.nl.| Meer dan vijf jaar later informeer ik u.",
    "Zie onder andere: https://reliefweb.int/report/lebanon/impact-2020.| Dit blijft zo.",
    # quotes, brackets, other punctuation
    "vast te houden aan ‘accountability voor alle partijen.’| De evaluatie formuleert meer.",
    "“Due to capacity constraints, MFA is limited”, p. 42, Hoofdstuk Effectiveness.",
    "respond at scale”. p.4, Executive Summary, IOB Evaluatierapport",
    "schetst ‘Waarom een geïntegreerde benadering?’.| Hoofdstuk 2 licht het begrip toe.",
    "Hoofdstuk 2 ‘Wat is de geïntegreerde benadering?’ licht de betekenis toe.",
    "Wat verstaat Nederland hieronder?| Wat is het beschikbare instrumentarium?",
    "is veranderd naar “open waar het kan, beschermen waar het moet”.| China is een rivaal.",
    "De slogan is: “Solving global challenges together”.| Dat is de essentie.",
    "(zie box 6).| Deze brief behelst geen beginselbereidheid.",
    "van 70 naar 40 (zie bijlage).| Oekraïne maakt daar deel van uit.",
    "’s Werelds armsten lijden.| ’s Avonds is het koud.",
]


@pytest.mark.parametrize("marked", HARD_PLACES)
def test_hard_places(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    assert [text[r.start : r.end] for r in sentences(text)] == expected


@pytest.mark.parametrize("text", ["", "x", ".", "Dr.", "a. b. c."])
def test_no_text_is_too_short(text: str) -> None:
    ranges = sentences(text)
    assert "".join(text[r.start : r.end] for r in ranges).replace(" ", "") == text.replace(" ", "")


def test_note_references_belong_to_the_sentence_they_follow(
    documents: dict[str, Document],
) -> None:
    block = next(
        b
        for b in documents["2022-beleidsnota-bhos"].blocks
        if "Russisch gas onwenselijk is. Europa heeft" in b.text.text
    )
    positions = {n.label: n.position for n in block.notes}
    sentence = block.sentence_at(positions["11"] - 1)
    assert block.text.text[sentence.start : sentence.end].endswith("gas onwenselijk is.")
    assert positions["11"] == sentence.end
    assert positions["12"] <= sentence.end + 1


@pytest.mark.parametrize(
    ("identifier", "count"),
    [
        ("2023-kabinetsreactie-iob-humanitaire-hulp", 220),
        ("kst-35570-XVII-52", 205),
        ("2025-periodieke-rapportage-artikel-1", 228),
    ],
)
def test_counts_stay(documents: dict[str, Document], identifier: str, count: int) -> None:
    running = [b for b in documents[identifier].blocks if b.kind is not BlockKind.TABLE]
    assert sum(len(b.sentences) for b in running) == count


def test_hardly_any_paragraph_sentence_begins_in_lower_case(
    documents: dict[str, Document],
) -> None:
    for document in documents.values():
        texts = [
            b.text.text[s.start : s.end]
            for b in document.of_kind(BlockKind.PARAGRAPH)
            for s in b.sentences[1:]
        ]
        assert [t for t in texts if t[0].islower()] == []
