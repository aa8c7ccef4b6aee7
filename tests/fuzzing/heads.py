"""Pieces of the heads of requests: methods, paths, hosts and headers, right and odd."""

from __future__ import annotations

from hypothesis import strategies as st

_KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
methods = st.one_of(
    st.sampled_from(_KNOWN),
    st.sampled_from(
        [
            "PATCH",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "QUERY",
            "SEARCH",
            "PRI",
            "get",
            "gET",
            "NONSENSE",
            "M-SEARCH",
            "G\x00T",
        ]
    ),
)
paths = st.sampled_from(
    [
        *("/sparql", "/sparql/", "/update", "/graphs", "/graphs/", "/graphs/x", "/graphs/a/b%20c"),
        *("/queries", "/queries/allocation-per-budget-article", "/queries/countries-on-a-list"),
        *("/queries/what-a-document-says-of-an-actor", "/queries/nothing", "/queries/%00"),
        *("/id/document/odd", "/id/evidence/odd/1-2", "/id/%00", "/id/", "/id/%ff", "/id/a%20b<>"),
        *("/doc/document/odd", "/doc/actor/odd", "/doc/country/%7B", "/doc/", "/doc//x", "/doc/é"),
        *("/def/", "/def", "/def/Document", "/def/%F0%9F%98%80", "/documents", "/documents/odd"),
        *("/documents/%0d%0a", "/healthz", "/", "/openapi.json", "/docs", "//", "//x/sparql"),
        *("/static/style.css", "/static/", "/static/%00", "/static/../../app.py", "/static/%2e%2e"),
        *("/static/%2e%2e/%2e%2e/run.py", "/static/" + "x" * 300, "/..", "/%2e%2e/%2e%2e/etc"),
        *("/sparql%2f", "/sparql%", "/sparql%zz", "/SPARQL", "/sparql;x=1", "/graphs/%C3%28"),
        *("/graphs/" + "%41" * 3000, "/" + "a" * 70000, "*", "x", "", "http://other/sparql"),
        *("http://[::1/sparql", "/graphs/http://x/", "/graphs/%ed%a0%80", "/queries/\x80"),
    ]
)
_RANGES = st.sampled_from(
    [
        *("*/*", "text/html", "text/turtle", "application/json", "text/csv;q=0.5", "a/b", "/", ";"),
        *("application/ld+json", "application/rdf+xml", "application/sparql-results+xml"),
        *("text/*;q=2", "*/*;q=0", "application/sparql-results+json;q=", '"', 'a/b;c="', "\xff"),
        *("text/html;q=0.9999", "image/*", "*/json", "application/n-triples;q=1.0;level=1"),
        *("x" * 3000, ",,,", 'a/b;c="' + '\\"' * 900, '"\\' * 1500, " " * 4000 + "a/b"),
    ]
)
_ACCEPT = st.lists(_RANGES, min_size=1, max_size=4).map(", ".join)
odd_headers = st.one_of(
    st.tuples(st.just("Accept"), _ACCEPT),
    st.tuples(st.just("Accept"), _ACCEPT),
    st.sampled_from(
        [
            ("Accept-Encoding", "zstd"),
            ("Accept-Encoding", "br;q=1, gzip;q=0.5, *;q=0"),
            ("Accept-Encoding", "gzip;q=nonsense,,;, deflate"),
            ("Accept-Encoding", "," * 3000),
            ("Accept-Language", "en;q=0.5, nl;q=nonsense, *"),
            ("Accept-Language", "-" * 2000),
            ("Authorization", "Bearer"),
            ("Authorization", "Basic eDp5"),
            ("Authorization", "Bearer \xff\xfe"),
            ("Authorization", "Bearer " + "x" * 5000),
            ("If-None-Match", "*"),
            ("If-None-Match", 'W/"x", "y'),
            ("If-None-Match", '"' + "0" * 4000),
            ("If-Modified-Since", "Thu, 99 Nonsense 99999 99:99:99 GMT"),
            ("If-Modified-Since", "Thu, 01 Jan 9999999999 00:00:00 GMT"),
            ("If-Match", '"x"'),
            ("Range", "bytes=0-10"),
            ("Range", "bytes=9999999-"),
            ("Range", "bytes=-1,0-1,5-2,x"),
            ("Range", "bytes=" + "0-1," * 500),
            ("Range", "lines=1-"),
            ("Upgrade", "websocket"),
            ("Upgrade", "h2c"),
            ("Connection", "Upgrade"),
            ("Connection", "close"),
            ("Connection", "keep-alive, nonsense"),
            ("Content-Encoding", "gzip"),
            ("Content-Encoding", "nonsense"),
            ("Sec-WebSocket-Key", "x"),
            ("Origin", "null"),
            ("Cookie", "a=b; " * 500),
            ("X-Forwarded-Host", "evil\"'<script>"),
            ("X-Forwarded-Proto", "javascript"),
            ("X-Forwarded-For", "not an address"),
            ("Access-Control-Request-Method", "PUT\x7f"),
            ("X-Long", "y" * 60000),
            ("X-Longer", "y" * 400000),
            ("Sp ace", "x"),
            ("", "x"),
            ("X\xff", "\x01\x02"),
            ("Trailer", "X"),
            ("Max-Forwards", "0"),
        ]
    ),
)
hosts = st.sampled_from(
    [
        *(
            "localhost",
            "localhost",
            "localhost",
            "localhost",
            "localhost",
            "example.org:80",
            "",
            "[",
        ),
        *("[::1", "[::1]:8000", "user:pass@host", "a b", "host:port", "host:99999999", "é", "<x>"),
        *("host/path?x#y", "..", "host:-1", "%00", "{}", "x" * 5000, "[v1.x]", "a,b", '"', "\\"),
    ]
)
versions = st.sampled_from([*["HTTP/1.1"] * 26, "HTTP/1.0", "HTTP/2.0", "HTTP/9", ""])
charsets = st.sampled_from(
    [
        *("", "", "", "; charset=utf-8", "; charset=UTF8", "; charset=latin-1", "; charset=", ";"),
        *("; charset=\xff", '; charset="utf-8', "; charset*=utf-8''utf-8", "; charset*=rot13''a"),
        *("; charset*" + "9" * 5000 + "=x", "; charset*0*=utf-8''u; charset*1*=%00", "; x" * 500),
        *(';"' + ";" * 3000, "; charset=utf-8; charset=latin-1", "; charset*=\x01''x"),
    ]
)


aims = st.sampled_from(
    [
        *(("GET", "/sparql", True), ("GET", "/sparql", True), ("HEAD", "/sparql", True)),
        *(("POST", "/sparql", False), ("POST", "/sparql", False), ("POST", "/update", False)),
        *(("POST", "/update", False), ("POST", "/update", False), ("POST", "/sparql", False)),
        *(("PUT", "/graphs?graph=urn:g", False), ("POST", "/graphs?default", False)),
        *(("PUT", "/graphs/x", False), ("POST", "/graphs/x", False), ("POST", "/graphs", False)),
        *(
            ("GET", "/graphs?default", False),
            ("GET", "/graphs/x", False),
            ("GET", "/sparql", False),
        ),
        *(("DELETE", "/graphs/x", False), ("GET", "/doc/document/odd", False)),
        *(("GET", "/documents/odd", False), ("GET", "/doc/actor/odd", True), ("GET", "/", False)),
        *(("GET", "/documents", False), ("GET", "/queries", False), ("GET", "/static/", False)),
        *(("GET", "/queries/countries-on-a-list", True), ("GET", "/static/samenhang.css", False)),
        *(("GET", "/def/Document", True), ("GET", "/id/document/odd", True), ("GET", "/x", False)),
    ]
)
