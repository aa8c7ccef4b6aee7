"""The catalogue: what a saved query's file must be, and what binding does to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.names import DEFAULT_BASE
from queries.catalogue import Catalogue
from queries.errors import ParameterError, QueryFileError, UnknownQueryError
from queries.parameters import shown
from queries.tokens import TokenKind, replaced_iris, tokens, values_blocks

FOLDER = Path(__file__).parents[1] / "fixtures" / "queries"
OURS = Path(__file__).parents[2] / "queries"

QUERY = """\
#+ title: {nl: Vraag, en: Question}
#+ description: {nl: Uitleg., en: Explanation.}
#+ parameters:
#+   thing: {type: iri, label: {nl: Ding, en: Thing}}
#+ columns:
#+   thing: {nl: Ding, en: Thing}
PREFIX ex: <http://example.org/>
SELECT ?thing WHERE {
  VALUES ?thing { ex:a }
  ?thing ?p ?o
}
"""


def load_one(folder: Path, text: str) -> None:
    (folder / "one.rq").write_text(text, encoding="utf-8")
    Catalogue.load(folder)


def rows(text: str) -> list[list[object]]:
    answer = Store().query(text)
    assert isinstance(answer, QuerySolutions)
    return [list(solution) for solution in answer]


class TestLoading:
    def test_reads_metadata_parameters_and_variables(self) -> None:
        query = Catalogue.load(FOLDER)["actor-roles"]
        assert query.title.in_language("nl") == "Welke rol heeft een actor?"
        assert query.title.in_language("en") == "Which role does an actor have?"
        actor, area = query.parameters
        assert (actor.name, actor.type, actor.required) == ("actor", "iri", True)
        assert actor.default == NamedNode("https://w3id.org/samenhang/id/actor/unhcr")
        assert actor.choices is not None
        assert "SELECT DISTINCT ?value ?label" in actor.choices
        assert (area.required, area.default) == (False, None)
        assert list(query.columns) == ["actor", "role", "area", "quote"]
        assert query.variables[:4] == ("actor", "actorLabel", "role", "roleLabel")
        assert not query.text.startswith("#+")

    def test_order_is_that_of_the_files_then_their_names(self) -> None:
        assert list(Catalogue.load(FOLDER)) == ["actor-roles", "documents-since"]

    def test_every_question_of_ours_loads_with_any_base(self) -> None:
        catalogue = Catalogue.load(OURS)
        assert catalogue
        moved = Catalogue.load(OURS, "https://kennis.example.nl/")
        for query in moved.values():
            assert f"{DEFAULT_BASE}id/" not in query.text
            for parameter in query.parameters:
                assert f"{DEFAULT_BASE}id/" not in (parameter.choices or "")
                assert f"{DEFAULT_BASE}id/" not in shown(parameter.default, DEFAULT_BASE)

    def test_a_file_runs_unchanged(self) -> None:
        for path in FOLDER.glob("*.rq"):
            assert rows(path.read_text(encoding="utf-8")) == []

    def test_unknown_name(self) -> None:
        with pytest.raises(UnknownQueryError, match="no saved query named 'nope'"):
            Catalogue.load(FOLDER)["nope"]


class TestBrokenFiles:
    @pytest.mark.parametrize(
        ("old", "new", "line", "column", "message"),
        [
            ("#+ title:", "#+ titel:", 1, 4, "unknown key 'titel'"),
            ("#+ title: {nl: Vraag, en: Question}\n", "", 1, 4, "missing 'title'"),
            ("en: Question", "fr: Question", 1, 23, "unknown key 'fr'"),
            ("{nl: Vraag, en: Question}", "{nl: Vraag}", 1, 11, "missing 'en'"),
            ("nl: Vraag,", "nl: Waarom?, en:", 1, 22, "YAML:"),
            ("type: iri", "type: colour", 4, 13, "unknown type 'colour'"),
            ("#+   thing: {type", "#+   lang: {type", 4, 12, "'lang' can not be the name"),
            ("label: {nl: Ding, en: Thing}}", "required: maybe, label: {nl: A, en: B}}", 4, None,
             "true or false"),
            ("label: {nl: Ding, en: Thing}}", "choices: none, label: {nl: A, en: B}}", 4, 13,
             "choices/none.rq"),
            ("#+   thing: {nl", "#+   theme: {nl", 6, 13, "the query does not project ?theme"),
            ("VALUES ?thing { ex:a }", "BIND(ex:a AS ?thing)", 4, 13, "exactly one VALUES block"),
            ("VALUES ?thing { ex:a }", "VALUES ?thing { ex:a } VALUES ?thing { ex:a }", 9, 26,
             "exactly one VALUES block, found 2"),
            ("VALUES ?thing { ex:a }", "VALUES (?thing ?x) { (ex:a 1) }", 9, 3, "must be its own"),
            ("{ ex:a }", "{ ex:a ex:b }", 9, 18, "exactly one default"),
            ("{ ex:a }", "{ }", 9, 18, "exactly one default"),
            ("{ ex:a }", "{ UNDEF }", 9, 18, "?thing is required"),
            ("{ ex:a }", '{ "a" }', 9, 18, "not of type iri"),
            ("?thing ?p ?o\n", "?thing ?p\n", 11, 1, "SPARQL: not legal here"),
            ("SELECT ?thing WHERE", "CONSTRUCT WHERE", None, None, None),
            ("<http://example.org/>", "<https://w3id.org/samenhang/>", 7, 12, "use a prefix for"),
            ("?thing ?p ?o\n", '?thing ?p ?o FILTER(?o = "https://w3id.org/samenhang/id/x")\n', 10,
             28, "not as a string"),
        ],
    )  # fmt: skip
    def test_error_names_the_place(
        self,
        tmp_path: Path,
        old: str,
        new: str,
        line: int | None,
        column: int | None,
        message: str | None,
    ) -> None:
        assert old in QUERY
        with pytest.raises(QueryFileError) as caught:
            load_one(tmp_path, QUERY.replace(old, new, 1))
        error = caught.value
        assert str(error) == f"one.rq:{error.line}:{error.column}: {error.message}"
        assert message is None or message in error.message
        assert line is None or error.line == line
        assert column is None or error.column == column

    def test_no_metadata(self, tmp_path: Path) -> None:
        with pytest.raises(QueryFileError, match=r"one\.rq:1:1: no metadata"):
            load_one(tmp_path, "SELECT ?a { ?a ?b ?c }")

    def test_only_a_select_will_do(self, tmp_path: Path) -> None:
        text = QUERY.replace("SELECT ?thing WHERE", "ASK").replace("#+   thing: {nl", "#+   x: {nl")
        with pytest.raises(QueryFileError, match="must be a SELECT"):
            load_one(tmp_path, text)

    def test_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "one.rq").write_bytes(b"#+ title: \xff\n")
        with pytest.raises(QueryFileError, match="not UTF-8"):
            Catalogue.load(tmp_path)

    def test_choices_need_value_and_label(self, tmp_path: Path) -> None:
        (tmp_path / "choices").mkdir()
        (tmp_path / "choices" / "all.rq").write_text("SELECT ?value { ?value ?p ?o }")
        with pytest.raises(QueryFileError, match=r"all\.rq:1:1: choices must SELECT"):
            load_one(tmp_path, QUERY.replace("type: iri,", "type: iri, choices: all,"))

    def test_choices_may_be_written_in_place(self, tmp_path: Path) -> None:
        inline = '"SELECT ?value ?label { ?value a ?label }"'
        load_one(tmp_path, QUERY.replace("type: iri,", f"type: iri, choices: {inline},"))


class TestBinding:
    def test_nothing_given_leaves_the_text_alone(self) -> None:
        query = Catalogue.load(FOLDER)["actor-roles"]
        assert query.bind() == query.bind({}) == query.text

    def test_replaces_the_block_and_nothing_else(self) -> None:
        query = Catalogue.load(FOLDER)["actor-roles"]
        bound = query.bind({"actor": "https://example.org/it", "area": "policy-area/trade"})
        assert bound == query.text.replace(
            "<https://w3id.org/samenhang/id/actor/unhcr>", "<https://example.org/it>"
        ).replace("{ UNDEF }", "{ <https://w3id.org/samenhang/id/policy-area/trade> }")

    def test_empty_lifts_a_restriction_that_is_not_required(self) -> None:
        query = Catalogue.load(FOLDER)["documents-since"]
        assert "VALUES ?word { UNDEF }" in query.bind({"word": " "})
        with pytest.raises(ParameterError, match="a value is required"):
            query.bind({"since": ""})

    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("limit", "many", "not a whole number: 'many'"),
            ("limit", "1.5", "not a whole number"),
            ("since", "2021-13-01", "not a date"),
            ("since", "25-01-2021", "not a date"),
            ("nothing", "x", "unknown; documents-since has these parameters: since, limit, word"),
        ],
    )
    def test_values_that_do_not_fit(self, name: str, value: str, message: str) -> None:
        with pytest.raises(ParameterError, match=message) as caught:
            Catalogue.load(FOLDER)["documents-since"].bind({name: value})
        assert caught.value.name == name

    @pytest.mark.parametrize(
        "value", ["unhcr", "not an iri", "http://a b", "https://a/<b>", "../x", "a:b> } DROP ALL #"]
    )
    def test_not_an_iri(self, value: str) -> None:
        with pytest.raises(ParameterError, match="IRI") as caught:
            Catalogue.load(FOLDER)["actor-roles"].bind({"actor": value})
        assert caught.value.name == "actor"

    def test_paths_are_things_under_the_publishers_base(self) -> None:
        query = Catalogue.load(FOLDER, "https://kennis.example.nl/")["actor-roles"]
        term = query.terms({"actor": "actor/unhcr"})["actor"]
        assert term == NamedNode("https://kennis.example.nl/id/actor/unhcr")
        assert shown(term, query.base) == "actor/unhcr"
        assert query.parameters[0].default == term
        assert "https://w3id.org/samenhang/def/" in query.text

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
    def test_any_text_comes_out_as_it_went_in(self, text: str) -> None:
        query = Catalogue.load(FOLDER)["documents-since"]
        term = query.terms({"word": text})["word"]
        bound = query.bind({"word": text})
        block = next(one for one in values_blocks(bound) if one.variables == ("word",))
        content = bound[block.content_start : block.content_end]
        found = rows(f"SELECT ?word {{ VALUES ?word {{ {content} }} }}")
        assert found == [[term]]
        assert term == (Literal(text.strip()) if text.strip() else None)
        assert len(values_blocks(bound)) == len(values_blocks(query.text))

    @given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
    def test_any_number(self, number: int) -> None:
        query = Catalogue.load(FOLDER)["documents-since"]
        assert f'"{number}"^^<' in query.bind({"limit": f" {number} "})


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
