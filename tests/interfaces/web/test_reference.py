"""The facts as lists and things: each page opens, is searched in any language, and hangs together with the others."""

import re

import pytest
from serving import Server

from open1540 import reference
from open1540.interfaces.web.timeline import timeline
from open1540.reference import facts
from open1540.workflows import listings

LISTS = (
    "instruments",
    "resolutions",
    "obligations",
    "topics",
    "actors",
    "templates",
    "crosswalk",
    "themes",
    "pathways",
    "sources",
)


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_opens_and_is_exported_whole(server: Server, kind: str) -> None:
    browser = server.visitor()
    assert browser.get(f"/reference/{kind}").status_code == 200
    rows = browser.get(f"/reference/{kind}.json").json()
    assert rows
    assert browser.get(f"/reference/{kind}.metadata.json").json()["rows"] == len(rows)
    assert f'href="/reference/{kind}"' in browser.get("/reference").text


@pytest.mark.parametrize("kind", [kind for kind in LISTS if kind not in ("templates", "crosswalk")])
def test_a_search_that_finds_nothing_says_what_to_do(server: Server, kind: str) -> None:
    page = server.visitor().get(f"/reference/{kind}?words=qqqq").text
    assert 'class="empty"' in page


def things() -> list[str]:
    return [
        *(f"instruments/{one.id}" for one in reference.instruments()),
        *(f"resolutions/{one.number}" for one in reference.resolutions()),
        *(f"obligations/{one.id}" for one in reference.obligations()),
        *(f"topics/{one.id}" for one in reference.topics()),
        *(f"actors/{one.id}" for one in reference.actors()),
        *(f"templates/{one.id}" for one in reference.templates()),
        *(f"themes/{one.id}" for one in reference.themes()),
        *(f"pathways/{one.id}" for one in reference.pathways()),
        *(f"sources/{one}" for one in facts.sources()),
    ]


def test_every_thing_has_a_page_and_every_link_between_them_leads_to_one(server: Server) -> None:
    browser, known = server.visitor(), set(things())
    linked = set()
    for thing in sorted(known):
        answer = browser.get(f"/reference/{thing}")
        assert answer.status_code == 200, thing
        linked |= set(re.findall(r'href="/reference/([a-z]+/[^"?#]+)"', answer.text))
    exports = (".csv", ".xlsx", ".json")
    assert {link for link in linked if not link.endswith(exports)} <= known


@pytest.mark.parametrize(
    "path", ["instruments/XYZ", "resolutions/9999", "obligations/OP99", "topics/none", "actors/none", "sources/none"]
)
def test_what_nobody_knows_is_not_found(server: Server, path: str) -> None:
    assert server.visitor().get(f"/reference/{path}").status_code == 404


def test_panel_and_group_of_experts_are_told_apart_in_chinese() -> None:
    panels = {row.actor.id for row in listings.actors(words="专家小组")}
    groups = {row.actor.id for row in listings.actors(words="专家组")}
    assert "UN.SC.1540GOE" in groups - panels
    assert "UN.SC.2140POE" in panels - groups


@pytest.mark.parametrize(
    "words", ["проверка финансирования", "تمويل الانتشار", "financement prolifération", "Prolifération FINANCEMENT"]
)
def test_topics_are_found_in_any_language_without_accents_or_case(words: str) -> None:
    found = {row.topic.id for row in listings.topics(words=words)}
    assert ("proliferation-financing" in found) == (words != "проверка финансирования")


def test_an_instrument_tells_who_joined_when_and_how_many_are_in() -> None:
    years, undated = listings.joined("CWC")
    assert years[-1].total + len(undated) == listings.world_on("CWC").numbers()["bound"]
    assert [one.year for one in years] == sorted(one.year for one in years)
    assert "FRA" in next(one.states for one in years if one.year == 1995)


def test_the_timeline_adds_up() -> None:
    drawn = timeline([(1993, 4), (1994, 14)], 2000)
    assert drawn is not None
    assert [(bar.joined, bar.total) for bar in drawn.bars] == [(4, 4), (14, 18)]
    assert drawn.bars[1].height > drawn.bars[0].height
    assert all(drawn.left <= bar.x <= drawn.right for bar in drawn.bars)
    assert timeline([], 2000) is None


def test_statuses_are_narrowed_by_what_is_on_record() -> None:
    none = listings.instrument_statuses("CWC", shade="none", on="2026-11-25")
    assert {status.state for status in none} == {"EGY", "PRK", "SSD"}
    assert [status.state for status in listings.instrument_statuses("CWC", words="法国")] == ["FRA"]


def test_sources_that_disagree_are_all_shown(server: Server) -> None:
    disputed = [one.id for one in reference.instruments() if listings.instrument_statuses(one.id, disputed=True)]
    assert disputed, "the facts hold States on which sources disagree"
    page = server.visitor().get(f"/reference/instruments/{disputed[0]}").text
    assert "What each source says" in page


def test_the_line_of_the_mandate_runs_from_1540_to_2663(server: Server) -> None:
    line = [one.number for one in listings.lineage("UN.SC.1540COMMITTEE")]
    assert (line[0], line[-1]) == (1540, 2663)
    assert "30 November 2032" in server.visitor().get("/reference/resolutions").text


def test_dropped_and_new_fields_are_in_the_crosswalk() -> None:
    rows = listings.crossings("legacy_2005_2016", "revised_2017_onwards")
    assert all(row.to_field is None for row in rows if row.relation == "dropped")
    assert all(row.from_field is None for row in rows if row.relation == "new")
    assert {row.from_field for row in rows if row.from_field} == {
        field.field for field in reference.template("legacy_2005_2016").fields
    }


def test_sources_say_what_rests_on_them() -> None:
    rows = listings.sources()
    assert sum(row.uses for row in rows) > 1000
    assert rows[0].uses >= rows[-1].uses
    assert all(row.source.kind == "official" for row in listings.sources(kind="official"))
