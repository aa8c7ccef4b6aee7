"""The README promises an answer; the documents must still give it."""

from __future__ import annotations

import re

from tests.conftest import ROOT, Graph


def test_the_answer_in_the_readme_is_the_answer_of_the_service(graph: Graph) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    quoted = re.search(r"“(.+)”", readme)
    place = re.search(r"^> (.+), characters (\d+)–(\d+)$", readme, re.MULTILINE)
    assert quoted is not None
    assert place is not None
    rows = graph.ask("where-policy-areas-pull-against-each-other", language="en")
    found = {
        (row["quote"], row["start"], row["end"]): (
            row["fromLabel"],
            row["relationLabel"],
            row["toLabel"],
        )
        for row in rows
    }
    assert found[quoted[1], place[2], place[3]] == ("human rights", "trades off", "migration")


def test_the_commands_in_the_readme_name_questions_that_exist(graph: Graph) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"(?:samenhang query|/queries/) ?([a-z][a-z-]+)", readme))
    assert named
    assert named <= set(graph.catalogue)
