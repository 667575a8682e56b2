"""States, their names in six languages and as of a day."""

import datetime as dt
from collections import Counter, defaultdict

import msgspec
import pytest

from open1540.reference import LANGUAGES, check_states, checks, former_names, labels, state, states
from open1540.reference.facts import rows
from open1540.reference.states import NAMES, AmbiguousName, FormerName, ambiguous_names
from open1540.vocabulary import UnknownCode


@pytest.mark.parametrize(
    "code", ["FRA", "fr", "250", "France", "Франции", "法国", "فرنسا", "Francia", "French Republic"]
)
def test_a_state_is_found_by_any_code_or_name(code: str) -> None:
    assert state(code).iso3 == "FRA"


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Cote d'Ivoire", "CIV"),
        ("TURKIYE", "TUR"),
        ("papúa  nueva guinea", "PNG"),
        ("الامارات العربية المتحدة", "ARE"),
        ("刚果(布)", "COG"),
    ],
)
def test_accents_case_blanks_and_apostrophes_make_no_difference(written: str, iso3: str) -> None:
    assert state(written).iso3 == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Guinea", "GIN"),
        ("Equatorial Guinea", "GNQ"),
        ("Guinea-Bissau", "GNB"),
        ("Papua New Guinea", "PNG"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Republic of the Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Republic of Korea", "KOR"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("Sudan", "SDN"),
        ("South Sudan", "SSD"),
    ],
)
def test_names_that_look_alike_are_kept_apart(name: str, iso3: str) -> None:
    assert state(name).iso3 == iso3


def test_an_unknown_name_comes_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownCode, match=r"KAZ \(Kazakhstan\)"):
        state("Kazachstan")


def test_there_are_193_members_and_two_observers() -> None:
    assert Counter(known.un_status for known in states()) == {"member": 193, "observer": 2}


def test_before_its_admission_a_state_is_not_among_the_members() -> None:
    codes = {known.iso3 for known in states(dt.date(2011, 7, 13))}
    assert "SSD" not in codes
    assert "SSD" in {known.iso3 for known in states(dt.date(2011, 7, 14))}


@pytest.mark.parametrize(
    ("code", "language", "day", "name"),
    [
        ("TUR", "en", dt.date(2020, 5, 1), "Turkey"),
        ("TUR", "en", dt.date(2023, 5, 1), "Türkiye"),
        ("MKD", "fr", dt.date(2010, 1, 1), "ex-République yougoslave de Macédoine"),
        ("LBY", "ru", dt.date(2005, 1, 1), "Ливийская Арабская Джамахирия"),
        ("SRB", "en", dt.date(2004, 4, 28), "Serbia and Montenegro"),
        ("SRB", "en", dt.date(2001, 1, 1), "Federal Republic of Yugoslavia"),
        ("COD", "zh", dt.date(1990, 1, 1), "扎伊尔"),
        ("PSE", "ar", dt.date(2004, 1, 1), "فلسطين"),
    ],
)
def test_a_name_is_the_one_in_use_on_the_day(code: str, language: str, day: dt.date, name: str) -> None:
    assert state(code).name(language, day) == name


def test_every_name_leads_to_one_state_in_its_language() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in (*labels.table(NAMES), *former_names()):
        owners[row.lang, row.label.casefold()].add(row.id)
        assert state(row.label).iso3 == row.id, row
    assert not {name: ids for name, ids in owners.items() if len(ids) > 1}


def test_every_state_has_a_preferred_name_in_six_languages() -> None:
    named = labels.preferred(NAMES)
    assert not [(s.iso3, lang) for s in states() for lang in LANGUAGES if (s.iso3, lang) not in named]


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("BIH", "Боснии и Герцеговины"),
        ("GNB", "Гвинее-Бисау"),
        ("PHL", "Филиппинах"),
        ("KAZ", "Республикой Казахстан"),
        ("JOR", "Иорданского Хашимитского Королевства"),
        ("MEX", "Мексиканских Соединенных Штатах"),
        ("CHE", "Швейцарской Конфедерации"),
        ("IRN", "Ирана (Исламской Республики)"),
    ],
)
def test_russian_names_are_known_in_their_cases(code: str, form: str) -> None:
    assert labels.Label(code, "ru", form, "inflected") in state(code).names()


def test_a_developing_country_is_not_china() -> None:
    phrases = {row.label: row.not_in or "" for row in ambiguous_names("zh")}
    assert "发展中国家" in phrases["中国"].split(";")
    assert "沿海地区" in phrases["海地"].split(";")


def test_ambiguous_names_are_given_for_the_language_asked() -> None:
    assert {row.lang for row in ambiguous_names("ru")} == {"ru"}
    assert len(ambiguous_names()) > len(ambiguous_names("ru"))


def test_the_facts_on_states_are_sound() -> None:
    assert check_states.check_states() == []


def test_two_names_held_on_one_day_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    turkey = next(row for row in former_names() if (row.id, row.lang) == ("TUR", "en"))
    rival = FormerName("TUR", "en", "Turquey", dt.date(2000, 1, 1), None, turkey.source, turkey.as_of, "low")
    monkeypatch.setattr(check_states, "former_names", lambda: (turkey, rival))
    told = check_states.check_states()
    assert any("two names of TUR (en) held on one day" in sentence for sentence in told)
    assert any("'Turquey' is a name of TUR but leads to no State" in sentence for sentence in told)


def test_a_phrase_that_does_not_hold_the_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = AmbiguousName("en", "Chad", "a lake", "Lake Geneva")
    monkeypatch.setattr(check_states, "ambiguous_names", lambda: (wrong,))
    assert check_states.check_states() == ["states/ambiguous.csv: 'Lake Geneva' does not hold 'Chad'"]


@pytest.mark.parametrize("table", [path for path in checks.TABLES if path != "states/aggregate_facts.csv"])
def test_tables_name_only_states_there_are(table: str) -> None:
    codes = {known.iso3 for known in states()}
    held = [msgspec.to_builtins(row)["state"] for row in rows(table, checks.TABLES[table])]
    assert {code for code in held if code} <= codes


def test_every_year_the_council_has_fifteen_members() -> None:
    seats = rows("states/council_members.csv", checks.TABLES["states/council_members.csv"])
    assert set(Counter(msgspec.to_builtins(seat)["year"] for seat in seats).values()) == {15}
