"""What a proxy says of its client counts, if the proxy is trusted; what a client says does not."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send

from server.forwarded import Forwarded, route_path
from server.settings import Settings

PROXY, CLIENT = "10.0.0.7", "198.51.100.1"


async def passed_on(
    path: str, client: str = PROXY, root: str = "", **said: str
) -> tuple[Scope | None, list[Message]]:
    """The request as the application gets it, and what was answered without it."""
    seen: list[Scope] = []
    sent: list[Message] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"inside:8000")]
    headers += [(f"x-forwarded-{name}".encode(), value.encode()) for name, value in said.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "client": (client, 1),
        "headers": headers,
    }
    await Forwarded(application, root, ["10.0.0.0/8"])(scope, receive, send)
    return (seen[0] if seen else None), sent


def host(scope: Scope) -> list[bytes]:
    return [value for name, value in scope["headers"] if name == b"host"]


@pytest.mark.anyio
async def test_a_trusted_proxy_says_what_was_asked() -> None:
    scope, _ = await passed_on(
        "/id/x", proto="https", host="data.example.org", prefix="/beleid", **{"for": CLIENT}
    )
    assert scope is not None
    assert scope["scheme"] == "https"
    assert host(scope) == [b"data.example.org"]
    assert (scope["root_path"], scope["path"]) == ("/beleid", "/beleid/id/x")
    assert scope["raw_path"] == b"/beleid/id/x"
    assert route_path(scope) == "/id/x"
    assert scope["client"][0] == CLIENT


@pytest.mark.anyio
async def test_what_a_client_says_does_not_count() -> None:
    scope, _ = await passed_on("/id/x", CLIENT, proto="https", host="evil", prefix="/evil")
    assert scope is not None
    assert (scope["scheme"], scope["path"], host(scope)) == ("http", "/id/x", [b"inside:8000"])
    assert not scope.get("root_path")


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/id/x", "/beleid/id/x"])
async def test_the_path_may_be_taken_off_or_left(path: str) -> None:
    scope, _ = await passed_on(path, CLIENT, root="/beleid")
    assert scope is not None
    assert (scope["path"], scope["root_path"]) == ("/beleid/id/x", "/beleid")


@pytest.mark.anyio
async def test_a_path_that_only_begins_alike_is_another() -> None:
    scope, _ = await passed_on("/beleidsnota", CLIENT, root="/beleid")
    assert scope is not None
    assert scope["path"] == "/beleid/beleidsnota"


@pytest.mark.anyio
async def test_what_the_proxy_says_comes_before_the_setting() -> None:
    scope, _ = await passed_on("/id/x", root="/beleid", prefix="/elders/")
    assert scope is not None
    assert scope["path"] == "/elders/id/x"


@pytest.mark.anyio
async def test_of_several_hosts_the_proxys_own_word_counts() -> None:
    scope, _ = await passed_on("/", host="evil.example, data.example.org")
    assert scope is not None
    assert host(scope) == [b"data.example.org"]


@pytest.mark.anyio
@pytest.mark.parametrize("prefix", ["//evil.example", "/a b", "beleid", "/<x>", "/a/../b?c"])
async def test_a_prefix_that_is_none_is_refused(prefix: str) -> None:
    scope, sent = await passed_on("/", prefix=prefix)
    assert scope is None
    assert sent[0]["status"] == 400
    assert b"X-Forwarded-Prefix" in sent[1]["body"]


class TestSettings:
    @pytest.mark.parametrize("path", ["beleid", "/beleid/", "/a b", "//x", "/?"])
    def test_a_root_path_that_is_none(self, path: str) -> None:
        with pytest.raises(ValidationError, match="root_path"):
            Settings(root_path=path)

    def test_the_path_of_the_public_address_is_the_root_path(self) -> None:
        public = "https://data.example.org/beleid"
        assert Settings().mounted_at == ""
        assert Settings(public_address=public).mounted_at == "/beleid"
        assert Settings(public_address=public, root_path="").mounted_at == ""

    def test_proxies_are_addresses_and_networks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert ip_network("127.0.0.1") in Settings().trusted_proxies
        monkeypatch.setenv("SAMENHANG_TRUSTED_PROXIES", '["10.0.0.0/8", "::1"]')
        assert Settings().trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))
        monkeypatch.setenv("SAMENHANG_TRUSTED_PROXIES", '["proxy"]')
        with pytest.raises(ValidationError, match="trusted_proxies"):
            Settings()
