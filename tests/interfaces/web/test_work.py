"""My work: each role finds what awaits it, and the way to do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from negotiated import FINANCE, USE, copied, drafted
from serving import Server

from open1540.workflows import matrix_changes, matrix_steps, work


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drafted(tmp_path_factory.mktemp("record"))


@pytest.fixture
def server(record: Path, tmp_path: Path) -> Iterator[Server]:
    with copied(record, tmp_path) as running:
        yield running


def awaits(server: Server, role: str) -> work.Work:
    return work.awaiting(database_url=server.database_url, who=server.person(role))


def test_an_expert_finds_proposals_by_state_and_document(server: Server) -> None:
    found = awaits(server, "expert")
    assert [one.state for one in found.proposals] == ["FRA"]
    page = server.signed_in("expert").get("/work").text
    assert f"/states/FRA/matrix/proposals?document={found.proposals[0].document}" in page
    assert "Strategic Goods (Control) Act 2021" in page


def test_a_comment_waits_until_it_is_answered_in_words_or_in_the_entry(server: Server) -> None:
    url = server.database_url
    # The comment on financing was answered by the entry that followed.
    assert not awaits(server, "expert").comments
    matrix_steps.comment("FRA", USE, "See the new decree.", database_url=url, who=server.person("contact"))
    assert [one.field for one in awaits(server, "expert").comments] == [USE]
    assert f"/states/FRA/matrix/{USE}" in server.signed_in("expert").get("/work").text
    assert not awaits(server, "contact").comments
    matrix_steps.comment("FRA", USE, "Please send it.", database_url=url, who=server.person("expert"))
    assert not awaits(server, "expert").comments
    assert [one.text for one in awaits(server, "contact").comments] == ["Please send it."]


def test_each_step_waits_for_whoever_may_take_it(server: Server) -> None:
    url = server.database_url

    def steps(role: str) -> list[str]:
        return [one.verb for one in awaits(server, role).steps]

    for verb, role, others in (
        ("agree", "contact", ("expert", "committee")),
        ("approve", "committee", ("contact", "expert")),
        ("publish", "committee", ("contact", "expert")),
    ):
        assert steps(role) == [verb]
        assert not any(steps(other) for other in others)
        assert f"/states/FRA/matrix/steps/{verb}?version=2" in server.signed_in(role).get("/work").text
        matrix_steps.take_step("FRA", verb, database_url=url, who=server.person(role), reason="done")
    assert not steps("committee")
    matrix_changes.set_entry("FRA", FINANCE, "?", database_url=url, who=server.person("expert"), reason="repealed")
    assert steps("expert") == ["send"]


def test_a_point_of_contact_finds_its_own_state_only(server: Server) -> None:
    url, expert = server.database_url, server.person("expert")
    matrix_changes.set_entry("DEU", FINANCE, "?", database_url=url, who=expert, reason="unclear so far")
    matrix_steps.take_step("DEU", "send", database_url=url, who=expert, reason="for comment")
    found = awaits(server, "contact")
    assert {one.version.state for one in found.steps} == {"FRA"}
    assert "Germany" not in server.signed_in("contact").get("/work").text
    assert not found.proposals


def test_the_menu_counts_what_waits_and_readers_have_no_work(server: Server) -> None:
    number = awaits(server, "expert").number
    page = server.signed_in("expert").get("/states").text
    assert f'<span class="waiting">{number}<' in page
    assert server.signed_in("reader").get("/work").status_code == 403
    assert server.visitor().get("/work").status_code == 401
    assert 'href="/work"' not in server.visitor().get("/states").text
