"""What a document says of itself is a statement with the words that say it."""

from __future__ import annotations

from tests.ingest.saying import said

LETTER = """\
35 570 XVII Vaststelling van de begrotingsstaat van Ontwikkelingssamenwerking voor het jaar 2021
Nr. 60 BRIEF VAN DE MINISTER VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 3 maart 2021

Hierbij informeer ik u over de voortgang.
"""


def test_number_date_and_addressee_are_facts_of_the_letter() -> None:
    facts = {one["attribute"][0]: one for one in said("document_facts", LETTER)}
    assert facts["date"]["value"] == ["2021-03-03"]
    assert facts["identifier"]["value"] == ["kst-35570-XVII-60"]
    assert facts["date"]["certainty"] == ["stated"]


def test_a_date_in_the_running_text_is_not_the_documents_date() -> None:
    facts = [
        one["attribute"][0] for one in said("document_facts", "Het verdrag van 3 mei 2019 geldt.")
    ]
    assert "date" not in facts
