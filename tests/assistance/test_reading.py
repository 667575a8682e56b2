"""What a document asks for is read in six languages, with the place of every part, and nothing is made up."""

import datetime as dt
from io import BytesIO

import docx
import pytest
import request_cases as cases
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from open1540 import documents, reference
from open1540.assistance.clarity import clarity
from open1540.assistance.form import read_form, value
from open1540.assistance.reading import read_request
from open1540.assistance.records import Contact, Request, Subject
from open1540.documents.tables import read_tables
from open1540.interfaces.reports.request_form import form_docx
from open1540.vocabulary import UnreadableDocument

EVERY = cases.cases()


def of(text, lang=None, state=None):
    return read_request(documents.read(text.encode(), "request.txt", lang), state=state)


def test_there_are_six_documents_or_more_in_each_language():
    counted = [case["language"] for case in EVERY]
    assert all(counted.count(lang) >= 6 for lang in reference.LANGUAGES)


def test_invented_requests_are_read_well_in_every_language():
    for language in reference.LANGUAGES:
        found = cases.figures(case for case in EVERY if case["language"] == language)
        precision, recall, counts = found["all"]
        assert precision >= 0.95, (language, cases.printed(found))
        assert recall >= 0.9, (language, cases.printed(found))
        assert counts["right"] >= 50


@pytest.mark.parametrize("part", cases.PARTS)
def test_every_part_is_read_well_over_all_languages(part):
    precision, recall, counts = cases.figures(EVERY)[part]
    assert (precision >= 0.9, recall >= 0.9, counts["right"] > 5) == (True, True, True), counts


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case["id"])
def test_every_part_read_stands_where_it_says(case):
    reading, request = cases.read(case)
    for one in request.read:
        assert reading.text[one.start : one.end] == one.text
        assert one.text.strip()
        assert one.rule.startswith(case["language"])
    for part in ("need", "existing", "outcome", "elsewhere"):
        passages = [" ".join(one.text.split()) for one in request.read if one.part == part and one.value]
        assert " ".join(value(request, part).split()) == " ".join(passages)
    parts = {one.part for one in request.read}
    said = [
        part
        for part in (*cases.PARTS, "fields", "contact.email", "contact.phone")
        if part != "email" and value(request, part) not in (None, "", ())
    ]
    assert set(said) <= parts


@pytest.mark.parametrize("case", EVERY[:12], ids=lambda case: case["id"])
def test_reading_twice_gives_the_same(case):
    assert cases.read(case) == cases.read(case)


@pytest.mark.parametrize(
    "text",
    [
        "The weather in the capital was fine.",
        "formal request to the Committee (period since the 2008 report)",
        "Le Comité s’est réuni mardi et a examiné son programme de travail.",
        "委员会星期二开会，审议了工作方案。",
    ],
)
def test_a_text_that_asks_for_nothing_gives_no_need(text):
    request = of(text)
    assert (request.need, request.subject, request.consent, request.beneficiaries) == ("", Subject(), None, None)


def on_file(state, year=""):
    return next(
        request
        for request in reference.assistance_requests(state)
        if (request.requested_on or "").startswith(year) and "formal request" not in request.subject
    )


@pytest.mark.parametrize(
    "state, year, themes, weapons, types",
    [
        ("ARM", "2008", ("physical-protection", "border-controls"), ("NW",), ("equipment",)),
        ("ARM", "2015", ("control-lists",), ("CW",), ("laboratory", "translation")),
        ("ALB", "2008", ("border-controls",), ("NW", "CW", "BW"), ("training", "equipment")),
        ("ALB", "2004", ("border-controls", "export-licensing"), ("NW", "CW", "BW"), ("equipment",)),
        ("AGO", "", (), (), ()),
        ("KHM", "", (), (), ()),
    ],
)
def test_requests_on_public_pages_read_sensibly_from_their_subjects(state, year, themes, weapons, types):
    known = on_file(state, year)
    request = of(known.subject, "en", state)
    assert request.state == state
    assert request.subject.themes == themes
    assert request.subject.weapons == weapons
    assert request.subject.types == types
    assert bool(request.need) == bool(types)


def test_a_study_is_read_as_undecided_and_not_as_a_need():
    request = of(on_file("AGO").subject, "en", "AGO")
    assert [(one.part, one.rule) for one in request.read] == [("need", "en.assistance.undecided")]


