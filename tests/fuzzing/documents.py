"""Bodies made at random: RDF that is cut off or garbled, forms with odd parts, packed bytes."""

from __future__ import annotations

import gzip
import zlib

from hypothesis import strategies as st

BY_TYPE: dict[str, bytes] = {
    "text/turtle": (
        b"@prefix e: <http://example.org/> .\n"
        b'e:a e:b "c"@nl, 1, 2.5e0, true ; e:d [ e:e ( 1 2 ) ] .\n<<( e:a e:b e:c )>> .'
    ),
    "application/n-triples": b'<urn:a> <urn:b> "c\\u00e9"@nl .\n_:x <urn:b> <urn:c> .\n',
    "application/n-quads": b"<urn:a> <urn:b> <urn:c> <urn:g> .\n",
    "application/trig": b"<urn:g> { <urn:a> <urn:b> 1 }",
    "application/rdf+xml": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        b'<rdf:Description rdf:about="urn:a"><e:b xml:lang="nl">&b;</e:b></rdf:Description>'
        b"</rdf:RDF>"
    ),
    "application/ld+json": (
        b'{"@context": {"e": "urn:e:"}, "@id": "urn:a", "e:b": [{"@value": "c"}, {"@list": [1]}]}'
    ),
    "text/n3": b"<urn:a> => { ?x <urn:b> 1 } .",
    "application/xml": b"<r/>",
    "text/html": b"<p>",
    "application/json": b"[]",
    "": b"<urn:a> <urn:b> 1 .",
}
MEDIA_TYPES = tuple(BY_TYPE)
_ENTITIES = (
    b"<!DOCTYPE r ["
    + b'<!ENTITY x0 "xxxxxxxxxx">'
    + b"".join(b'<!ENTITY x%d "%s">' % (n + 1, b"&x%d;" % n * 10) for n in range(9))
    + b"]>"
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
    b'<rdf:Description rdf:about="urn:a"><e:b>&x9;</e:b></rdf:Description></rdf:RDF>'
)
_DEEP: tuple[tuple[str, bytes, bytes, bytes], ...] = (
    ("text/turtle", b"<urn:a> <urn:b> ", b"[ <urn:c> ", b"]"),
    ("text/turtle", b"<urn:a> <urn:b> ", b"(", b")"),
    ("text/turtle", b"<urn:a> <urn:b> ", b"<<( <urn:a> <urn:b> ", b")>>"),
    ("application/ld+json", b"", b"[", b"]"),
    ("application/ld+json", b"", b'{"urn:a":', b"}"),
    ("application/ld+json", b"", b'{"@context":', b"}"),
    ("application/ld+json", b'{"@id":"urn:a","urn:b":', b'{"@list":[', b"]}"),
    ("application/rdf+xml", b"<a xmlns='urn:a:'>", b"<b>", b"</b>"),
    (
        "application/rdf+xml",
        b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='urn:a:'>",
        b"<B><c>",
        b"</c></B>",
    ),
)
_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xed\xa0\x80",
            b"\\u0000",
            b"\\uD800",
            b"<http://[>",
            b"<rel>",
            b'"""',
            b"]]>",
            b"&#0;",
            b"9" * 400,
            b"@base <x> .",
            b'{"@context": "http://127.0.0.1:9/context"}',
            b"x" * 9000,
        ]
    ),
)


@st.composite
def garbled(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes of which some were cut, replaced or put in."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        content = content[:start] + draw(_PIECES) + content[start + draw(st.integers(0, 9)) :]
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


@st.composite
def rdf(draw: st.DrawFn) -> tuple[str, bytes]:
    """A media type, and a document that may be of it."""
    kind = draw(st.sampled_from(MEDIA_TYPES))
    match draw(st.integers(0, 9)):
        case 0:
            kind, before, opening, closing = draw(st.sampled_from(_DEEP))
            depth = draw(st.sampled_from([100, 1000, 10000, 40000]))
            end = closing * depth if draw(st.booleans()) else b""
            return kind, before + opening * depth + b"1" + end
        case 1:
            return "application/rdf+xml", _ENTITIES
        case 2:
            return kind, draw(st.binary(max_size=300))
        case 3:
            return kind, draw(garbled(BY_TYPE[draw(st.sampled_from(MEDIA_TYPES))]))
        case _:
            return kind, draw(garbled(BY_TYPE[kind]))


_BOUNDARIES = st.sampled_from(["b", "", "-", "x" * 200, 'a"b', "a b", "é", "--b", "b\t", "'", "\\"])
_PART_HEADERS = st.sampled_from(
    [
        "Content-Type: text/turtle",
        "Content-Type: text/turtle; charset=latin-1",
        "Content-Type: multipart/mixed; boundary=c",
        "Content-Type: message/rfc822",
        "Content-Type:",
        "Content-Type: /",
        "Content-Type: text/turtle; charset*=nothing'nl'%00",
        "Content-Type: text/turtle; charset*" + "0" * 5000 + "*=x",
        "Content-Disposition: form-data; name=\"graph\"; filename*=utf-8''a%ff.ttl",
        'Content-Disposition: form-data; name="',
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Transfer-Encoding: quoted-printable",
        "Nonsense",
        ": nothing",
        " folded: x",
        "X: =?utf-8?b?/////?=",
        "Content-Type: text/turtle\r\n ; folded=1",
    ]
)


@st.composite
def multipart(draw: st.DrawFn) -> tuple[str, bytes]:
    """A Content-Type of a form, and a body that may follow it."""
    boundary = draw(_BOUNDARIES)
    told = draw(st.sampled_from([f"boundary={boundary}", f'boundary="{boundary}"', "", "boundary"]))
    body = b""
    for _ in range(draw(st.integers(0, 4))):
        body += f"--{boundary}\r\n".encode("latin-1")
        for header in draw(st.lists(_PART_HEADERS, max_size=4)):
            body += header.encode("latin-1") + b"\r\n"
        body += b"\r\n" + draw(garbled(b"<urn:a> <urn:b> 1 .")) + b"\r\n"
    if draw(st.integers(0, 9)) == 0:
        body += b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 3000
    if draw(st.booleans()):
        body += f"--{boundary}--\r\n".encode("latin-1")
    return f"multipart/form-data; {told}", draw(garbled(body))


packings = st.sampled_from([gzip.compress, zlib.compress, lambda content: content])
