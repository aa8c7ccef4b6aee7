"""A question as small as can be, for tests that break it or ask it of a few triples."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from queries.catalogue import Catalogue, SavedQuery

QUERY = """\
# What is said of a thing?
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX theme: <https://w3id.org/samenhang/id/theme/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?theme ?themeLabel ?amount ?quote ?document ?documentTitle ?page ?start ?end ?evidence
WHERE {
  VALUES ?theme { theme:water }
  VALUES ?word { UNDEF }
  VALUES ?language { "nl" }
  ?theme skos:prefLabel ?themeLabel .
  FILTER(LANG(?themeLabel) = ?language)
  ?statement def:about ?theme ; def:evidence ?evidence .
  OPTIONAL { ?statement def:amount ?amount }
  ?evidence def:quote ?quote ; def:start ?start ; def:end ?end ; def:inDocument ?document .
  OPTIONAL { ?evidence def:page ?page }
  ?document dcterms:title ?documentTitle .
  FILTER(LANG(?documentTitle) = ?language)
  FILTER(!BOUND(?word) || CONTAINS(?quote, ?word))
}
ORDER BY ?document ?start
"""

CONTRACT = """\
@prefix column: <https://w3id.org/samenhang/def/column/> .
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix parameter: <https://w3id.org/samenhang/def/parameter/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<> a def:Question , sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
  rdfs:label "Wat wordt er over een thema gezegd?"@nl , "What is said of a theme?"@en ;
  rdfs:comment "Elke uitspraak over het thema."@nl , "Each statement on the theme."@en ;
  schema:keywords "thema"@nl , "zin"@nl , "theme"@en , "sentence"@en ;
  schema:version "1" ;
  sh:order 1 ;
  sh:parameter
    [ sh:path parameter:theme ; sh:order 1 ; def:required true ] ,
    [ sh:path parameter:word ; sh:order 2 ; sh:datatype xsd:string ;
      sh:name "Woord"@nl , "Word"@en ] ,
    [ sh:path parameter:language ; sh:order 3 ] ;
  def:resultShape [ a sh:NodeShape ; sh:property
    [ sh:path column:theme ; sh:class def:Theme ; sh:minCount 1 ;
      sh:description "Het thema."@nl , "The theme."@en ] ,
    [ sh:path column:amount ; sh:datatype xsd:decimal ; sh:name "Bedrag"@nl , "Amount"@en ;
      sh:description "Het bedrag in euro."@nl , "The amount in euros."@en ] ] ;
  def:example "theme=theme/water&word=rivier" .
"""

FAMILIES = """\
@prefix family: <https://w3id.org/samenhang/id/question-family/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
family:themes a skos:Concept ; sh:order 1 ;
  skos:prefLabel "Thema’s"@nl , "Themes"@en ;
  skos:definition "Over thema’s."@nl , "On themes."@en .
"""

THEMES = """\
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?value ?label { ?value a def:Theme ; skos:prefLabel ?label }
"""

TEXT = "Het kabinet geeft 12 euro aan de rivier. En 3 euro aan de put.12"

FACTS = """
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix document: <https://w3id.org/samenhang/id/document/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://w3id.org/samenhang/id/theme/> .
:water a def:Theme ; skos:prefLabel "water"@nl , "water"@en ; skos:altLabel "nat"@nl .
:waterschap a def:Theme ; skos:prefLabel "waterschap"@nl , "water board"@en .
document:brief a def:Document ; dcterms:title "Brief"@nl , "Letter"@en .
<urn:one> a def:Statement ; def:about :water ; def:amount 12 ; def:evidence <urn:first> .
<urn:two> a def:Statement ; def:about :water ; def:amount 3 ; def:evidence <urn:second> .
<urn:first> a def:Evidence ; def:inDocument document:brief ; def:page 1 ;
  def:start 0 ; def:end 40 ; def:quote "Het kabinet geeft 12 euro aan de rivier." .
<urn:second> a def:Evidence ; def:inDocument document:brief ;
  def:start 41 ; def:end 62 ; def:quote "En 3 euro aan de put." .
"""


def written(folder: Path, query: str = QUERY, contract: str = CONTRACT) -> Path:
    """A folder of questions with this one in it, named ``said``."""
    (folder / "themes").mkdir(parents=True, exist_ok=True)
    (folder / "choices").mkdir(exist_ok=True)
    shared = Path(__file__).parents[2] / "queries" / "shared.ttl"
    for name, text in {
        "shared.ttl": shared.read_text("utf-8"),
        "families.ttl": FAMILIES,
        "choices/themes.rq": THEMES,
        "choices/languages.rq": 'SELECT ?value ?label { VALUES (?value ?label) { ("nl" "x") } }',
        "themes/said.rq": query,
        "themes/said.ttl": contract,
    }.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def loaded(folder: Path, query: str = QUERY, contract: str = CONTRACT) -> SavedQuery:
    """The question, loaded from a folder."""
    return Catalogue.load(written(folder, query, contract))["said"]


def store(facts: str = FACTS) -> Store:
    """The facts in a store in memory."""
    made = Store()
    made.load(facts, format=RdfFormat.TURTLE)
    return made


def stored(folder: Path, facts: str = FACTS) -> None:
    """The facts in a store folder, closed again."""
    made = Store(str(folder))
    made.load(facts, format=RdfFormat.TURTLE)
    made.flush()
