"""The form of a request: what is written in it comes back, also when a hand filled it its own way."""

import datetime as dt
import zipfile
from io import BytesIO

import docx
import pytest
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from open1540 import reference
from open1540.assistance.form import option_titles, read_form, says
from open1540.assistance.records import Contact, Request, Subject
from open1540.documents.tables import read_tables
from open1540.interfaces.reports.request_form import form_docx, form_paper, form_pdf
from open1540.reference import LANGUAGES
from open1540.reference.request_parts import request_form
from open1540.vocabulary import UnreadableDocument

BLANK = Request(state=None, requester="", title="")


def back(data):
    return read_form(read_tables(data, "form.docx"))


def texts(lines=True):
    signs = st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\n\t☐☒xX:|" if lines else "☐☒xX:|")
    return st.text(signs, max_size=60).map(str.strip)


def some(part):
    """Some options of a choice, in the order of the form."""
    order = list(option_titles(part))
    return st.sets(st.sampled_from(order)).map(lambda chosen: tuple(key for key in order if key in chosen))


DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
REQUESTS = st.builds(
    Request,
    state=st.none() | st.sampled_from([state.iso3 for state in reference.states()]),
    requester=texts(),
    title=texts(lines=False),
    subject=st.builds(
        Subject,
        themes=some("themes"),
        fields=st.lists(st.sampled_from(sorted(reference.field_ids())), unique=True, max_size=3).map(tuple),
        weapons=some("weapons"),
        types=some("types"),
        languages=st.tuples(some("languages"), st.sampled_from([(), ("pt",), ("mn", "sw")])).map(
            lambda two: two[0] + two[1]
        ),
        since=DAYS,
        until=DAYS,
    ),
    contact=st.builds(Contact, name=texts(), office=texts(), email=texts(), phone=texts()),
    need=texts(),
    existing=texts(),
    outcome=texts(),
    receiver=texts(),
    beneficiaries=st.none() | st.integers(0, 999_999),
    elsewhere=texts(),
    consent=st.sampled_from([None, True, False]),
)


