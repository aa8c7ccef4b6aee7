"""The change feed: what was created, updated or deleted between the versions that were published.

Linked Data Event Streams (https://w3id.org/ldes/specification): immutable events on pages that
are linked by TREE relations. ``extend`` is called after each release, the routes serve its pages.
"""

from server.publish.feed.extending import extend
from server.publish.feed.things import FeedError

__all__ = ["FeedError", "extend"]
