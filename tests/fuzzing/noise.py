"""Requests made at random, as bytes: from nearly right to no HTTP at all."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from tests.fuzzing.documents import MEDIA_TYPES, multipart, packings, rdf
from tests.fuzzing.heads import aims, charsets, hosts, methods, odd_headers, paths, versions
from tests.fuzzing.service import TOKEN
from tests.fuzzing.texts import queries, updates
from tests.fuzzing.wire import Sent

Headers = list[tuple[str, str]]

_IRIS = st.one_of(
    st.sampled_from(
        ["urn:g", "urn:h", "", "rel", "http://[", "a b", "<x>", "urn:\0", "urn:é", "urn:" + "y" * 9]
    ),
    st.text(max_size=8),
)
_NAMES = st.sampled_from(
    [
        "query",
        "update",
        "graph",
        "default",
        "default-graph-uri",
        "named-graph-uri",
        "using-graph-uri",
        "using-named-graph-uri",
        "format",
        "lang",
        "saved",
        "start",
        "end",
        "actor",
        "document",
        "theme",
        "list",
        "nothing",
    ]
)
_FORMATS = st.sampled_from(
    [
        "json",
        "xml",
        "csv",
        "tsv",
        "turtle",
        "nt",
        "rdfxml",
        "jsonld",
        "nq",
        "trig",
        "html",
        "sparql",
        "nonsense",
        "text/turtle",
    ]
)
_OTHER_VALUES = st.one_of(
    _IRIS,
    _FORMATS,
    st.sampled_from(["actor/odd", "0", "5", "9" * 12, "-1", "nl", "en", "x" * 5000]),
)


@st.composite
def _fields(draw: st.DrawFn) -> str:
    """A query string or a form: right, repeated, many or broken."""
    pairs = []
    shape = draw(st.integers(0, 11))
    if shape < 6:
        pairs.append(("query", draw(queries)))
    if shape in {5, 6, 7}:
        pairs.append(("update", draw(updates)))
    for name in draw(st.lists(_NAMES, max_size=3)):
        pairs.append((name, draw(_OTHER_VALUES)))
    text = "&".join(f"{name}={quote_plus(value, errors='replace')}" for name, value in pairs)
    if shape == 8:
        text += "&graph=urn:x" * 1100
    if shape == 9:
        text += draw(st.sampled_from(["&query=%", "&query=%ff", "&%zz=%u0041", "&=&&;", "&query"]))
    if shape == 10:
        text += "&query=" + quote(draw(st.text()), safe="{}?", errors="replace")
    return text


@st.composite
def _body(draw: st.DrawFn) -> tuple[str, bytes]:
    """A Content-Type and a body that mostly fits it."""
    match draw(st.integers(0, 9)):
        case 0 | 1:
            return "application/sparql-query", _bytes(draw(queries))
        case 2 | 3:
            return "application/sparql-update", _bytes(draw(updates))
        case 4 | 5:
            return "application/x-www-form-urlencoded", _bytes(draw(_fields()))
        case 6 | 7:
            return draw(rdf())
        case 8:
            return draw(multipart())
        case _:
            kind = draw(st.sampled_from([*MEDIA_TYPES, "application/sparql-query", "nonsense"]))
            return kind, draw(packings)(draw(st.binary(max_size=400)))


@st.composite
def _body_for(draw: st.DrawFn, path: str) -> tuple[str, bytes]:
    """A Content-Type and a body that a path takes."""
    if path.startswith("/graphs"):
        return draw(multipart() if draw(st.integers(0, 3)) == 0 else rdf())
    if draw(st.integers(0, 3)) == 0:
        return "application/x-www-form-urlencoded", _bytes(draw(_fields()))
    if path == "/update":
        return "application/sparql-update", _bytes(draw(updates))
    return "application/sparql-query", _bytes(draw(queries))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")


@st.composite
def _framed(draw: st.DrawFn, body: bytes) -> tuple[Headers, bytes, bool]:
    """Headers that tell how long a body is, its bytes on the wire, and whether these fit."""
    shape = draw(st.integers(0, 23))
    if shape < 17:
        return [("Content-Length", str(len(body)))], body, True
    if shape < 20:
        step = draw(st.sampled_from([1, 7, 1000, 10**6])) if len(body) < 500 else 10**5
        cuts = [body[start : start + step] for start in range(0, len(body), step)]
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(cut), cut) for cut in cuts)
        end = draw(st.sampled_from([b"0\r\n\r\n", b"0\r\nX: y\r\n\r\n", b"0;x=y\r\n\r\n"]))
        return [("Transfer-Encoding", "chunked")], chunks + end, True
    if shape == 20:
        length = draw(
            st.sampled_from(["-1", "abc", "9" * 30, "1e3", "", "0x10", "+5", "5, 5", "\xb2", "7"])
        )
        return [("Content-Length", length)], body, False
    if shape == 21:
        content = draw(
            st.sampled_from(
                [b"5\r\nab", b"zz\r\n", b"-1\r\n\r\n", b"f" * 40, b"5\r\nabcdefgh\r\n0\r\n\r\n"]
            )
        )
        return [("Transfer-Encoding", "chunked")], content, False
    if shape == 22:
        both = [("Transfer-Encoding", draw(st.sampled_from(["chunked", "gzip, chunked", "x"])))]
        return [*both, ("Content-Length", str(len(body)))], body, False
    return [], body, not body


@st.composite
def _target(draw: st.DrawFn) -> tuple[str, str, bool]:
    """A method, a target, and whether they go together."""
    if draw(st.integers(0, 9)) < 8:
        method, path, asks = draw(aims)
        return method, f"{path}?{draw(_fields())}" if asks else path, True
    path = draw(paths)
    if draw(st.booleans()):
        path = f"{path}?{draw(_fields())}"
    return draw(methods), path, False


@st.composite
def _request(draw: st.DrawFn) -> tuple[bytes, str, bool]:
    """The bytes of a request, its method, and whether it is whole."""
    method, target, aimed = draw(_target())
    host = "localhost" if draw(st.integers(0, 9)) else draw(hosts)
    headers: Headers = [("Host", host)] if draw(st.integers(0, 29)) else []
    if draw(st.integers(0, 5)):
        headers.append(("Authorization", f"Bearer {TOKEN}"))
    content, whole = b"", True
    if method in {"POST", "PUT"} or draw(st.integers(0, 19)) == 0:
        kind, content = draw(_body_for(target.partition("?")[0]) if aimed else _body())
        if kind:
            charset = draw(charsets) if draw(st.integers(0, 3)) == 0 else ""
            headers.append(("Content-Type", kind + charset))
        framing, content, whole = draw(_framed(content))
        headers += framing
        if draw(st.integers(0, 14)) == 0:
            headers.append(("Expect", draw(st.sampled_from(["100-continue", "nonsense"]))))
    headers += draw(st.lists(odd_headers, max_size=2))
    version = draw(versions)
    lines = [f"{method} {target} {version}", *(f"{name}: {value}" for name, value in headers)]
    head = "\r\n".join(lines).encode("latin-1", errors="replace")
    return head + b"\r\n\r\n" + content, method, whole and version == "HTTP/1.1" and method != "PRI"


@st.composite
def sent(draw: st.DrawFn) -> Sent:
    """What one client sends on one connection."""
    made = [draw(_request()) for _ in range(draw(st.sampled_from([1] * 18 + [2, 4])))]
    content = b"".join(one[0] for one in made)
    asked = tuple(one[1] for one in made)
    whole = all(one[2] for one in made)
    match draw(st.integers(0, 60)):
        case 40:
            return Sent((content[: draw(st.integers(0, len(content)))],), asked, whole=False)
        case 41:
            return Sent((content,), asked, leaves=True)
        case 42:
            cut = draw(st.integers(0, len(content)))
            return Sent((content[:cut],), asked, leaves=True)
        case 43:
            cut = draw(st.integers(0, min(len(content), 200)))
            pieces = tuple(content[start : start + 16] for start in range(0, cut, 16))
            return Sent((*pieces, content[cut:]), asked, pause=0.002, whole=whole)
        case 44:
            return Sent((draw(st.binary(max_size=300)),), asked, whole=False)
        case 45:
            return Sent((b"\r\n" * draw(st.integers(0, 3000)) + content,), asked, whole=whole)
        case _:
            return Sent((content,), asked, whole=whole)
