"""Keep a copy of what a catalogue offers, and bring it up to date.

    python harvest.py https://data.example.org/catalog COPY

The first time it reads the catalogue (DCAT), takes the whole data set as N-Quads, checks it and
writes it to COPY.nq; COPY.json remembers of when it is. After that it follows the feed of changes
(LDES) from there on. It needs rdflib and httpx, and nothing of the publisher but the address.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import httpx
import rdflib
from rdflib import RDF, Dataset, Graph, Literal, Namespace

AS = Namespace("https://www.w3.org/ns/activitystreams#")
TREE = Namespace("https://w3id.org/tree#")
TIMEOUT_S = 60

OFFER = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX type: <https://www.iana.org/assignments/media-types/application/>
SELECT ?title ?file ?sha256 ?issued ?feed WHERE {
  ?dataset a dcat:Dataset ; dcterms:title ?title ; dcat:distribution ?whole , ?changes .
  ?whole dcat:mediaType type:n-quads ; dcat:compressFormat type:gzip ; dcat:downloadURL ?file ;
    spdx:checksum/spdx:checksumValue ?sha256 ; dcterms:issued ?issued .
  ?changes dcterms:conformsTo <https://w3id.org/ldes/specification> ; dcat:accessURL ?feed .
  FILTER (lang(?title) = "en")
}"""

rdflib.NORMALIZE_LITERALS = False  # 007 stays 007


def fetched(client: httpx.Client, address: str, media_type: str) -> bytes:
    """The content at an address."""
    answer = client.get(address, headers={"Accept": media_type})
    answer.raise_for_status()
    return answer.content


def begin(client: httpx.Client, catalogue: str, copy: Dataset) -> dict[str, str]:
    """Fill an empty copy; where the changes are, and of when the copy is."""
    offers = Graph().parse(data=fetched(client, catalogue, "text/turtle"), format="turtle")
    for offer in offers.query(OFFER):
        packed = fetched(client, str(offer.file), "*/*")
        if hashlib.sha256(packed).hexdigest() != str(offer.sha256):
            sys.exit(f"{offer.file} is not what the catalogue says it is")
        copy.parse(data=gzip.decompress(packed), format="nquads")
        print(f"{offer.title}: {offer.file}")
        return {"feed": str(offer.feed), "since": str(offer.issued)}
    sys.exit(f"{catalogue} offers no data set with both N-Quads and a feed")


def follow(client: httpx.Client, feed: str, since: Literal, copy: Dataset) -> Literal:
    """Carry out what the feed says has changed since a time; the time of the last change."""
    events = Dataset()
    for page in pages(client, feed, since):
        events.parse(data=page, format="nquads")
    changes = [
        (published, event)
        for event, published in events.subject_objects(AS.published)
        if published > since
    ]
    for published, group in groupby(sorted(changes), key=lambda change: change[0]):
        now = [event for _, event in group]
        # The events of one time are together all that is said of the things they are about.
        things = {events.value(event, AS.object) for event in now}
        for thing in things:
            copy.remove((thing, None, None, None))
        for event in now:
            graph = copy.graph(events.value(event, AS.target))
            for triple in events.graph(event):
                graph.add(triple)
        print(f"{published}: {len(things):,} things changed")
        since = published
    return since


def pages(client: httpx.Client, feed: str, since: Literal) -> Iterator[bytes]:
    """The pages of the feed that may have something later than ``since``."""
    waiting, known = [feed], {feed}
    while waiting:
        content = fetched(client, waiting.pop(), "application/n-quads")
        yield content
        page = Dataset()
        page.parse(data=content, format="nquads")
        over = {
            page.value(relation, TREE.node)
            for relation in page.subjects(RDF.type, TREE.LessThanOrEqualToRelation)
            if page.value(relation, TREE.value) <= since
        }
        for node in map(str, set(page.objects(None, TREE.node)) - over):
            if node not in known:
                known.add(node)
                waiting.append(node)


def main(catalogue: str, name: str) -> None:
    """Make the copy, or bring it up to date."""
    copy, data, state = Dataset(default_union=True), Path(f"{name}.nq"), Path(f"{name}.json")
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=True) as client:
        if state.exists():
            at = json.loads(state.read_text())
            copy.parse(data=data.read_bytes(), format="nquads")
        else:
            at = begin(client, catalogue, copy)
        since = Literal(at["since"], datatype=rdflib.XSD.dateTime)
        at["since"] = str(follow(client, at["feed"], since, copy))
    statements = sorted(filter(None, copy.serialize(format="nquads").splitlines()))
    data.write_text("".join(f"{statement}\n" for statement in statements))
    state.write_text(json.dumps(at))
    print(f"{data}: {len(statements):,} statements, as of {at['since']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