def test_the_physical_protection_of_a_nuclear_plant_is_nuclear():
    request = of("physical protection of the Armenian NPP", "en", "ARM")
    assert (request.subject.themes, request.subject.weapons) == (("physical-protection",), ("NW",))


def test_one_precise_topic_gives_the_fields_of_its_row_for_the_weapons_said():
    request = of("The Ministry of Energy of Ghana requests training on physical protection of nuclear material.")
    assert request.subject.fields == ("OP3ab.NW.physical-protection.enforcement",)


def test_different_numbers_of_people_are_left_to_a_person():
    text = (
        "The Ministry of Trade of Ghana requests training for 30 customs officers and for 12 inspectors at the border."
    )
    assert of(text).beneficiaries is None
    assert of(text.replace(" and for 12 inspectors", "")).beneficiaries == 30


def test_a_day_the_calendar_does_not_have_is_not_read():
    text = "The Ministry of Trade of Ghana requests training at the border from 1 March 2027 to 31 February 2028."
    assert of(text).subject.until != dt.date(2028, 2, 29)
    assert of(text).subject.until is None or of(text).subject.until.month != 2


def test_lines_broken_by_a_printer_do_not_break_what_is_read():
    (case,) = (case for case in EVERY if case["id"] == "en-letter-wrapped")
    request = cases.read(case)[1]
    assert "help with the security of radioactive sources during transport" in request.need
    assert any("\n" in one.text for one in request.read if one.part == "need")


def test_a_form_in_a_document_is_taken_as_it_was_filled():
    written = Request(
        state="GHA",
        requester="Ministry of Trade",
        title="Transit controls",
        subject=Subject(themes=("transit-and-re-export",), types=("training",), since=dt.date(2027, 3, 1)),
        contact=Contact(email="desk@trade.example"),
        need="Two courses on transit",
        beneficiaries=25,
        consent=True,
    )
    data = form_docx(written, "fr")
    reading = documents.read(data, "form.docx")
    request = read_request(reading, read_form(read_tables(data, "form.docx")))
    assert msgless(request) == written
    assert {one.part for one in request.read} >= {"state", "requester", "title", "need", "contact.email", "since"}
    assert all(reading.text[one.start : one.end] == one.text for one in request.read)


def msgless(request):
    return Request(**{name: getattr(request, name) for name in Request.__struct_fields__ if name != "read"})


def test_a_letter_as_word_document_is_read_like_its_text():
    case = EVERY[0]
    letter = docx.Document()
    for paragraph in case["text"].split("\n\n"):
        letter.add_paragraph(paragraph.strip())
    buffer = BytesIO()
    letter.save(buffer)
    request = read_request(documents.read(buffer.getvalue(), "letter.docx"))
    assert request.subject == cases.read(case)[1].subject
    assert request.receiver == "Botswana Revenue Service Academy"


FRAGMENTS = [
    *(sentence for case in EVERY for sentence in case["text"].replace("\n\n", "\n").split("\n") if sentence),
    *(
        "Subject:",
        "联系人：",
        "Besoin :",
        "(a) ",
        "• ",
        ":",
        "؟",
        "OP3cd.CW.border-control.legal",
        "31 February 2027",
        "99.99.9999",
    ),
    *(
        "in the first half of 2027",
        "2027年下半年",
        "a@b.example",
        "+1 2 3 4 5 6 7 8",
        "\u200f",
        "َ",
        "\u00a0",
        "12,000 officers",
    ),
]


@given(
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), min_size=1, max_size=12),
    st.sampled_from(["\n", " ", "\n\n"]),
)
# A label with nothing behind it, then a line of another kind.
@example(
    [
        "Au terme du cours, les inspecteurs travaillent.",
        "",
        "Besoin :",
        "Note verbale dated 12 January 2026 from Botswana",
    ],
    "\n",
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_of_texts_is_read_in_its_place_or_not_at_all(parts, joint):
    text = joint.join(parts)
    try:
        reading = documents.read(text.encode(errors="ignore"), "mixed.txt")
    except UnreadableDocument:
        return
    request = read_request(reading)
    assert all(reading.text[one.start : one.end] == one.text for one in request.read)
    assert request == read_request(reading)
    clarity(request, dt.date(2026, 11, 26))
