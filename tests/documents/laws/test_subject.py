"""What a law is about, and which weapon classes it means throughout."""

import msgspec
from annotated import written

from open1540.documents.laws import subject
from open1540.documents.laws.subject import Division, Subject
from open1540.documents.laws.units import concept_hits, units


def _subject(title: str, article: str) -> Subject:
    flow, paragraphs = written(f"{title}\n{article}", "article", "s. 3")
    paragraphs[0] = msgspec.structs.replace(paragraphs[0], kind="heading", number=None)
    hits = concept_hits(flow, "en")
    return subject.of(flow, "en", paragraphs, units(flow, "en", paragraphs, hits), hits)


def test_a_title_that_names_a_class_means_it_throughout() -> None:
    law = _subject("Chemical Weapons (Prohibition) Act", "No person shall import or export a listed item.")
    assert law.titled and law.meant(()) == ("CW",)


def test_a_law_that_licenses_exports_is_about_trade() -> None:
    law = _subject("Strategic Goods Act", "No person shall export strategic goods except under a licence.")
    assert "trade-law" in law.about and law.meant(()) == ("NW", "CW", "BW")


def test_a_law_on_drug_precursors_concerns_no_weapon_unless_it_names_one() -> None:
    ruled = "No person shall export precursors without a licence."
    assert _subject("Narcotic Drugs (Precursors) Act", ruled).foreign
    assert not _subject("Narcotic Drugs (Precursors) Act", f"{ruled} No person shall use a chemical weapon.").foreign
    assert not _subject("Chemical Precursors Act", ruled).foreign


def test_a_part_means_what_its_heading_names_until_the_next_part_of_its_kind() -> None:
    law = _subject("Safety Act", "No person shall act.")._replace(
        divisions=(Division(0, "part", ("NW",)), Division(10, "chap", ()), Division(50, "part", ("BW",)))
    )
    assert (law.headed(20), law.headed(60)) == (("NW",), ("BW",))
    assert law.together(5, 40, "part") and not law.together(5, 60, "part") and not law.together(5, 20, "chap")
