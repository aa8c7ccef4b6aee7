"""What holds for every document: nothing lost, nothing twice, and the same every time."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

from ingest.document import BlockKind
from ingest.read import read
from tests.ingest.reading import GUIDE, IDENTIFIERS, Documents, has_letters_of, quotes


@pytest.mark.parametrize("identifier", IDENTIFIERS)
class TestEveryDocument:
    def test_every_character_belongs_to_one_block_or_to_noise(
        self, documents: Documents, identifier: str
    ) -> None:
        document = documents[identifier]
        text = document.source.text
        owners = [0] * len(text)
        for line in [*(line for b in document.blocks for line in b.lines), *document.noise]:
            assert text[line.start : line.end] == line.text
            for i in range(line.start, line.end):
                owners[i] += 1
        astray = [i for i, c in enumerate(text) if not c.isspace() and owners[i] != 1]
        assert [text[i - 20 : i + 20] for i in astray] == []

    def test_spans_quote_back(self, documents: Documents, identifier: str) -> None:
        document = documents[identifier]
        for block in document.blocks:
            quoted = "".join(quotes(document, block))
            quoted = re.sub(r"\[(?:bookmark|footnoteRef):[^\]]*\]", "", quoted)
            assert has_letters_of(block.text.text, quoted), block.text.text[:60]

    def test_spans_of_one_block_do_not_overlap_another_s(
        self, documents: Documents, identifier: str
    ) -> None:
        document = documents[identifier]
        spans = sorted(span for block in document.blocks for span in block.spans())
        assert [a for a, b in pairwise(spans) if a.overlaps(b)] == []

    def test_clean_text_is_clean(self, documents: Documents, identifier: str) -> None:
        for block in documents[identifier].blocks:
            text = block.text.text
            assert text == text.strip() and text
            assert not re.search(r"\s\s|[\n\t\u00a0\u00ad\u00ac]|\[bookmark|\[footnoteRef", text)

    def test_sentences_cover_the_text_in_order(self, documents: Documents, identifier: str) -> None:
        for block in documents[identifier].blocks:
            assert block.sentences[0].start == 0
            assert block.sentences[-1].end == len(block.text.text)
            for before, after in pairwise(block.sentences):
                assert block.text.text[before.end : after.start] == " "

    def test_blocks_stand_in_source_order(self, documents: Documents, identifier: str) -> None:
        blocks = documents[identifier].blocks
        assert [b.order for b in blocks] == list(range(len(blocks)))
        starts = [b.lines[0].start for b in blocks]
        assert (starts == sorted(starts)) == (identifier != GUIDE)  # whose columns are scrambled

    def test_every_block_of_a_box_says_so(self, documents: Documents, identifier: str) -> None:
        document = documents[identifier]
        assert [box.order for box in document.boxes] == list(range(len(document.boxes)))
        for box in document.boxes:
            members = [document.blocks[order] for order in box.blocks]
            assert {block.box for block in members} == {box.order}
            assert members[0].kind is BlockKind.HEADING
            assert members[0].text.text == box.title
            above = document.sections[members[0].section or 0].parent
            assert above is not None
            assert members[0].level == document.sections[above].level + 1

    def test_sections_and_blocks_agree(self, documents: Documents, identifier: str) -> None:
        document = documents[identifier]
        for section in document.sections:
            heading = document.blocks[section.heading]
            assert heading.kind is BlockKind.HEADING
            assert heading.section == section.order
            assert heading.level == section.level
            assert heading.text.text == section.title
            if section.parent is not None:
                assert document.sections[section.parent].level < section.level

    def test_reading_is_deterministic(self, documents: Documents, identifier: str) -> None:
        again = read(documents[identifier].source.text.encode(), identifier)
        assert again == documents[identifier]


def test_all_seeds_are_read_in_two_seconds(documents: Documents) -> None:
    started = time.process_time()
    for identifier, document in documents.items():
        read(document.source.text.encode(), identifier)
    assert time.process_time() - started < 2
