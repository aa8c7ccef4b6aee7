"""Updates in which each operation declares its own prefixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from server.store.interface import QuerySyntaxError, UpdateRequest
from server.store.prologues import prologue_first
from server.store.updates import Reach
from server.store.writer import update

MOVED = [
    ("CLEAR ALL ; PREFIX : <urn:> INSERT DATA { :a :b :c }", 1),
    ("PREFIX : <urn:> CLEAR ALL ; PREFIX : <urn:> INSERT DATA { :a :b :c }", 1),
    ("CLEAR ALL;# ; PREFIX no\n\tprefix a: <urn:>\nPREFIX : <urn:> INSERT DATA { a:a :b :c }", 1),
    ("CLEAR ALL; PREFIX : <urn:> INSERT DATA { :a :b :c } ; PREFIX : <urn:> CLEAR ALL", 0),
    ("CLEAR ALL; PREFIX : <urn:>", 0),
    ("INSERT DATA { <urn:a> <urn:b> '} ; PREFIX x: <urn:>' } ; PREFIX : <urn:>", 1),
]
LEFT = [
    "PREFIX : <urn:a> CLEAR ALL ; PREFIX : <urn:b> INSERT DATA { :a :b :c }",
    "BASE <urn:x> PREFIX : <urn:a> CLEAR ALL ; PREFIX : <urn:b> INSERT DATA { :a :b :c }",
    "CLEAR ALL ; PREFIX : <urn:a> CLEAR ALL ; PREFIX : <urn:b> INSERT DATA { :a :b :c }",
    "CLEAR ALL ; BASE <urn:x> CLEAR ALL",
    "CLEAR ALL ; PREFIX : <relative> CLEAR ALL",
    "INSERT DATA { <urn:a> <urn:b> 1 ; PREFIX : <urn:> }",
]


def carry_out(text: str) -> Store:
    store = Store()
    update(store, UpdateRequest(text), Reach())
    return store


@pytest.mark.parametrize(("text", "written"), MOVED)
def test_is_carried_out(text: str, written: int) -> None:
    assert len(carry_out(text)) == written


@pytest.mark.parametrize("text", LEFT)
def test_what_could_change_its_meaning_is_refused(text: str) -> None:
    assert prologue_first(text) == text
    with pytest.raises(QuerySyntaxError):
        carry_out(text)


@pytest.mark.parametrize("using", [(), (NamedNode("urn:g"),)])
def test_a_fault_keeps_its_place(using: tuple[NamedNode, ...]) -> None:
    text = "CLEAR ALL ;\nPREFIX : <urn:> DELETE WHERE { :a :b }"
    with pytest.raises(QuerySyntaxError) as caught:
        update(Store(), UpdateRequest(text, using=using), Reach())
    assert (caught.value.line, caught.value.column) == (2, 38)


@given(st.text(alphabet="<>\"'{};: \n#aPREFIXurn", max_size=60))
def test_all_else_keeps_its_place(end: str) -> None:
    text = f"CLEAR ALL ; PREFIX : <urn:> CLEAR ALL {end}"
    moved = prologue_first(text)
    if moved != text:
        rest = moved.partition("\n")[2]
        assert len(rest) == len(text)
        assert all(new in {old, " "} for old, new in zip(text, rest, strict=True))
