"""Defined terms, and what each use of them brings along."""

from enacted import of_articles, units_of

from open1540.documents.laws import terms


def test_a_term_brings_the_weapons_of_its_definition() -> None:
    flow, units, _ = units_of({"s. 2": "“listed goods” means goods usable for nuclear weapons."})
    (concepts,) = terms.terms(units, flow.text, "en").values()
    assert {"for-weapons", "NW"} <= concepts


def test_a_term_never_brings_an_act() -> None:
    flow, units, _ = units_of(
        {"s. 2": "“chemical weapon” means anything the use or development of which is forbidden."}
    )
    assert all(
        {"use", "develop", "prohibition"}.isdisjoint(one) for one in terms.terms(units, flow.text, "en").values()
    )


def test_a_definition_alone_supports_nothing() -> None:
    assert not of_articles({"s. 2": "“strategic goods” means goods whose export without a licence is prohibited."})
