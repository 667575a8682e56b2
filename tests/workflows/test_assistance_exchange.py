"""Lists kept elsewhere: shown before anything is kept, kept row by row as chosen, and out again."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from open1540.assistance.records import Activity, Contact, Offer
from open1540.vocabulary import BadInput, NotAllowed, UnknownCode, UnreadableDocument
from open1540.workflows import assistance_exchange as exchange
from open1540.workflows import assistance_offers
from open1540.workflows.assistance_exchange import Preview
from open1540.workflows.permissions import Person

PROVIDER, EXPERT, READER = Person("institute", "provider"), Person("expert", "expert"), Person("anyone", "reader")
LIST = (
    ("Organisation", "Projet", "Thème", "Pays", "Langues", "Début", "Courriel"),
    ("Institut (inventé)", "Cours pour douaniers", "contrôles aux frontières", "Sénégal; Mali", "français", "1er mars 2027", "a@b.example"),
    ("Institut (inventé)", "Rédaction", "Courtage et services de transport", "Atlantide", "français", "", ""),
    ("Institut (inventé)", "Séminaire", "Licences d’exportation", "Togo", "fr, en", "2027-05-01", ""),
    ("Institut (inventé)", "Séminaire", "Licences d’exportation", "Togo", "fr, en", "2027-05-01", ""),
)  # fmt: skip


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite3'}"


def _csv(*rows: tuple[str, ...]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _preview(url: str, **given: Any) -> Preview:
    return exchange.preview(_csv(*LIST), "liste.csv", "offer", database_url=url, who=PROVIDER, **given)


def test_a_list_is_shown_with_its_problems_and_nothing_is_kept(url: str) -> None:
    shown = _preview(url)
    assert list(shown.mapping.values()) == [
        "provider", "title", "subject.themes", "states", "subject.languages", "subject.since", "contact.email",
    ]  # fmt: skip
    assert shown.sound == (2, 4)
    assert shown.known == {5: "row 4"}
    (problem,) = next(row.problems for row in shown.rows if row.number == 3)
    assert "Atlantide" in problem.found
    assert assistance_offers.offers(database_url=url, who=PROVIDER) == ()


def test_the_rows_chosen_are_kept_as_if_written_by_hand(url: str) -> None:
    kept = exchange.keep_rows(_preview(url), [2, 4], database_url=url, who=PROVIDER)
    assert [one.number for one in kept] == [1, 1]
    first = assistance_offers.offer(kept[0].id, database_url=url, who=PROVIDER)
    assert (first.offer.states, first.offer.subject.since) == (("SEN", "MLI"), dt.date(2027, 3, 1))
    assert (first.offer.by, first.offer.note, first.may_change) == ("institute", "from liste.csv", True)
    again = _preview(url)
    assert again.sound == ()
    assert again.known[2] == kept[0].id


@pytest.mark.parametrize(
    ("chosen", "error", "words"),
    [
        ([2, 3], BadInput, "Atlantide"),
        ([2, 99], UnknownCode, "row 99"),
        ([], BadInput, "no row"),
        ([4, 5], BadInput, "row 4"),
    ],
)
def test_nothing_is_kept_where_one_row_chosen_cannot_be(
    url: str, chosen: list[int], error: type[BadInput], words: str
) -> None:
    with pytest.raises(error, match=words) as refusal:
        exchange.keep_rows(_preview(url), chosen, database_url=url, who=PROVIDER)
    assert refusal.value.remedy
    assert assistance_offers.offers(database_url=url, who=PROVIDER) == ()


def test_the_mapping_is_corrected_and_the_row_is_good(url: str) -> None:
    guessed = exchange.file_headings(_csv(*LIST), "liste.csv", "offer", who=PROVIDER).mapping
    corrected = {number: column for number, column in guessed.items() if column != "states"}
    shown = _preview(url, mapping=corrected)
    assert shown.sound == (2, 3, 4)


def test_only_those_who_offer_bring_lists_and_files_of_another_kind_are_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        exchange.preview(_csv(*LIST), "liste.csv", "offer", database_url=url, who=READER)
    with pytest.raises(NotAllowed):
        exchange.keep_rows(_preview(url), [2], database_url=url, who=READER)
    for data in (b"", b"\xff\xfe\x00\xd8,", "Titre,Prestataire\né,è".encode("latin-1"), b"PK\x03\x04 broken"):
        with pytest.raises(UnreadableDocument):
            exchange.preview(data, "liste.csv", "offer", database_url=url, who=PROVIDER)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_is_known_again_row_by_row(url: str, form: Any) -> None:
    kept = exchange.keep_rows(_preview(url), [2, 4], database_url=url, who=PROVIDER)
    written = exchange.exported("offer", form, database_url=url, who=PROVIDER, language="ru")
    again = exchange.preview(written, f"offers.{form}", "offer", database_url=url, who=PROVIDER)
    assert (again.sound, set(again.known.values())) == ((), {one.id for one in kept})


def test_contacts_leave_the_house_only_for_those_who_may_match(url: str) -> None:
    exchange.keep_rows(_preview(url), [2], database_url=url, who=PROVIDER)
    for form in exchange.FORMS:
        for who, shown in ((PROVIDER, True), (READER, False)):
            written = exchange.exported("offer", form, database_url=url, who=who)
            if form != "xlsx":
                assert (b"a@b.example" in written) is shown
    told = msgspec.json.decode(exchange.exported("offer", "json", database_url=url, who=READER))
    assert msgspec.convert(told["records"][0], Offer).contact == Contact()


def test_activities_come_in_and_go_out_too(url: str) -> None:
    heads = ("Title", "Provider", "Participating States", "Host", "Status", "From")
    data = _csv(heads, ("Seminar (invented)", "Academy (invented)", "Kenya, Uganda", "Kenya", "Held", "2026-05-04"))
    shown = exchange.preview(data, "list.csv", "activity", database_url=url, who=EXPERT)
    (kept,) = exchange.keep_rows(shown, shown.sound, database_url=url, who=EXPERT)
    assert isinstance(kept, Activity)
    assert (kept.states, kept.place, kept.status) == (("KEN", "UGA"), "KEN", "held")
    xml = exchange.exported("activity", "xml", database_url=url, who=READER)
    assert etree.fromstring(xml).findtext("iati-activity/title/narrative") == "Seminar (invented)"


def test_a_file_on_disk_is_read_like_one_sent(url: str, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(_csv(*LIST))
    shown = exchange.preview_file(path, "offer", database_url=url, who=PROVIDER)
    assert shown == _preview(url)


@pytest.mark.parametrize(("form", "language"), [("pdf", "en"), ("csv", "de")])
def test_a_form_or_language_there_is_none_of_is_refused(url: str, form: Any, language: str) -> None:
    with pytest.raises(UnknownCode):
        exchange.exported("offer", form, database_url=url, who=READER, language=language)
