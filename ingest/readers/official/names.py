"""The names of the elements of official publications, by what they are in a text."""

from __future__ import annotations


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


INLINE = _names("""
    nadruk sup inf extref intref dossierref stukref extref-groep intref-groep noot nootref voetref
    br nl datum naam voornaam voorvoegsels achternaam functie deze organisatie politiek term plaats
    dagtekening kamervraagonderwerp tekstcorrectie ondernummer herdruk aanhaling
    b i em strong u span a abbr small q cite
""")
"""They stand within a line of text."""

SECTIONS = _names("""
    divisie circulaire.divisie paragraaf hoofdstuk afdeling artikel bijlage nota-toelichting
    wijzig-divisie wijzig-artikel deel boek artikeltekst
""")
"""They hold a part of the text, mostly with a heading (``kop``)."""

BLOCKS = SECTIONS | _names("""
    al al-groep aanhef agendapunt algemeen amendement antwoord bijschrift body box citaat
    considerans considerans.al definitie-item definitielijst dossier frontm handeling illustratie
    item kader kop li lid lijst onderw onderwerp ondertek ondertekening ondtek plaatje spreekbeurt
    stuk table tekst tekst-sluiting tgroup titel tuskop tussenkop voorstel-wet vraag
    vrije-tekst wat wettekst wijziging p div ul ol h1 h2 h3 h4 section
""")
"""They stand on their own between lines of text."""

NO_TEXT = _names("""
    metadata kamerstukkop kamervraagkop versie ordernr vergjaar witreg colspec voetnoot
    officiele-inhoudsopgave sys.gegevens script style
""")
"""Metadata, running heads, a table of contents that repeats the headings, layout; old
footnotes, which are written where they are called."""

METADATA_ROOTS = _names("""
    metadata_gegevens metadata owmskern owms-metadata gzd searchretrieveresponse rdf
""")
"""A file about a publication, in lower case."""
