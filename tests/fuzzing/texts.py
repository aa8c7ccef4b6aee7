"""SPARQL made at random: legal, nearly legal, deep, long and odd."""

from __future__ import annotations

from hypothesis import strategies as st

LEGAL = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
    "CONSTRUCT { ?s <urn:x#1> <<( <urn:a> <urn:b> 1 )>> } WHERE { ?s ?p ?o } LIMIT 2",
    "DESCRIBE <https://w3id.org/samenhang/id/document/odd>",
    "PREFIX ex: <http://example.org/> SELECT ?x FROM ex:g FROM NAMED ex:h { ?x ex:p/ex:q* ?y }",
    'SELECT ?x { VALUES (?x ?y) { (1 "a"@nl) (UNDEF <urn:y>) } FILTER(?x > 0 && !BOUND(?y)) }',
    'SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=", ") AS ?all) { ?s ?p ?o } GROUP BY ?s',
    "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY DESC(?o) OFFSET 1 } OPTIONAL { ?s ?q ?r } }",
    "SELECT * { ?a ?b ?c . MINUS { ?a <urn:x> ?c } BIND(STRLEN(STR(?c)) AS ?n) }",
    "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
    "SELECT (NOW() AS ?now) (RAND() AS ?r) (UUID() AS ?u) {}",
    "SELECT * { ?s ?p <<( <urn:a> <urn:b> 1 )>> }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
)
UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'x'@nl, 2.5, true } }",
    "DELETE WHERE { <urn:a> ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }",
    "CREATE SILENT GRAPH <urn:h> ; COPY <urn:g> TO <urn:h> ; MOVE <urn:h> TO <urn:i>",
    "CREATE GRAPH <urn:g>",
    "DROP GRAPH <urn:nowhere>",
    "CLEAR ALL",
    "LOAD <http://127.0.0.1:9/x.ttl>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>",
    "",
)
ODD = (
    "\0",
    "\ufeff",
    "\\u0000",
    "\\uD800",
    "\\U0010FFFF",
    "\\UFFFFFFFF",
    "\u2028",
    "\U0001f600",
    "<urn:\\u0020>",
    "<" + "x" * 5000 + ">",
    "<http://[::1>",
    "<>",
    "9" * 400,
    "1e999999999",
    "-" * 50,
    "'''",
    '"',
    "#",
    "\r",
    "{",
    "}",
    "(",
    ")",
    "?",
    "_:b",
    "@nl--ltr",
    "^^",
    "LIMIT 99999999999999999999999",
    "OFFSET -1",
    "SERVICE SILENT <urn:x> {}",
    "<urn:unknown>(1)",
    "BASE <urn:b>",
    "SELECT",
    "%00",
)
_FUNCTIONS = [
    "STR",
    "LANG",
    "DATATYPE",
    "IRI",
    "BNODE",
    "ABS",
    "CEIL",
    "FLOOR",
    "ROUND",
    "STRLEN",
    "UCASE",
    "ENCODE_FOR_URI",
    "YEAR",
    "MONTH",
    "DAY",
    "HOURS",
    "SECONDS",
    "TIMEZONE",
    "TZ",
    "MD5",
    "SHA1",
    "SHA512",
    "ISNUMERIC",
    "SUBJECT",
    "LANGDIR",
    "xsd:integer",
    "xsd:decimal",
    "xsd:double",
    "xsd:float",
    "xsd:dateTime",
    "xsd:boolean",
    "xsd:string",
]
_PAIRS = [
    "CONTAINS",
    "STRSTARTS",
    "STRBEFORE",
    "STRAFTER",
    "STRLANG",
    "STRDT",
    "SAMETERM",
    "LANGMATCHES",
    "REGEX",
]
_TERMS = st.sampled_from(
    [
        "?s",
        "?p",
        "?o",
        "<urn:a>",
        "<urn:b>",
        "1",
        "-0.0",
        "1e308",
        "9223372036854775807",
        "170141183460469231731.687303715884105727",
        '"(a+)+$"',
        '"[[[["',
        '"\\uD83D"',
        '""',
        '"x"@nl',
        '"2023-02-30"^^xsd:date',
        '"-99999999999-01-01T00:00:00Z"^^xsd:dateTime',
        '"P99999999999Y"^^xsd:duration',
        "true",
        "[]",
        "()",
    ]
)
_OPERATORS = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">=", "&&", "||"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(_FUNCTIONS)
    two = st.sampled_from(_PAIRS)
    return st.one_of(
        st.builds("{}({})".format, one, inner),
        st.builds("{}({}, {})".format, two, inner, inner),
        st.builds("({} {} {})".format, inner, _OPERATORS, inner),
        st.builds("IF({}, {}, {})".format, inner, inner, inner),
        st.builds("COALESCE({}, {})".format, inner, inner),
        st.builds("SUBSTR({}, {}, {})".format, inner, inner, inner),
        st.builds('REPLACE({}, {}, "$9\\\\")'.format, inner, inner),
        st.builds("{} IN ({}, {})".format, inner, inner, inner),
        st.builds("!{}".format, inner),
    )


expressions = st.recursive(_TERMS, _larger, max_leaves=8)
_TRIPLE = st.builds("{} {} {} .".format, _TERMS, _TERMS, _TERMS)
_PATH = st.builds(
    "{} {} {} .".format,
    _TERMS,
    st.sampled_from(["(<urn:b>|^<urn:b>)*", "!(<urn:b>|^<urn:c>)+", "<urn:b>?/<urn:b>*", "a"]),
    _TERMS,
)


