"""Requests, offers and reports, with what their sources leave open."""

import msgspec
import pytest

from open1540.reference import (
    aggregate_facts,
    assistance_providers,
    assistance_requests,
    checks,
    first_reports,
    source,
    states,
)
from open1540.vocabulary import UnknownCode


def test_requests_are_found_by_state() -> None:
    days = [request.requested_on for request in assistance_requests("Armenia")]
    assert {"2008-04-04", "2015-03-25"} <= set(days)
    assert assistance_requests("ARM") == assistance_requests("Armenia")
    assert assistance_requests("FRA") == ()


def test_a_request_has_the_topics_its_subject_names_and_no_others() -> None:
    by_day = {request.requested_on: request.topics for request in assistance_requests("ARM")}
    assert "physical-protection" in by_day["2008-04-04"]
    assert all(request.topics == () for request in assistance_requests("IRQ"))


def test_a_regional_organisation_asks_without_being_a_state() -> None:
    assert {request.requester.split()[0] for request in assistance_requests() if request.state is None} == {
        "CARICOM",
        "SICA",
    }


def test_a_state_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode):
        assistance_requests("Atlantis")


def test_every_member_state_has_a_line_on_its_first_report() -> None:
    members = {state.iso3 for state in states() if state.un_status == "member"}
    assert set(first_reports()) == members
    assert {report.status for report in first_reports().values()} == {"submitted", "not_found_submitted"}


def test_offers_and_figures_name_their_sources() -> None:
    for record in (*assistance_providers(), *aggregate_facts()):
        assert all(source(source_id) for source_id in record.source.split(";"))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"topics": ("astrology",)}, "topic 'astrology' is unknown"),
        ({"state": "ATL"}, "State 'ATL' is unknown"),
    ],
)
def test_a_wrong_request_is_a_problem(
    changes: dict[str, object], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = (msgspec.structs.replace(assistance_requests()[0], **changes), *assistance_requests()[1:])
    monkeypatch.setattr(checks, "assistance_requests", lambda: spoilt)
    assert any(problem in found for found in checks.problems())
