"""The first page, the map and the calendar: what they show to whom, in which form, how large they are."""

import datetime as dt
import re
import zlib
from pathlib import Path

import icalendar
import pytest
from serving import Server

from open1540 import reference
from open1540.interfaces.web.world import world
from open1540.workflows import matrix_changes, matrix_proposals, matrix_steps
from open1540.workflows.permissions import Person

LETTER = Path(__file__).resolve().parents[3] / "examples" / "letters" / "invented.en.txt"
FIELD = "OP2.BW.use.legal"


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    """The server with a letter for members, a draft on Italy, and a published matrix of Spain."""
    expert, committee = server.person("expert"), server.person("committee")
    matrix_proposals.propose(LETTER, database_url=server.database_url, who=expert)
    for state in ("ITA", "ESP"):
        matrix_changes.set_entry(
            state, FIELD, "?", reason="named, not found yet", database_url=server.database_url, who=expert
        )
    steps = (("send", expert), ("agree", Person("m", "contact", "ESP")), ("approve", committee), ("publish", committee))
    for verb, who in steps:
        matrix_steps.take_step("ESP", verb, database_url=server.database_url, who=who)
    return server


def shade_of(page: str, state: str) -> str:
    found = re.search(rf'<a href="/states/{state}" fill="url\(#k-([\w-]+)\)"><title>[^<]+</title>', page)
    assert found, state
    return found[1]


def test_every_state_is_a_link_with_its_name_and_status(filled: Server) -> None:
    page = filled.visitor().get("/?show=CWC&on=2026-11-25").text
    for state in reference.states():
        assert shade_of(page, state.iso3)
    assert shade_of(page, "FRA") == "bound"
    assert shade_of(page, "ISR") == "signed"
    assert shade_of(page, "EGY") == "none"
    assert "<title>Israel: signed" in page


def test_the_map_is_drawn_as_of_the_day_asked(filled: Server) -> None:
    page = filled.visitor().get("/map?show=CWC&on=1994-06-01").text
    assert shade_of(page, "AGO") != "bound"
    # States that were no Members yet on the day are not shaded.
    assert not re.search(r'<a href="/states/SSD" fill', page)


def test_a_small_state_has_a_circle_and_disputed_areas_are_neutral() -> None:
    drawn = world()
    assert drawn.states["TUV"].circle and drawn.states["MLT"].circle
    assert drawn.states["FRA"].circle is None
    assert drawn.neutral
    assert all(
        0 <= x <= drawn.width and 0 <= y <= drawn.height
        for s in drawn.states.values()
        if s.circle
        for x, y in [s.circle]
    )


def test_no_outline_runs_across_the_whole_map() -> None:
    for code, shape in world().states.items():
        assert shape.path or shape.circle, code
        for ring in shape.path.split("M")[1:]:
            steps = re.findall(r"-?\d+\.?\d*", ring.split("l", 1)[1])
            assert max(abs(float(step)) for step in steps) < 100, code


def test_a_field_of_the_matrix_shows_a_draft_only_to_whom_drafts_are_shown(filled: Server) -> None:
    address = f"/map?show={FIELD}"
    expert, visitor = filled.signed_in("expert").get(address).text, filled.visitor().get(address).text
    assert (shade_of(expert, "ITA"), shade_of(expert, "ESP"), shade_of(expert, "DEU")) == (
        "unclear",
        "unclear",
        "unknown",
    )
    assert (shade_of(visitor, "ITA"), shade_of(visitor, "ESP")) == ("unknown", "unclear")


def test_a_point_of_contact_sees_what_is_published_of_others(filled: Server) -> None:
    page = filled.signed_in("contact").get(f"/map?show={FIELD}").text
    assert (shade_of(page, "ITA"), shade_of(page, "ESP")) == ("unknown", "unclear")


def test_exports_hold_what_the_table_shows(filled: Server) -> None:
    browser = filled.visitor()
    page = browser.get("/map?show=CWC&shade=signed").text
    rows = browser.get("/map.json?show=CWC&shade=signed").json()
    assert {row["state"] for row in rows} == {"ISR"}
    assert page.count('<th scope="row">') == len(rows)
    told = browser.get("/map.metadata.json?show=CWC&shade=signed").json()
    assert told["rows"] == 1 and told["sources"]
    assert "blank" in told


def test_what_nobody_knows_is_told_in_four_parts(filled: Server) -> None:
    assert filled.visitor().get("/map?show=XYZ").status_code == 404
    assert filled.visitor().get("/map?show=CWC&on=yesterday").status_code == 422


@pytest.mark.parametrize(("path", "kilobytes"), [("/", 300), ("/map", 300), (f"/map?show={FIELD}", 300)])
def test_pages_with_the_map_are_small(filled: Server, path: str, kilobytes: int) -> None:
    assert len(zlib.compress(filled.visitor().get(path).content, 5)) < kilobytes * 1000


def test_counters_count_only_what_is_shown(filled: Server) -> None:
    def number(page: str, words: str) -> str:
        found = re.search(rf"<strong>([\d,]+)</strong>(?:<a [^>]+>)?{words}", page)
        assert found, words
        return found[1]

    expert, visitor = filled.signed_in("expert").get("/").text, filled.visitor().get("/").text
    assert number(expert, "documents") == "1"
    assert number(visitor, "documents") == "0"
    assert number(expert, "versions: draft") == "1"
    assert "versions: draft" not in visitor
    assert number(visitor, "States with a published matrix") == "1"
    assert "claims awaiting judgement" not in visitor


def test_what_changed_names_nobody_to_a_visitor(filled: Server) -> None:
    page = filled.visitor().get("/").text.split('id="lately"')[1]
    assert "matrix published" in page
    assert "Spain" in page and "Italy" not in page
    assert "committee" not in page and LETTER.name not in page
    assert "committee" in filled.signed_in("expert").get("/").text.split('id="lately"')[1]


def test_the_calendar_shows_mandates_reviews_and_dates_of_documents(filled: Server) -> None:
    points = filled.signed_in("expert").get("/calendar.json?since=2020-01-01&until=2040-01-01").json()
    mandates = [one for one in points if one["kind"] == "mandate"]
    assert {one["day"] for one in points if one["kind"] == "review"} == {"2027-11-30", "2032-11-30"}
    assert mandates
    said = [one for one in points if one["kind"] in ("deadline", "planned")]
    assert said, "the sample letter names a day ahead"
    public = filled.visitor().get("/calendar.json?since=2020-01-01&until=2040-01-01").json()
    assert not [one for one in public if one["kind"] in ("deadline", "planned")]


def test_the_calendar_file_is_read_by_a_calendar_program(filled: Server) -> None:
    answer = filled.visitor().get("/calendar.ics?since=2026-01-01&until=2040-01-01")
    assert answer.headers["content-type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(answer.content)
    ends = {str(event["summary"]): event["dtstart"].dt for event in read.walk("VEVENT")}
    committee = next(day for words, day in ends.items() if "end of the mandate" in words and "1540" in words)
    assert committee == dt.date(2032, 11, 30)
    uids = [str(event["uid"]) for event in read.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


@pytest.mark.parametrize("query", ["since=2030-01-01&until=2020-01-01", "until=2999-01-01", "since=x"])
def test_days_in_no_order_are_refused(filled: Server, query: str) -> None:
    assert filled.visitor().get(f"/calendar?{query}").status_code == 422


def test_the_page_reads_from_right_to_left_in_arabic(filled: Server) -> None:
    page = filled.visitor().get("/?lang=ar").text
    assert 'dir="rtl"' in page
    assert '<svg class="world" dir="ltr"' in page