def _patterns(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("OPTIONAL {{ {} }}".format, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("MINUS {{ {} }}".format, inner),
        st.builds("GRAPH {} {{ {} }}".format, st.sampled_from(["?g", "<urn:g>"]), inner),
        st.builds("FILTER({})".format, expressions),
        st.builds("FILTER NOT EXISTS {{ {} }}".format, inner),
        st.builds("BIND({} AS ?{})".format, expressions, st.sampled_from("xyzsp")),
        st.builds("{{ SELECT * {{ {} }} LIMIT 2 }}".format, inner),
    )


patterns = st.recursive(st.one_of(_TRIPLE, _PATH), _patterns, max_leaves=6)
_XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
made_queries = st.one_of(
    st.builds((_XSD + "SELECT * {{ {} }} LIMIT 20").format, patterns),
    st.builds((_XSD + "ASK {{ {} }}").format, patterns),
    st.builds((_XSD + "SELECT ({} AS ?v) {{ {} }} LIMIT 20").format, expressions, patterns),
    st.builds((_XSD + "SELECT * {{ {} }} ORDER BY {} LIMIT 9").format, patterns, expressions),
    st.builds((_XSD + "SELECT (SUM({}) AS ?v) {{ {} }}").format, expressions, patterns),
    st.builds((_XSD + "CONSTRUCT {{ {} }} WHERE {{ {} }} LIMIT 9").format, _TRIPLE, patterns),
)
made_updates = st.one_of(
    st.builds((_XSD + "INSERT {{ {} }} WHERE {{ {} }}").format, _TRIPLE, patterns),
    st.builds((_XSD + "INSERT DATA {{ {} }}").format, _TRIPLE),
    st.builds((_XSD + "DELETE {{ {} }} WHERE {{ {} }}").format, _TRIPLE, patterns),
)


@st.composite
def mutated(draw: st.DrawFn, texts: tuple[str, ...]) -> str:
    """A legal text in which something was cut, doubled or put in."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        put = draw(
            st.one_of(st.just(""), st.just(text[start:end] * 2), st.sampled_from(ODD), st.text())
        )
        text = text[:start] + put + text[end:]
    return text


_DEPTHS = st.sampled_from([10, 100, 300, 1000, 5000, 20000])


@st.composite
def deep(draw: st.DrawFn) -> str:
    """Brackets within brackets, or very many of something."""
    depth = draw(_DEPTHS)
    before, opening, middle, closing, after = draw(
        st.sampled_from(
            [
                ("SELECT * ", "{", "", "}", ""),
                ("SELECT * { FILTER", "(", "1", ")", "}"),
                ("SELECT * { FILTER(", "!", "1", "", ")}"),
                ("SELECT * { FILTER(1", "+1", "", "", ")}"),
                ("SELECT * { FILTER(1", "||1", "", "", ")}"),
                ("SELECT * { ?s ", "(", "<urn:a>", ")", " ?o }"),
                ("SELECT * { ?s ", "^", "<urn:a>", "", " ?o }"),
                ("SELECT * { ?s <urn:a>", "/<urn:a>", "", "", " ?o }"),
                ("SELECT * { ?s <urn:a>", "*", "", "", " ?o }"),
                ("SELECT * { ?s ?p ", "[ ?p ", "1", "]", " }"),
                ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
                ("SELECT * { ?s ?p ", "<<( <urn:a> <urn:b> ", "1", ")>>", " }"),
                ("SELECT * { ?s ?p ", "<< <urn:a> <urn:b> ", "1", ">>", " }"),
                ("SELECT * ", "{ OPTIONAL ", "{}", "}", ""),
                ("SELECT * ", "{ SELECT * ", "{}", "}", ""),
                ("SELECT * ", "{ FILTER EXISTS ", "{}", "}", ""),
                ("SELECT * ", "{ GRAPH ?g ", "{}", "}", ""),
                ("SELECT * { {}", " UNION {}", "", "", "}"),
                ("SELECT * { ", "?s ?p ?o . ", "", "", "}"),
                ("SELECT * { FILTER(", "COUNT(", "1", ")", ")}"),
                ("SELECT * { FILTER(", "IF(1,1,", "1", ")", ")}"),
                ("", "PREFIX a: <urn:a> ", "ASK {}", "", ""),
                ("INSERT DATA { <urn:a> <urn:b> ", "[ <urn:c> ", "1", "]", "}"),
                ("INSERT DATA { <urn:a> <urn:b> ", "(", "1", ")", "}"),
                ("", "INSERT DATA {} ;", "", "", ""),
                ("INSERT {} WHERE ", "{", "", "}", ""),
                ("", '"\\"', "", "", ""),
                ("", "<", "", "", ""),
                ("", "'''", "", "", ""),
                ("", "#", "", "", ""),
                ("", "ASK{<a", "", "", ""),
            ]
        )
    )
    closed = draw(st.booleans())
    return before + opening * depth + middle + (closing * depth + after if closed else "")


queries = st.one_of(
    st.sampled_from(LEGAL),
    st.sampled_from(LEGAL),
    made_queries,
    made_queries,
    mutated(LEGAL),
    deep(),
    st.text(),
)
updates = st.one_of(
    st.sampled_from(UPDATES),
    st.sampled_from(UPDATES),
    made_updates,
    made_updates,
    mutated(UPDATES),
    deep(),
    st.text(),
)
