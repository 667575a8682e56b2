"""A law as a row of sentences, each with what introduces and closes it."""

from enacted import units_of


def test_an_item_bears_the_concepts_of_its_lead_in() -> None:
    _, found, _ = units_of({"s. 3(1)": "No person shall—\n(a) use a chemical weapon;\n(b) develop a chemical weapon."})
    assert "prohibition" in found[1].named.main and "use" in found[1].own.main
    assert "use" not in found[2].named.main


def test_closing_words_reach_every_item_before_them() -> None:
    text = (
        "A person who—\n(a) develops a biological weapon; or\n(b) uses it,\ncommits an offence and is liable to prison."
    )
    _, found, _ = units_of({"s. 4": text})
    assert all("penalty" in one.named.main for one in found if one.items)


def test_the_next_article_has_no_part_in_an_open_lead_in() -> None:
    _, found, _ = units_of({"s. 3": "No person shall—\n(a) use a chemical weapon;", "s. 4": "The Minister reports."})
    assert "prohibition" not in found[-1].named.main
