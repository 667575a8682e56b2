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


def test_items_that_must_all_hold_speak_together_but_what_they_except_does_not() -> None:
    text = (
        "If:\n(a) a person exports goods; and\n(b) the person suspects a weapon; and\n"
        "(c) no permit was given;\nthe person is guilty of an offence."
    )
    _, found, _ = units_of({"s. 4": text})
    item = next(one for one in found if "knowledge" in one.own.main)
    assert {"export", "penalty"} <= item.named.main and "licence" not in item.named.main
    _, other, _ = units_of({"s. 4": text.replace("; and\n(b)", "; or\n(b)")})
    assert "export" not in next(one for one in other if "knowledge" in one.own.main).named.main


def test_closing_words_that_tell_when_it_holds_forbid_no_act_of_their_own() -> None:
    text = "No person shall—\n(a) transfer a toxin; or\n(b) sell a toxin,\nif it may be kept for hostile purposes."
    _, found, _ = units_of({"s. 4": text})
    assert all(one.named.main.isdisjoint({"possess", "use"}) for one in found)
