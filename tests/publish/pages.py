"""The pages of a service as a reader goes through them: every link, from the first page on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from lxml import etree

_ADDRESSES = ("href", "src", "action", "data-endpoint")
_HEADERS = ("location", "content-location")


def walk(client: httpx.Client, address: str, most: int) -> Iterator[httpx.Response]:
    """The answers to the links of a host, a few of each kind of page, from an address on."""
    queue, known = deque([address]), {address}
    kinds: dict[str, int] = {}
    while queue and most:
        here = queue.popleft()
        kind = "/".join(urlsplit(here).path.split("/")[:4])
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 2:
            continue
        most -= 1
        answer = client.get(here, headers={"Accept": "text/html, */*;q=0.1"})
        yield answer
        for link in links(answer):
            if _origin(link) == _origin(address) and link not in known:
                known.add(link)
                queue.append(link)


def links(answer: httpx.Response) -> Iterator[str]:
    """The addresses in the headers and, of a page, in its elements; in full, no fragments."""
    here = str(answer.url)
    found = [answer.headers[name] for name in _HEADERS if name in answer.headers]
    found += [one["url"] for one in answer.links.values()]
    if answer.headers.get("content-type", "").startswith("text/html"):
        for element in _tree(answer).iter(etree.Element):
            found += [value for name in _ADDRESSES if (value := element.get(name))]
    for link in found:
        yield urldefrag(urljoin(here, link)).url


def _tree(answer: httpx.Response) -> etree._Element:
    return etree.fromstring(answer.content, etree.HTMLParser())


def _origin(address: str) -> tuple[str, str]:
    return urlsplit(address)[:2]
