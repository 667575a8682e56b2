"""Which status is shown, as of which day, and why."""

import datetime as dt

import pytest

from open1540.reference import check_states, instrument, instruments, source, states, status, statuses
from open1540.reference.status import Record, records, weigh
from open1540.vocabulary import UnknownCode

OFFICIAL = "asno-2011"
SECONDARY = "sipri-2014"
TERTIARY = "wikipedia-mtcr"


def said(value: str, *, source: str = SECONDARY, as_of: str = "2020-01-01", **more: str) -> Record:
    given = {"since": None, "signed_on": None, "confidence": "medium", **more}
    return Record(state="FRA", instrument="CWC", status=value, source=source, as_of=as_of, **given)  # type: ignore[arg-type]


def shown(*held: Record, on: dt.date | None = None) -> tuple[str, str]:
    found = weigh("FRA", "CWC", held, on)
    return found.value, found.why


def test_the_sources_used_here_are_of_the_kinds_meant() -> None:
    assert [source(i).kind for i in (OFFICIAL, SECONDARY, TERTIARY)] == ["official", "secondary", "tertiary"]


def test_without_a_record_the_status_is_unknown_and_not_none() -> None:
    assert weigh("FRA", "CWC", ()).value == "unknown"


def test_an_official_source_goes_before_a_newer_secondary_one() -> None:
    old, new = said("signatory", source=OFFICIAL, as_of="2010"), said("party", as_of="2024")
    found = weigh("FRA", "CWC", (new, old))
    assert (found.value, found.others) == ("signatory", (new,))


def test_among_equals_the_newer_source_is_shown() -> None:
    assert shown(said("signatory", as_of="2019-12-31"), said("party", as_of="2020"))[0] == "party"


def test_an_undated_source_comes_after_a_dated_one() -> None:
    assert shown(said("signatory", as_of="undated page"), said("party", as_of="1995-09-01"))[0] == "party"


def test_among_equals_of_one_day_the_surer_source_is_shown() -> None:
    found = weigh("FRA", "CWC", (said("party", confidence="low"), said("party", confidence="high")))
    assert found.shown is not None
    assert found.shown.confidence == "high"


def test_equally_good_sources_that_differ_are_both_shown() -> None:
    found = weigh("FRA", "CWC", (said("party"), said("signatory", confidence="low")))
    assert found.value == "sources_disagree"
    assert found.shown is not None
    assert {found.shown.status, *(r.status for r in found.others)} == {"party", "signatory"}


def test_a_tertiary_source_that_differs_does_not_unsettle_a_secondary_one() -> None:
    assert shown(said("party"), said("none", source=TERTIARY))[0] == "party"


def test_before_its_consent_a_state_is_not_yet_a_party() -> None:
    value, why = shown(said("party", since="1995-03-02"), on=dt.date(1995, 3, 1))
    assert value == "not yet"
    assert "no consent recorded on that day" in why


def test_on_the_day_of_its_consent_a_state_is_a_party() -> None:
    assert shown(said("party", since="1995-03-02"), on=dt.date(1995, 3, 2))[0] == "party"


def test_between_signature_and_consent_a_state_is_a_signatory() -> None:
    held = said("party", since="1995-03-02", signed_on="1993-01-13")
    assert shown(held, on=dt.date(1994, 1, 1))[0] == "signatory"
    assert shown(held, on=dt.date(1993, 1, 12))[0] == "not yet"


def test_a_year_without_a_day_is_told_as_such() -> None:
    value, why = shown(said("party", since="1995"), on=dt.date(1995, 6, 1))
    assert value == "party"
    assert "the year 1995 only" in why


def test_a_status_without_a_date_is_not_guessed_backwards() -> None:
    assert shown(said("member"), on=dt.date(2019, 12, 31))[0] == "unknown"
    assert shown(said("member"), on=dt.date(2020, 1, 1))[0] == "member"
    assert shown(said("member", as_of="undated"), on=dt.date(2030, 1, 1))[0] == "unknown"


def test_of_a_day_after_the_source_it_is_said_that_nothing_later_is_known() -> None:
    assert shown(said("member"), on=dt.date(2026, 1, 1)) == (
        "member",
        "the only source, secondary, says so as of 2020-01-01; nothing later is on record",
    )


def test_no_consent_by_a_day_means_none_before_it() -> None:
    assert shown(said("none"), on=dt.date(2001, 1, 1))[0] == "none"


def test_before_a_withdrawal_the_status_is_unknown() -> None:
    assert shown(said("withdrawn", since="2023-11-03"), on=dt.date(2010, 1, 1))[0] == "unknown"


def test_sources_that_agree_are_counted() -> None:
    assert ", agreed by 2 more," in shown(said("member", agreed_by="factbook;internacia-db"))[1]


def test_a_cell_on_which_sources_differ_stays_visible() -> None:
    assert status("Georgia", "CIS").value == "sources_disagree"


def test_a_cell_no_source_speaks_of_is_unknown() -> None:
    held = {(record.state, record.instrument) for record in records()}
    missing = next((s.iso3, i.id) for i in instruments() for s in states() if (s.iso3, i.id) not in held)
    assert status(*missing).value == "unknown"


def test_a_status_is_found_by_names_and_small_letters() -> None:
    assert status("Франция", "cwc", dt.date(1995, 3, 2)).value == "party"


def test_a_profile_has_one_status_for_every_instrument() -> None:
    assert [one.instrument for one in statuses("KEN")] == [one.id for one in instruments()]


def test_an_unknown_instrument_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownCode, match="CPPNM_AMENDMENT_2005"):
        instrument("SALT")


def test_a_signature_after_the_consent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = said("party", since="1995", signed_on="1996-01-01", agreed_by="nobody")
    monkeypatch.setattr(check_states, "records", lambda: (wrong,))
    assert check_states.check_states() == [
        "states/status.csv: FRA CWC: source 'nobody' is in no table of facts/sources",
        "states/status.csv: FRA CWC: signed on 1996-01-01, after the consent of 1995",
    ]
