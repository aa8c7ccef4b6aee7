"""The catalogue: what the two files of a question must be, and what is made of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from ontology.names import DEFAULT_BASE, VOCABULARY
from queries.catalogue import Catalogue
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from queries.parameters import ParameterType, shown
from queries.tokens import TokenKind, replaced_iris, tokens, values_blocks
from tests.conftest import ROOT
from tests.queries import sample
from tests.queries.sample import CONTRACT, QUERY, loaded, written

OURS = ROOT / "queries"
WATER = NamedNode("https://w3id.org/samenhang/id/theme/water")


class TestLoading:
    def test_reads_what_the_contract_says(self, tmp_path: Path) -> None:
        query = loaded(tmp_path)
        assert query.title.in_language("nl") == "Wat wordt er over een thema gezegd?"
        assert query.title.in_language("en") == "What is said of a theme?"
        assert query.description.en == "Each statement on the theme."
        assert query.family.title.nl == "Thema’s"
        assert (query.version, query.keywords["en"]) == ("1", ("sentence", "theme"))
        assert query.examples == ("theme=theme/water&word=rivier",)

    def test_reads_parameters_with_their_defaults(self, tmp_path: Path) -> None:
        theme, word, language = loaded(tmp_path).parameters
        assert (theme.name, theme.type, theme.required) == ("theme", ParameterType.ENTITY, True)
        assert (theme.default, theme.range.value) == (WATER, f"{VOCABULARY}Theme")
        assert theme.choices is not None
        assert "?value a def:Theme" in theme.choices
        assert (word.required, word.default, word.may_be_empty) == (False, None, True)
        assert (language.label.nl, language.default) == ("Taal van de namen", Literal("nl"))

    def test_a_column_has_its_own_meaning_or_that_which_all_share(self, tmp_path: Path) -> None:
        columns = loaded(tmp_path).columns
        assert list(columns) == [
            "theme", "amount", "quote", "document", "documentTitle", "page", "start", "end",
            "evidence",
        ]  # fmt: skip
        assert (columns["theme"].always, columns["amount"].always) == (True, False)
        assert columns["amount"].label.en == "Amount"
        assert columns["page"].label.nl == "Bladzijde"
        assert columns["amount"].evidence == columns["quote"].evidence == "evidence"

    def test_every_question_of_ours_loads_with_any_base(self) -> None:
        catalogue = Catalogue.load(OURS)
        moved = Catalogue.load(OURS, "https://kennis.example.nl/")
        assert list(moved) == list(catalogue)
        for query in moved.values():
            assert f"<{DEFAULT_BASE}id/" not in query.text
            for parameter in query.parameters:
                assert f"<{DEFAULT_BASE}id/" not in (parameter.choices or "")
                assert not shown(parameter.default, query.base).startswith(DEFAULT_BASE)

    def test_questions_come_in_the_order_of_their_families(self) -> None:
        catalogue = Catalogue.load(OURS)
        order = [(query.family.order, query.order) for query in catalogue.values()]
        assert order == sorted(order)
        assert list(catalogue.families) == sorted(
            catalogue.families, key=lambda family: family.order
        )

    def test_a_name_that_is_almost_right(self, tmp_path: Path) -> None:
        catalogue = Catalogue.load(written(tmp_path))
        with pytest.raises(UnknownQueryError, match="no saved question named 'sayd'; try said"):
            catalogue["sayd"]

    def test_a_change_of_either_file_is_noticed(self, tmp_path: Path) -> None:
        prints = {
            loaded(tmp_path / "a").fingerprint,
            loaded(tmp_path / "b", query=f"{QUERY}# more\n").fingerprint,
            loaded(tmp_path / "c", contract=f"{CONTRACT}# more\n").fingerprint,
        }
        assert len(prints) == 3
        assert loaded(tmp_path / "d").fingerprint in prints


def broken(folder: Path, query: str = QUERY, contract: str = CONTRACT) -> QueryFileError:
    with pytest.raises(QueryFileError) as caught:
        loaded(folder, query, contract)
    error = caught.value
    assert str(error) == f"{error.path.name}:{error.line}:{error.column}: {error.message}"
    return error


BLOCK = "VALUES ?theme { theme:water }"


class TestBrokenQueries:
    @pytest.mark.parametrize(
        ("old", "new", "place", "message"),
        [
            ("?theme skos:prefLabel ?themeLabel .", "?theme skos:prefLabel .", (12, 26), "SPARQL:"),
            ("ORDER BY", "LIMIT", (22, 7), "SPARQL:"),
            ("PREFIX dcterms: <http://purl.org/dc/terms/>\n", "", None, "SPARQL:"),
            ("<https://w3id.org/samenhang/id/theme/>", "<https://w3id.org/samenhang/>", (3, 15),
             "use a prefix for https://w3id.org/samenhang/id/"),
            ("CONTAINS(?quote, ?word)", '?quote = "https://w3id.org/samenhang/id/x"', (20, 36),
             "not as a string"),
            (BLOCK, "BIND(theme:water AS ?theme)", (1, 1), "exactly one VALUES block, found no"),
            (BLOCK, f"{BLOCK} {BLOCK}", (9, 33), "exactly one VALUES block, found 2"),
            (BLOCK, "VALUES (?theme ?x) { (theme:water 1) }", (9, 3), "must be its own"),
            ("{ theme:water }", "{ theme:water theme:air }", (9, 18), "exactly one default"),
            ("{ theme:water }", "{ }", (9, 18), "exactly one default"),
            ("{ theme:water }", "{ UNDEF }", (1, 1), "?theme is required: give an example"),
            ("{ theme:water }", '{ "water" }', (1, 1), "the default of ?theme is no theme"),
            ("{ UNDEF }", "{ 3 }", (1, 1), "the default of ?word is no text"),
        ],
    )  # fmt: skip
    def test_error_names_the_place(
        self, tmp_path: Path, old: str, new: str, place: tuple[int, int] | None, message: str
    ) -> None:
        assert old in QUERY
        error = broken(tmp_path, query=QUERY.replace(old, new, 1))
        assert error.path.name == "said.rq"
        assert message in error.message
        assert place is None or (error.line, error.column) == place

    def test_only_a_select_will_do(self, tmp_path: Path) -> None:
        assert "must be a SELECT" in broken(tmp_path, query="ASK { ?a ?b ?c }").message

    def test_not_utf8(self, tmp_path: Path) -> None:
        (written(tmp_path) / "themes" / "said.rq").write_bytes(b"# \xff\n")
        with pytest.raises(QueryFileError, match=r"said\.rq:1:1: not UTF-8"):
            Catalogue.load(tmp_path)


class TestBrokenContracts:
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("<> a def:Question", "<> a def:Riddle", "it must say '<> a def:Question'"),
            ('rdfs:label "Wat wordt er over een thema gezegd?"@nl ,', "rdfs:label",
             "a title (rdfs:label) in nl and in en is missing"),
            ('"Each statement on the theme."@en', '"Chaque."@fr',
             "a description (rdfs:comment) in nl and in en is missing"),
            ('"theme"@en', '"theme"', "a keyword needs the language nl or en: theme"),
            ('schema:version "1" ;', "", "version is missing"),
            ("sh:order 1 ;\n  sh:p", "sh:order 1.5 ;\n  sh:p", "a whole number was expected"),
            ("sh:path parameter:word", "sh:path def:word", "a parameter needs a sh:path in"),
            ("sh:datatype xsd:string ;", "", "parameter 'word' has no type"),
            ('sh:name "Woord"@nl , "Word"@en', 'sh:name "Woord"@nl',
             "parameter 'word' has no name in nl and en"),
            ("sh:path parameter:word", "sh:path parameter:format",
             "'format' can not be the name of a parameter"),
            ("sh:path parameter:word", "sh:path parameter:Two_words",
             "'Two_words' can not be the name of a parameter"),
            ("sh:path parameter:word", "sh:path parameter:wort",
             "?wort must stand in exactly one VALUES block, found no"),
            ("parameter:theme ;", "parameter:theme ; sh:disjoint parameter:other ;",
             "'theme' is compared with 'other'"),
            ("parameter:theme ;", 'parameter:theme ; def:choices "gone" ;',
             "no such list of choices: choices/gone.rq"),
            (" ,\n    [ sh:path parameter:language ; sh:order 3 ]", "",
             "the parameter 'language' is not in the contract"),
            ("sh:path column:amount", "sh:path column:amounts",
             "the query does not project ?amounts"),
            ("sh:path column:amount", "sh:path parameter:amount", "a column needs a sh:path in"),
            ("sh:path column:amount", "sh:path column:theme", "column 'theme' is described twice"),
            ('sh:name "Bedrag"@nl , "Amount"@en ;', "", "column 'amount' has no name in nl and en"),
            ("sh:datatype xsd:decimal ;", "def:evidencedBy column:proof ;",
             "column 'amount' is evidenced by ?proof, not projected"),
            ("&word=rivier", "&words=rivier", "example 'theme=theme/water&words=rivier': "),
            ("theme=theme/water", "theme=not one", "is not the IRI or path of a theme"),
        ],
    )  # fmt: skip
    def test_error_says_what_is_wrong(
        self, tmp_path: Path, old: str, new: str, message: str
    ) -> None:
        assert old in CONTRACT
        error = broken(tmp_path, contract=CONTRACT.replace(old, new, 1))
        assert error.path.stem == "said"
        assert message in error.message

    def test_turtle_that_is_none(self, tmp_path: Path) -> None:
        error = broken(tmp_path, contract=CONTRACT.replace("sh:order 1 ;", "sh:order 1", 1))
        assert error.path.name == "said.ttl"
        assert 14 <= error.line <= 16
        assert error.message.startswith("Turtle: ")

    def test_a_query_without_a_contract(self, tmp_path: Path) -> None:
        (written(tmp_path) / "themes" / "said.ttl").unlink()
        with pytest.raises(QueryFileError, match=r"said\.ttl:1:1: no contract beside the query"):
            Catalogue.load(tmp_path)


class TestBrokenFolders:
    def test_a_folder_that_is_no_family(self, tmp_path: Path) -> None:
        (written(tmp_path) / "themes").rename(tmp_path / "topics")
        with pytest.raises(QueryFileError, match=r"topics is no family in families\.ttl"):
            Catalogue.load(tmp_path)

    def test_a_family_in_one_language(self, tmp_path: Path) -> None:
        text = sample.FAMILIES.replace(' , "Themes"@en', "")
        (written(tmp_path) / "families.ttl").write_text(text, "utf-8")
        with pytest.raises(QueryFileError, match="prefLabel in nl and en"):
            Catalogue.load(tmp_path)

    def test_a_name_that_two_families_use(self, tmp_path: Path) -> None:
        shutil.copytree(written(tmp_path) / "themes", tmp_path / "money")
        families = sample.FAMILIES + sample.FAMILIES.replace("family:themes", "family:money")
        (tmp_path / "families.ttl").write_text(families, "utf-8")
        with pytest.raises(QueryFileError, match="another family has a question of that name"):
            Catalogue.load(tmp_path)

    def test_no_questions(self, tmp_path: Path) -> None:
        for path in (written(tmp_path) / "themes").iterdir():
            path.unlink()
        with pytest.raises(QueryFileError, match="no saved questions"):
            Catalogue.load(tmp_path)

    def test_choices_need_value_and_label(self, tmp_path: Path) -> None:
        text = sample.THEMES.replace("?value ?label {", "?value {")
        (written(tmp_path) / "choices" / "themes.rq").write_text(text, "utf-8")
        with pytest.raises(QueryFileError, match=r"themes\.rq:1:1: choices must SELECT"):
            Catalogue.load(tmp_path)


class TestValues:
    def test_nothing_given_leaves_the_text_alone(self, tmp_path: Path) -> None:
        query = loaded(tmp_path)
        assert query.bind() == query.bind({}) == query.text.replace("theme:water", str(WATER))

    def test_empty_lifts_a_restriction_that_is_not_required(self, tmp_path: Path) -> None:
        query = loaded(tmp_path)
        assert "VALUES ?word { UNDEF }" in query.bind({"word": " "})
        with pytest.raises(ParameterError, match="'theme': a value is needed"):
            query.bind({"theme": ""})

    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("language", "fr", "not a language of the labels: 'fr'; try nl, en"),
            ("theme", "not an iri", "'not an iri' is not the IRI or path of a theme"),
            ("theme", "../x", "is not the IRI or path of a theme"),
            ("word", "a" * 501, "at most 500 characters"),
            ("thema", "x", "unknown; said has these parameters: theme, word, language"),
        ],
    )
    def test_values_that_do_not_fit(
        self, tmp_path: Path, name: str, value: str, message: str
    ) -> None:
        with pytest.raises(ParameterError, match=message) as caught:
            loaded(tmp_path).bind({name: value})
        assert caught.value.name == name

    @pytest.mark.parametrize(
        ("datatype", "good", "bad"),
        [
            ("xsd:integer", "-12", "1.5"),
            ("xsd:decimal", "0.8", "0,8"),
            ("xsd:gYear", "2023", "23"),
            ("xsd:date", "2021-01-25", "2021-13-01"),
            ("xsd:string", "12", "two\nlines"),
        ],
    )
    def test_a_value_is_of_the_datatype(
        self, tmp_path: Path, datatype: str, good: str, bad: str
    ) -> None:
        contract = CONTRACT.replace("sh:datatype xsd:string", f"sh:datatype {datatype}", 1)
        query = loaded(tmp_path, contract=contract.replace("&word=rivier", ""))
        term = query.terms({"word": good})["word"]
        assert isinstance(term, Literal)
        assert (term.value, term.datatype.value.rpartition("#")[2]) == (good, datatype[4:])
        with pytest.raises(ParameterError, match="'word'"):
            query.terms({"word": bad})

    def test_paths_are_things_under_the_publishers_base(self, tmp_path: Path) -> None:
        query = Catalogue.load(written(tmp_path), "https://kennis.example.nl/")["said"]
        term = query.terms({"theme": "theme/put"})["theme"]
        assert term == NamedNode("https://kennis.example.nl/id/theme/put")
        assert shown(term, query.base) == "theme/put"
        assert query.parameters[0].default == NamedNode("https://kennis.example.nl/id/theme/water")
        assert "https://w3id.org/samenhang/def/" in query.text


class TestTokens:
    def test_braces_in_strings_comments_and_iris_do_not_count(self) -> None:
        text = """
        # VALUES ?no { 1 }
        SELECT * {
          ?a <http://example.org/#VALUES?x> ?b
          FILTER(?b != "VALUES ?neither { }" && ?b != '''} ' }''')
          values $yes { "}" # }
            ex:a\\# 3 }
        } VALUES (?p ?q) { (1 UNDEF) }
        """
        blocks = values_blocks(text)
        assert [block.variables for block in blocks] == [("yes",), ("p", "q")]
        first = blocks[0]
        assert text[first.content_start : first.content_end].split() == [
            '"}"', "#", "}", "ex:a\\#", "3"
        ]  # fmt: skip

    def test_only_iris_are_rewritten(self) -> None:
        text = 'PREFIX a: <http://a/> # <http://a/>\n?x <http://a/b> "<http://a/>" ; a:b <'
        assert replaced_iris(text, lambda iri: iri.replace("/a/", "/z/")) == (
            'PREFIX a: <http://z/> # <http://a/>\n?x <http://z/b> "<http://a/>" ; a:b <'
        )

    @given(st.text())
    def test_tokens_never_overlap_and_keep_the_text(self, text: str) -> None:
        end = 0
        for token in tokens(text):
            assert token.start >= end
            assert text[token.start : token.end] == token.text
            assert token.kind in TokenKind
            end = token.end