@given(REQUESTS, st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_what_is_written_in_the_form_comes_back(request, language):
    found = back(form_docx(request, language))
    assert found.request == request
    assert (found.language, found.doubts) == (language, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_known_again_by_its_name_alone(language):
    empty = docx.Document(BytesIO(form_docx(None, language)))
    cell = form_of(empty).cell(1, 1)
    wrong = []
    for state in reference.states():
        cell.text = state.name(language)
        if back(saved(empty)).request.state != state.iso3:
            wrong.append(state.name(language))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_form_says_nothing_and_asks_everything(language):
    found = back(form_docx(None, language))
    assert (found.request, found.answers.keys() - {"weapons", "themes", "types", "languages", "consent"}) == (
        BLANK,
        set(),
    )
    (table,) = form_paper(None, language).blocks
    assert len(table.rows) == len(request_form().parts)
    assert form_pdf(None, language).startswith(b"%PDF")


def test_the_form_is_the_same_bytes_each_time():
    assert form_docx(None, "ru") == form_docx(None, "ru")


def form_of(document) -> Table:
    return document.tables[1]


def saved(document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def blank():
    return docx.Document(BytesIO(form_docx(None, "en")))


def row_of(document, part):
    return form_of(document).rows[1 + [known.id for known in request_form().parts].index(part)]


def test_words_typed_around_a_label_are_its_answer(blank):
    left = row_of(blank, "requester").cells[0]
    left.paragraphs[0].runs[0].text = "2. Ministry or organisation that asks: Ministry of Invented Affairs"
    row_of(blank, "receiver").cells[0].add_paragraph("Harbour Police School")
    found = back(saved(blank))
    assert (found.request.requester, found.request.receiver) == (
        "Ministry of Invented Affairs",
        "Harbour Police School",
    )


def test_cells_merged_and_rows_added_keep_their_answers(blank):
    table = form_of(blank)
    need = row_of(blank, "need")
    merged = need.cells[0].merge(need.cells[1])
    merged.add_paragraph("Two courses on land crossings")
    outcome = row_of(blank, "outcome")
    outcome.cells[1].text = "Two officers at each crossing"
    added = table.add_row()
    added.cells[1].text = "and one at the airport"
    outcome._tr.addnext(added._tr)
    existing = row_of(blank, "existing")
    lower = table.add_row()
    existing._tr.addnext(lower._tr)
    existing.cells[0].merge(lower.cells[0])
    existing.cells[1].text = "Six portals"
    lower.cells[1].text = "none for chemicals"
    found = back(saved(blank)).request
    assert found.need == "Two courses on land crossings"
    assert found.outcome == "Two officers at each crossing\nand one at the airport"
    assert found.existing == "Six portals\nnone for chemicals"


def test_a_column_of_numbers_before_the_labels_does_no_harm(blank):
    row_of(blank, "title").cells[1].text = "Training of inspectors"
    table = form_of(blank)
    table.add_column(200)
    for number, row in enumerate(table.rows):
        row._tr.insert(1 if row._tr[0].tag.endswith("trPr") else 0, row._tr.tc_lst[-1])
        row.cells[0].text = f"{number}."
    assert back(saved(blank)).request.title == "Training of inspectors"


@pytest.mark.parametrize(
    "lines, read",
    [
        (["☑ Training", "☐ Equipment"], ("training",)),
        (["[x] Training", "[ ] Equipment", "[X] Software"], ("training", "software")),
        (["x Training"], ("training",)),
        (["☐ x Training", "☐ Equipment X"], ("training", "equipment")),
        (["☐ Training ☒ Equipment ☐ Software"], ("equipment",)),
        (["Training, equipment"], ("training", "equipment")),
        (["Formation"], ("training",)),
        (["☐ Training"], ()),
    ],
)
def test_marks_are_understood_as_people_make_them(blank, lines, read):
    row_of(blank, "types").cells[1].text = "\n".join(lines)
    assert back(saved(blank)).request.subject.types == read


def test_all_options_without_a_box_choose_nothing_and_are_a_doubt(blank):
    row_of(blank, "weapons").cells[1].text = "Nuclear weapons\nChemical weapons\nBiological weapons"
    found = back(saved(blank))
    assert found.request.subject.weapons == ()
    assert [doubt.part for doubt in found.doubts] == ["weapons"]


@pytest.mark.parametrize(
    "part, typed, read",
    [
        ("since", "1 March 2027", dt.date(2027, 3, 1)),
        ("since", "2027-02-30", None),
        ("until", "some time next year", None),
        ("until", "2027-03-01 or 2027-04-01", None),
        ("beneficiaries", "about 1,200 officers", 1200),
        ("beneficiaries", "20 to 30", None),
        ("state", "the Republic of Armenia", "ARM"),
        ("state", "Ruritania", None),
        ("consent", "Yes", True),
        ("consent", "☐ Yes ☒ No", False),
        ("consent", "☒ Yes ☒ No", None),
        ("consent", "we shall see", None),
    ],
)
def test_an_answer_that_is_not_sure_stays_empty_and_is_a_doubt(blank, part, typed, read):
    row_of(blank, part).cells[1].text = typed
    found = back(saved(blank))
    given = getattr(found.request.subject if part in ("since", "until") else found.request, part)
    assert given == read
    assert [doubt.part for doubt in found.doubts] == ([] if read is not None else [part])


def test_fields_nobody_knows_are_left_out_and_told(blank):
    row_of(blank, "fields").cells[1].text = "OP3cd.CW.border-control.legal, OP9.XW.nothing"
    found = back(saved(blank))
    assert found.request.subject.fields == ("OP3cd.CW.border-control.legal",)
    assert [doubt.part for doubt in found.doubts] == ["fields"]


def test_rows_taken_out_leave_their_parts_empty(blank):
    row_of(blank, "title").cells[1].text = "Training"
    for part in ("need", "consent", "contact.email"):
        row = (
            row_of(blank, part)
            if part == "need"
            else next(r for r in form_of(blank).rows if label(part) in r.cells[0].text)
        )
        form_of(blank)._tbl.remove(row._tr)
    found = back(saved(blank)).request
    assert found.title == "Training" and not any(says(found, part) for part in ("need", "consent", "contact.email"))


def label(part):
    return next(known.labels["en"] for known in request_form().parts if known.id == part)


def test_a_table_of_something_else_is_no_form():
    other = docx.Document()
    other.add_table(2, 2).cell(0, 0).text = "State that asks"
    assert back(saved(other)) is None


def rewritten(data, name, content):
    """The archive with another content of one part."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for known in old.namelist():
            new.writestr(known, content if known == name else old.read(known))
    return buffer.getvalue()


HOSTILE = {
    "bomb": b"<w:document>" + b" " * 90_000_000,
    "entities": b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>',
    "outside": b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
    "broken": b"<w:document><w:p>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_form_is_refused(kind):
    with pytest.raises(UnreadableDocument):
        back(rewritten(form_docx(None, "en"), "word/document.xml", HOSTILE[kind]))


def test_a_cut_off_form_is_refused():
    with pytest.raises(UnreadableDocument):
        back(form_docx(None, "en")[:2000])
