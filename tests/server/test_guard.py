"""What holds of every answer: no sniffing, a policy on pages, and no address made of nonsense."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import Store

from server.connection import HEADERS
from server.problem import Problem
from server.store.load import load
from tests.fixtures.sample_service import make_app, make_store, serving
from tests.fuzzing.verdict import ODD

BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = make_app(make_store(tmp_path_factory.mktemp("guarded")))
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service over statements about things of ours that no build would make."""
    folder = tmp_path_factory.mktemp("odd")
    store = Store()
    store.update(ODD)
    store.dump(str(folder / "odd.nq"))
    load(folder / "odd.nq", folder / "store", "0123456789abcdef")
    with serving(make_app(folder / "store")) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("headers", [{}, BROWSER])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/sparql", "/sparql?query=ASK{}", "/update", "/graphs", "/queries", "/id/x"),
        *("/doc/x", "/def/", "/documents", "/documents/x", "/healthz", "/openapi.json"),
        *("/static/icon.svg", "/x", "/dumps", "/dumps/", "/dumps/x/y", "/exports", "/exports/x"),
    ],
)
def test_no_answer_is_sniffed_and_pages_have_a_policy(
    client: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    assert is_page == ("content-security-policy" in answer.headers)


def test_an_unforeseen_failure_is_not_sniffed_either() -> None:
    assert Problem(500, "Internal Server Error").response().headers["x-content-type-options"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("my_service:8000", 200),
        ("[::1]:8000", 200),
        ("", 200),
        ("user@host", 400),
        ("host/path?query", 400),
        ("a b", 400),
        ("<script>", 400),
        ("[::1", 400),
        ("host:port", 400),
        ("a,b", 200),
    ],
)
def test_an_address_is_made_of_a_host_only(client: httpx.Client, host: str, status: int) -> None:
    answer = client.get("/sparql?query=ASK{}", headers={"Host": host})
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("name", ["%00", "x" * 300, "%ff", "editor", "", "..%2f..%2fapp.py"])
def test_names_that_no_file_can_have_are_not_found(client: httpx.Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("wanted", ["lines=1-", "bytes=9999999-", "bytes=0-1", "bytes=x"])
def test_files_come_whole(client: httpx.Client, wanted: str) -> None:
    answer = client.get("/static/samenhang.css", headers={"Range": wanted})
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json"])
@pytest.mark.parametrize("path", ["id/document/odd", "actor/odd", "document/odd", "def/Document"])
def test_odd_statements_are_shown_as_they_are(odd: httpx.Client, path: str, accept: str) -> None:
    address = path if path.startswith(("id/", "def/")) else f"doc/{path}"
    # JSON-LD has no form for triple terms.
    allowed = {422} if (path, accept) == ("document/odd", "application/ld+json") else {200, 303}
    assert odd.get(f"/{address}", headers={"Accept": accept}).status_code in allowed


def test_an_odd_document_can_be_read(odd: httpx.Client) -> None:
    assert odd.get("/documents/odd", headers=BROWSER).status_code == 200


def test_the_description_names_what_software_uses(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()["paths"]
    named = {"/sparql", "/update", "/graphs", "/graphs/{name}", "/queries/{name}/receipts"}
    assert named <= set(described)
    assert set(described["/graphs"]) == {"get", "head", "put", "post", "delete"}
    assert "content" not in described["/sparql"]["head"]["responses"]["200"]


def test_headers_fit_beside_the_longest_query() -> None:
    assert HEADERS >= 16 * 1024
