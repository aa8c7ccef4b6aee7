"""Process steps: phases with goal, input, activities and what comes out."""

from __future__ import annotations

from tests.ingest.saying import said

GUIDE = """Werkwijze

Verkenning

Doel: tijdig zien wat er speelt.

• Input: berichten van de posten
• Activiteiten:
• delen van berichten
• overleg met partners
• Resultaat: een eerste beeld van de situatie

Besluit

Doel:

Een keuze maken tussen de opties.

• Input: een eerste beeld van de situatie
• Betrokkenen: de minister en de directie

De keuze wordt toegelicht. Ook dat hoort erbij.
"""


def steps(text: str) -> list[tuple[str, str]]:
    return [(one.get("phase", [""])[0], one["stepKind"][0]) for one in said("process_steps", text)]


def test_the_blocks_of_a_phase_are_its_steps() -> None:
    assert steps(GUIDE) == [
        ("Verkenning", "goal"),
        ("Verkenning", "input"),
        ("Verkenning", "activity"),
        ("Verkenning", "activity"),
        ("Verkenning", "output"),
        ("Besluit", "goal"),
        ("Besluit", "input"),
        ("Besluit", "participant"),
    ]


def test_an_overview_that_repeats_the_phases_adds_no_steps() -> None:
    overview = "\nAlle fasen\n\n" + GUIDE[GUIDE.index("Doel: ") : GUIDE.index("Besluit\n")]
    assert steps(GUIDE + overview) == steps(GUIDE)


def test_a_numbered_step_without_labels_is_told_by_its_title() -> None:
    text = "Aanpak\n\nStap 1 Verzamel de cijfers\n\nDat gebeurt elk jaar. Het kost tijd.\n"
    assert steps(text) == [("Stap 1 Verzamel de cijfers", "activity")]


def test_the_goal_of_a_phase_may_be_told_in_a_sentence() -> None:
    text = "Aanpak\n\nHet doel van fase 1 is het tijdig onderkennen van risico’s.\n"
    assert steps(text) == [("fase 1", "goal")]


def test_a_goal_of_something_else_is_no_step() -> None:
    assert steps("Beleid\n\nHet doel van het fonds is armoede bestrijden.\n") == []
    assert steps("Beleid\n\nDoel: minder armoede in tien landen.\n\nDat is veel werk.\n") == []


def test_a_step_repeated_with_a_word_changed_is_one_step() -> None:
    first = "delen van ervaringen met alle betrokken partners, inclusief de ambassades in het veld"
    again = "delen van ervaringen met alle betrokken partners inclusief ambassades in het veld"
    text = "\n".join(
        f"Fase {n}\n\nDoel: de lessen van elke missie in beeld brengen.\n\n"
        f"• Activiteiten:\n• {step}\n"
        for n, step in (("1 Leren", first), ("1 Leren", again))
    )
    assert [kind for _, kind in steps(text + "\nDat is het.\n")] == ["goal", "activity"]


def test_a_second_goal_under_one_heading_is_of_the_phase_that_it_names() -> None:
    text = GUIDE.replace(
        "\nBesluit\n",
        "\nHet doel van deze fase is vroeg te weten wat er speelt. Dat helpt.\n\n"
        "Het doel van deze fase is een besluitvorming voor te bereiden. Dat telt.\n\n"
        "Besluitvorming\n",
    )
    goals = [phase for phase, kind in steps(text) if kind == "goal"]
    assert goals == ["Verkenning", "Verkenning", "Besluitvorming", "Besluitvorming"]
