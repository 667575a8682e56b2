"""Offers and activities from tables kept elsewhere, and out to files again."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from open1540 import reference
from open1540.assistance import exchange_cells, exchange_files
from open1540.assistance.exchange import Heads, Record, heads, read_rows
from open1540.assistance.exchange_iati import as_iati
from open1540.assistance.form import printable
from open1540.assistance.records import Activity, Contact, Offer, Subject
from open1540.documents.tables import Tables, read_tables
from open1540.reference.labels import LANGUAGES
from open1540.reference.offer_columns import named_regions, offer_columns
from open1540.vocabulary import BadInput, UnknownCode, UnreadableDocument

AT = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
OFFER = Offer(
    id="OFF-2027-1",
    provider="Institute for Health Law (invented)",
    kind="regional organisation",
    title="=Drafting of biosecurity laws",
    subject=Subject(
        themes=("biological-security", "prohibitions"),
        fields=("OP2.BW.use.legal",),
        weapons=("BW",),
        types=("legal-drafting",),
        languages=("fr", "pt"),
        since=dt.date(2027, 1, 1),
        until=dt.date(2028, 12, 31),
    ),
    text="Two experts for ten days.\nDrafts in French.",
    states=("SEN", "CIV", "COD"),
    regions=("Western Africa", "African States"),
    capacity=3,
    conditions="An office, and 2 counterparts; travel is paid",
    contact=Contact("A. Invented", "Desk <of laws>", "laws@institute.example", "+221 555"),
    source="https://institute.example/laws",
)
ACTIVITY = Activity(
    id="ACT-2027-1",
    provider="Académie (invented)",
    title="#N/A & <seminar>",
    subject=Subject(
        themes=("border-controls",), types=("seminar",), since=dt.date(2026, 5, 4), until=dt.date(2026, 5, 6)
    ),
    states=("KEN", "TZA"),
    place="KEN",
    status="held",
    request="KEN-2026-1",
)


def _csv(*rows: tuple[str, ...], encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


def _offers(*rows: tuple[str, ...], **given_: Any) -> tuple[Any, ...]:
    tables = read_tables(_csv(*rows), "offers.csv")
    return read_rows(tables, "offer", heads(tables, "offer"), **given_)


def _bare(record: Record) -> Record:
    return msgspec.structs.replace(record, id="")


# Which column is which


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["offer", "activity"])
def test_every_heading_is_known_again_in_every_language(language: str, kind: Any) -> None:
    columns = offer_columns(kind)
    tables = read_tables(_csv(tuple(column.titles[language] for column in columns), ("x",) * len(columns)), "x.csv")
    assert heads(tables, kind).mapping == {at: column.id for at, column in enumerate(columns, 1)}


@pytest.mark.parametrize(
    ("headings", "mapping"),
    [
        (
            ("Organization", "Programme", "Country", "Start date (yyyy-mm-dd)"),
            ["provider", "title", "states", "subject.since"],
        ),
        (("Organisation", "Projet *", "PAYS", "Langues :"), ["provider", "title", "states", "subject.languages"]),
        (("Institución", "Proyecto", "Países", "Fecha de inicio"), ["provider", "title", "states", "subject.since"]),
        (("Донор", "Проект", "Страны", "Дата начала"), ["provider", "title", "states", "subject.since"]),
        (("机构", "项目", "受益国", "语言"), ["provider", "title", "states", "subject.languages"]),
        (("المنظمة", "المشروع", "البلدان", "اللغات"), ["provider", "title", "states", "subject.languages"]),
    ],
)
def test_lists_kept_elsewhere_are_mostly_understood(headings: tuple[str, ...], mapping: list[str]) -> None:
    tables = read_tables(_csv(("List of offers", "", "", ""), headings, ("a", "b", "c", "d")), "list.csv")
    found = heads(tables, "offer")
    assert (found.row, list(found.mapping.values())) == (2, mapping)
    assert found.samples == (("a", "b", "c", "d"),)


def test_a_heading_nobody_knows_is_shown_and_left_to_the_user() -> None:
    tables = read_tables(_csv(("Alpha", "Beta"), ("Course", "Centre (invented)")), "x.csv")
    found = heads(tables, "offer")
    assert (found.headings, found.mapping) == (("Alpha", "Beta"), {})
    (row,) = read_rows(tables, "offer", found, {1: "title", 2: "provider"})
    assert (row.record.title, row.record.provider) == ("Course", "Centre (invented)")


def test_the_user_corrects_the_mapping_and_names_the_provider_of_all_rows() -> None:
    rows = (("Title", "Theme"), ("Border control", "Course for officers"))
    (row,) = _offers(*rows, mapping={1: "subject.themes", 2: "title"}, provider="Centre (invented)")
    assert (row.record.title, row.record.subject.themes) == ("Course for officers", ("border-controls",))
    assert (row.record.provider, row.record.kind) == ("Centre (invented)", "other")


@pytest.mark.parametrize(
    ("mapping", "error"),
    [
        ({1: "title"}, BadInput),
        ({2: "provider"}, BadInput),
        ({1: "title", 2: "colour"}, UnknownCode),
        ({1: "title", 9: "provider"}, BadInput),
        ({0: "title", 2: "provider"}, BadInput),
        ({1: "title", 2: "title"}, BadInput),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[int, str], error: type[BadInput]) -> None:
    with pytest.raises(error) as refusal:
        _offers(("Title", "Provider"), ("a", "b"), mapping=mapping)
    assert refusal.value.remedy


# What cells say


@pytest.mark.parametrize(
    ("heading", "text", "value"),
    [
        ("subject.themes", "Contrôles aux frontières et services de répression", ("border-controls",)),
        (
            "subject.themes",
            "Брокерская деятельность и транспортные услуги; 国家管制清单",
            ("brokering-and-services", "control-lists"),
        ),
        ("subject.themes", "Transit, trans-shipment and re-export", ("transit-and-re-export",)),
        ("subject.themes", "courtage; border controls", ("brokering-and-services", "border-controls")),
        ("subject.types", "Workshops", ("seminar",)),
        ("subject.weapons", "N/C/B", ("NW", "CW", "BW")),
        ("subject.weapons", "Armas químicas; biological", ("CW", "BW")),
        ("subject.types", "Capacitación | التدريب", ("training",)),
        ("subject.languages", "EN, FR", ("en", "fr")),
        ("subject.languages", "французский؛ pt", ("fr", "pt")),
        ("states", "Кения; Uganda, SEN", ("KEN", "UGA", "SEN")),
        ("states", "Côte d’Ivoire\n刚果民主共和国", ("CIV", "COD")),
        ("states", "Bolivia (Plurinational State of)", ("BOL",)),
        ("regions", "Afrique occidentale; 中亚", ("Western Africa", "Central Asia")),
        ("subject.since", "1 марта 2027 года", dt.date(2027, 3, 1)),
        ("subject.since", "2027年3月1日", dt.date(2027, 3, 1)),
        ("subject.since", "2027-03-01", dt.date(2027, 3, 1)),
        ("capacity", "12", 12),
        ("kind", "Organización regional", "regional organisation"),
        ("withdrawn", "Oui", True),
        ("withdrawn", "нет", False),
    ],
)
def test_names_are_read_in_six_languages(heading: str, text: str, value: object) -> None:
    column = next(one for one in offer_columns("offer") if one.id == heading)
    assert exchange_cells.understood(column, text) == value


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("subject.themes", "Border controls and law enforcement; alien landings"),
        ("subject.themes", "safeguards"),
        ("subject.weapons", "lasers"),
        ("subject.languages", "Klingon"),
        ("states", "Kenya; Atlantis"),
        ("states", "Congo or so"),
        ("regions", "The South"),
        ("subject.since", "03/04/2027"),
        ("subject.since", "2027-02-30"),
        ("subject.since", "from 1 March 2027 to 2 May 2027"),
        ("subject.since", "soon"),
        ("capacity", "3 or 4"),
        ("capacity", "99999999999999"),
        ("kind", "friend"),
        ("withdrawn", "perhaps"),
        ("subject.fields", "OP2.XX.nothing"),
        ("subject.themes", "; ;"),
    ],
)
def test_what_is_not_surely_understood_is_told_in_four_parts(heading: str, text: str) -> None:
    rows = (("Title", "Provider", "X"), ("A course", "Centre (invented)", text), ("Another", "Centre (invented)", ""))
    bad, good = _offers(*rows, mapping={1: "title", 2: "provider", 3: heading})
    (problem,) = bad.problems
    assert bad.record is None
    assert (bad.number, problem.column) == (2, 3)
    assert all((problem.found, problem.expected, problem.remedy))
    assert "row 2, column 3" in problem.where
    assert good.record.title == "Another"


def test_a_row_without_a_title_or_with_days_in_the_wrong_order_is_told_too() -> None:
    rows = (("Title", "Provider", "From", "Until"), ("", "C", "", ""), ("T", "C", "2027-05-01", "2027-04-01"))
    untitled, turned = _offers(*rows)
    assert "title" in untitled.problems[0].where
    assert "period" in turned.problems[0].where
    assert "row 3" in turned.problems[0].where


def test_blank_rows_and_repeated_headings_are_passed_over() -> None:
    rows = (("Title", "Provider"), ("a", "b"), ("", ""), ("Title", "Provider"), ("c", "d"))
    assert [row.number for row in _offers(*rows)] == [2, 5]


# Files nobody should trust


def _workbook(fill: Callable[[Any], None]) -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Title", "Provider", "Until"])
    sheet.append(["A course", "Centre (invented)", dt.date(2027, 3, 1)])
    fill(sheet)
    book.save(buffer)
    return buffer.getvalue()


def _rows(data: bytes, name: str = "offers.xlsx") -> tuple[Any, ...]:
    tables = read_tables(data, name)
    return read_rows(tables, "offer", heads(tables, "offer"))


def test_a_formula_is_not_evaluated_but_told() -> None:
    good, bad = _rows(_workbook(lambda sheet: sheet.append(['=HYPERLINK("http://evil.example")', "C", ""])))
    assert good.record.subject.until == dt.date(2027, 3, 1)
    assert (bad.record, bad.problems[0].column) == (None, 1)
    assert "formula" in bad.problems[0].found


def test_a_merged_cell_is_no_value_of_every_row_it_covers() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["One", "Centre (invented)", ""])
        sheet.append(["Two", None, ""])
        sheet.merge_cells("B3:B4")

    _, one, two = _rows(_workbook(fill))
    assert one.record.title == "One"
    assert two.record is None
    assert "merged" in two.problems[0].found


def test_a_million_rows_a_bomb_and_a_wrong_encoding_are_refused_before_they_are_read() -> None:
    far = _workbook(lambda sheet: sheet.cell(row=1_000_000, column=1, value="x"))
    long = b"Title,Provider\n" + b"a,b\n" * 1_000_000
    latin = _csv(("Titre", "Prestataire"), ("Académie", "École")).decode().encode("latin-1")
    for data in (far, long, latin, _bomb(), b"", b"\x00\x01\x02", b"MZ" + bytes(64)):
        with pytest.raises(UnreadableDocument) as refusal:
            read_tables(data, "offers")
        assert refusal.value.remedy


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 400_000_000)
    return buffer.getvalue()


# Out and in again

_states = [state.iso3 for state in reference.states()]
_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@'\n;,\"#/_x"), max_size=40
)
_days = st.dates(dt.date(2004, 4, 28), dt.date(2060, 12, 31))


def _some(names: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=4, unique=True).map(tuple)


@st.composite
def _subjects(draw: st.DrawFn) -> Subject:
    days = sorted(draw(st.lists(_days, min_size=2, max_size=2)))
    return Subject(
        themes=draw(_some([theme.id for theme in reference.themes()])),
        fields=draw(_some(sorted(reference.field_ids()))),
        weapons=draw(_some(["NW", "CW", "BW"])),  # type: ignore[arg-type]
        types=draw(_some([kind.id for kind in reference.assistance_types()])),
        languages=draw(_some(["ar", "en", "es", "fr", "ru", "zh", "pt", "sw"])),
        since=draw(st.none() | st.just(days[0])),
        until=draw(st.none() | st.just(days[1])),
    )


_named = _text.map(printable).filter(bool)
_OFFERS = st.builds(
    Offer,
    provider=_named,
    kind=st.sampled_from(["State", "international organisation", "regional organisation", "other"]),
    title=_named,
    state=st.none() | st.sampled_from(_states),
    subject=_subjects(),
    text=_text.map(printable),
    states=_some(_states),
    regions=_some(list(reference.regions())),
    capacity=st.none() | st.integers(1, 1_000_000),
    conditions=_text.map(printable),
    contact=st.builds(Contact, *(_text.map(printable) for _ in range(4))),
    source=_text.map(printable),
    withdrawn=st.booleans(),
)
_ACTIVITIES = st.builds(
    Activity,
    provider=_named,
    title=_named,
    subject=_subjects(),
    states=_some(_states),
    place=st.none() | st.sampled_from(_states),
    status=st.sampled_from(["planned", "held", "cancelled"]),
    request=st.none() | st.just("KEN-2026-1"),
    plan=st.none() | st.just("PLAN-2026-1"),
    source=_text.map(printable),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_OFFERS, min_size=1, max_size=3) | st.lists(_ACTIVITIES, min_size=1, max_size=3),
    st.sampled_from(LANGUAGES),
    st.sampled_from([exchange_files.as_csv, exchange_files.as_xlsx]),
)
def test_what_is_written_is_read_back_the_same(records: list[Any], language: str, write: Any) -> None:
    kind: Any = "offer" if isinstance(records[0], Offer) else "activity"
    tables = read_tables(write(records, kind, language), "exported")
    found = heads(tables, kind)
    assert len(found.mapping) == len(offer_columns(kind))
    assert [(row.record, row.problems) for row in read_rows(tables, kind, found)] == [(one, ()) for one in records]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_written_is_read_back(language: str) -> None:
    columns = {column.id: column for column in (*offer_columns("activity"), *offer_columns("offer"))}
    names = {
        "states": tuple(_states),
        "regions": tuple(region.name for region in named_regions()),
        "subject.themes": tuple(theme.id for theme in reference.themes()),
        "subject.types": tuple(kind.id for kind in reference.assistance_types()),
        "subject.weapons": ("NW", "CW", "BW"),
        "subject.languages": LANGUAGES,
    }
    for column, ids in names.items():
        text = exchange_cells.written(columns[column], ids, language)
        assert exchange_cells.understood(columns[column], text) == ids


def test_no_cell_of_an_export_is_a_formula() -> None:
    table = list(csv.reader(io.StringIO(exchange_files.as_csv([OFFER], "offer", "en").decode("utf-8-sig"))))
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]
    tables = read_tables(exchange_files.as_xlsx([OFFER], "offer", "en"), "x.xlsx")
    assert not tables.doubts


def test_json_tells_the_record_but_not_who_wrote_it() -> None:
    written = msgspec.json.decode(
        exchange_files.as_json([msgspec.structs.replace(OFFER, by="somebody", note="why")], "offer", AT.date())
    )
    (told,) = written["records"]
    assert "by" not in told and "note" not in told
    assert msgspec.convert(told, Offer) == OFFER


# IATI

# The order of the standard's activity schema, 2.03, as far as the export goes; * may be left out or stand several times.
_ORDER = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date*",
    "contact-info*",
    "recipient-country*",
    "recipient-region*",
    "sector*",
    "tag*",
]


def _iati(records: list[Any]) -> etree._Element:
    return etree.fromstring(as_iati(records, "en", AT))


def test_the_xml_keeps_names_order_and_needs_of_the_standard() -> None:
    root = _iati([OFFER, ACTIVITY])
    assert (root.tag, root.get("version"), root.get("generated-datetime")) == (
        "iati-activities",
        "2.03",
        "2027-01-15T09:30:00Z",
    )
    assert "No body has validated" in next(one.text or "" for one in root if isinstance(one, etree._Comment))
    names = [name.rstrip("*") for name in _ORDER]
    for activity in root.iterfind("iati-activity"):
        places = [names.index(child.tag) for child in activity]
        assert places == sorted(places)
        for name in (name for name in _ORDER if not name.endswith("*")):
            assert len(activity.findall(name)) == 1 or name == "description"
        organisation = activity.find("reporting-org")
        assert organisation is not None
        assert (activity.findtext("iati-identifier") or "").startswith(f"{organisation.get('ref')}-")
        assert all(told.find("narrative") is not None for told in activity.iterfind("description"))


def test_the_xml_tells_what_the_record_tells() -> None:
    offer, activity = _iati([OFFER, ACTIVITY]).findall("iati-activity")
    assert offer.findtext("reporting-org/narrative") == OFFER.provider
    assert offer.find("reporting-org").get("type") == "40"  # type: ignore[union-attr]
    assert [one.get("code") for one in offer.iterfind("recipient-country")] == ["SN", "CI", "CD"]
    assert [(one.get("vocabulary"), one.get("code")) for one in offer.iterfind("recipient-region")] == [
        ("2", "011"),
        ("99", "African States"),
    ]
    assert [one.get("code") for one in offer.iterfind("sector")] == list(OFFER.subject.themes)
    assert [one.get("code") for one in offer.iterfind("tag")] == ["legal-drafting", "BW", "OP2.BW.use.legal"]
    assert offer.findtext("contact-info/email") == "laws@institute.example"
    assert activity.findtext("title/narrative") == "#N/A & <seminar>"
    assert activity.find("activity-status").get("code") == "3"  # type: ignore[union-attr]
    assert [(one.get("type"), one.get("iso-date")) for one in activity.iterfind("activity-date")] == [
        ("2", "2026-05-04"),
        ("4", "2026-05-06"),
    ]


def test_a_contact_that_is_not_shown_and_days_nobody_named_are_not_in_the_xml() -> None:
    (bare,) = _iati([Offer(id="O", provider="P", kind="other", title="T")]).findall("iati-activity")
    assert bare.find("contact-info") is None
    assert bare.find("activity-date") is None


def test_a_table_of_a_number_nobody_has_is_refused() -> None:
    tables: Tables = read_tables(_csv(("Title", "Provider"), ("a", "b")), "x.csv")
    with pytest.raises(BadInput, match="table 7"):
        heads(tables, "offer", 7)
    assert isinstance(heads(tables, "offer", 1), Heads)
