"""What a review writes, read again; the command and the folder it writes to. Matrices are invented and say so."""

import csv
import datetime as dt
import io
import json
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import msgspec
import openpyxl
import pypdfium2
import pytest
from lxml import etree

import synthetic
from open1540 import reference, store
from open1540.interfaces.cli import app as commands
from open1540.interfaces.cli import folders
from open1540.interfaces.language import LANGUAGES, Translator, _catalogue
from open1540.interfaces.reports import (
    review_charts,
    review_files,
    review_flat,
    review_group,
    review_map,
    review_report,
)
from open1540.interfaces.reports.review_words import Words
from open1540.matrix.record import STEPS, Version
from open1540.review.groups import regions
from open1540.vocabulary import Entry
from open1540.workflows import permissions, review

ON = dt.date(2026, 11, 1)
WHO = permissions.Person("tester")
TEMPLATE = reference.template("legacy_2005_2016")
MADE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
EVIL = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with an invented matrix of every State on two days, one of them with a citation like a formula."""
    where = f"sqlite:///{tmp_path_factory.mktemp('review') / 'records.sqlite3'}"
    kept = store.open(where)
    for number, (day, share) in enumerate(((dt.date(2020, 1, 1), 0.2), (dt.date(2026, 1, 1), 0.4))):
        for state, entries in synthetic.matrices(day, TEMPLATE.fields, share).items():
            evil = (
                Entry(state, "OP1.npt", "X", (EVIL,), "+1", basis="law"),
                *(e for e in entries if e.field != "OP1.npt"),
            )
            kept.add_version(Version(state, 0, TEMPLATE.id, day, evil, MADE, "tester"), number or None)
    kept.close()
    return where


@pytest.fixture(scope="module")
def made(url: str) -> review.Reviewed:
    return review.comprehensive(
        database_url=url, who=WHO, on=str(ON), against=["2021-04-25"], maps=["BWC", "OP2.CW.finance.legal"]
    )


@pytest.fixture(scope="module")
def files(made: review.Reviewed) -> dict[str, bytes]:
    return review_files.files(made, Translator("en"))


def open1540(*words: str) -> int:
    return commands.run(["review", *words])


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    open1540(*words, "--json")
    return json.loads(capsys.readouterr().out)


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


class Strict(Translator):
    """A translator that notes every text its catalogue does not have."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.missing: set[str] = set()

    def __call__(self, text: str) -> str:
        if text not in _catalogue(self.language):
            self.missing.add(text)
        return super().__call__(text)


def everything_said(made: review.Reviewed, words: Words) -> Iterable[object]:
    """Every text of every output of a review, without drawing any."""
    yield from review_charts.specs(made.tables, words).values()
    for layer in made.layers:
        yield review_map.spec(layer, words)
    for table in made.tables:
        yield review_flat.headings(table, words)
        yield list(review_flat.rows(table, words))
        yield [
            words.cell(column.kind, cell) for row in table.rows for column, cell in zip(table.columns, row, strict=True)
        ]
    yield review_report.report(made, {}, [], words)


@pytest.fixture(scope="module")
def said(made: review.Reviewed, url: str, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """A full and an empty review, a region and a pack: what can be said at all."""
    nothing = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'records.sqlite3'}"
    return [
        made,
        review.comprehensive(database_url=nothing, who=WHO, on=str(ON)),
        review.region(database_url=url, who=WHO, on=str(ON), regions=["Western Africa"]),
        review.compare(["FRA", "DEU"], database_url=url, who=WHO, on=str(ON)),
    ]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_text_of_a_review_is_missing(language: str, said: list[Any]) -> None:
    t = Strict(language)
    words = Words(t, TEMPLATE, ON)
    for one in said[:2]:
        assert list(everything_said(one, words))
    for grouped in said[2:]:
        assert review_group.group_report(grouped, words).chapters
        assert [list(review_flat.rows(one, words)) for one in grouped.tables]
    for text in (
        *STEPS,
        *permissions.table().roles,
        *(region.name for region in regions([s.iso3 for s in reference.states()])),
    ):
        t(text)
    for template in reference.templates():
        t(template.title)
    assert not t.missing


def test_csv_and_workbook_hold_the_tables(made: review.Reviewed, files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["review.xlsx"]))
    for one in made.tables:
        lines = list(csv.reader(io.StringIO(files[f"tables/{one.id}.csv"].decode("utf-8-sig"))))
        assert len(lines) == len(one.rows) + 1, one.id
        assert len({len(line) for line in lines}) == 1, one.id
        sheet = list(book[one.id[:31]].iter_rows(values_only=True))
        assert len(sheet) == len(lines) + len(one.notes) + 2, one.id
    shares = [row[-1] for row in book["recorded-by-section"].iter_rows(min_row=5, values_only=True)]
    assert shares == list(made.review.table("recorded-by-section").column("share recorded"))


def test_no_cell_is_a_formula(url: str, made: review.Reviewed) -> None:
    grouped = review.compare(["FRA", "DEU"], database_url=url, who=WHO, on=str(ON))
    written = review_group.folder(grouped, Translator("en"), ["xlsx", "csv"])
    cells = [
        cell
        for page in openpyxl.load_workbook(io.BytesIO(written["compare.xlsx"]))
        for row in page.iter_rows()
        for cell in row
    ]
    assert any(EVIL in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    lines = csv.reader(io.StringIO(written["tables/side-by-side.csv"].decode("utf-8-sig")))
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Comprehensive review", "At a glance", "No State is scored or ranked")),
        ("zh", ("第1540(2004)号决议执行情况全面审查", "此处不对任何国家打分或排名")),
        ("ar", ("1540", "2004")),
    ],
)
def test_the_report_can_be_read(
    made: review.Reviewed, files: dict[str, bytes], language: str, words: tuple[str, ...]
) -> None:
    written = files if language == "en" else review_files.files(made, Translator(language))
    text = pdf_text(written["review.pdf"])
    flat = "".join(text.split())
    for word in words:
        assert "".join(word.split()) in flat
    assert "\ufffd" not in text
    assert 10 <= pages(written["review.pdf"]) <= 26
    if language == "ar":
        # Arabic letters, in whatever order the page keeps them.
        assert sum("\u0600" <= sign <= "\u06ff" or "\ufb50" <= sign <= "\ufefc" for sign in text) > 3000


def test_the_same_review_gives_the_same_bytes(made: review.Reviewed, files: dict[str, bytes]) -> None:
    again = review_files.files(made, Translator("en"))
    assert list(again) == list(files)
    assert [name for name in files if files[name] != again[name]] == []


def test_charts_hold_their_data_and_fetch_nothing(files: dict[str, bytes]) -> None:
    specs = {name: json.loads(data) for name, data in files.items() if name.endswith(".vl.json")}
    assert {f"charts/{name}.vl.json" for name in review_charts.CHARTS} <= set(specs)
    for name, spec in specs.items():
        assert '"url"' not in json.dumps({key: part for key, part in spec.items() if key != "$schema"}), name
        assert files[name.replace(".vl.json", ".svg")].startswith(b"<svg"), name


def test_arabic_charts_stand_line_by_line_in_letters_a_viewer_has(made: review.Reviewed) -> None:
    words = Words(Translator("ar"), TEMPLATE, ON)
    specs = review_charts.specs(made.tables, words)
    for name in ("recorded-by-region", "recorded-by-obligation"):
        drawn = etree.fromstring(review_charts.as_svg(specs[name]).encode())
        texts = list(drawn.iter("{http://www.w3.org/2000/svg}text"))
        assert texts
        for text in texts:
            inside = list(text)
            assert all(part.get("dy") is None for part in inside), "one line a text"
            latin = "".join(text.xpath("text()"))
            assert not any(sign.isascii() and sign.isalnum() for sign in latin), "Latin letters name their family"


def test_the_map_colours_states_and_leaves_disputed_areas_neutral(made: review.Reviewed) -> None:
    words = Words(Translator("en"), TEMPLATE, ON)
    spec = review_map.spec(made.layers[0], words)
    areas = spec["layer"][0]["data"]["values"]["objects"]["countries"]["geometries"]
    shade = {area["id"]: area["properties"]["shade"] for area in areas}
    assert {shade[area] for area in ("ESH", "XKX", "FLK", "KAS", "ATA", "GRL")} == {"not shown"}
    assert shade["TWN"] == shade["CHN"]
    drawn = {area["id"] for area in areas}
    assert {state.iso3 for state in reference.states()} <= drawn
    assert "do not imply official endorsement" in " ".join(spec["title"]["subtitle"])
    codes = {value["properties"]["shade"] for value in spec["layer"][1]["data"]["values"]}
    assert codes <= set(spec["layer"][0]["encoding"]["color"]["scale"]["domain"])


def test_no_state_stands_beside_a_figure_in_any_output(made: review.Reviewed, files: dict[str, bytes]) -> None:
    names = {state.name() for state in reference.states()} | {state.iso3 for state in reference.states()}
    for name, data in files.items():
        if name.startswith("tables/"):
            for line in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
                numbers = [cell for cell in line if cell.replace(".", "").isdigit()]
                assert not (names & set(line) and numbers), (name, line)


def test_the_manifest_names_versions_facts_and_files(files: dict[str, bytes], made: review.Reviewed) -> None:
    told = json.loads(files["manifest.json"])
    assert told["asked"]["on"] == "2026-11-01"
    assert told["days"][1]["versions"][0]["sha256"] == made.days[1].versions[0].sha256
    assert {one["path"]: one["sha256"] for one in told["files"]} == {
        one.path: one.sha256 for one in review_files.written({n: d for n, d in files.items() if n != "manifest.json"})
    }
    assert {one["path"] for one in told["facts"]} == set(review.FACTS)


@pytest.mark.parametrize("kind", ["region", "compare"])
def test_group_files_can_be_read(url: str, kind: str) -> None:
    grouped = (
        review.region(database_url=url, who=WHO, on=str(ON), regions=["Caribbean"])
        if kind == "region"
        else review.compare(["FRA", "JPN"], database_url=url, who=WHO, on=str(ON))
    )
    first, second = (review_group.folder(grouped, Translator("fr")) for _ in range(2))
    assert first == second
    said = docx.Document(io.BytesIO(first[f"{kind}.docx"]))
    cells = {cell.text for one in said.tables for row in one.rows for cell in row.cells}
    assert any(synthetic.MARK in cell for cell in cells)
    assert synthetic.MARK in pdf_text(first[f"{kind}.pdf"])
    assert json.loads(first["manifest.json"])["asked"]["states"] == list(grouped.asked.states)


def test_the_command_writes_a_folder_and_writes_it_again(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "review"
    words = ("--on", str(ON), "--region", "Caribbean", "--out", str(out), "--database-url", url)
    assert open1540(*words) == 0
    first = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert (out / "review.pdf").is_file()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert open1540(*words) == 0
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert all((out / name).read_bytes() == data for name, data in first.items())
    assert not [path for path in (*out.iterdir(), *out.parent.iterdir()) if path.name.endswith(".partial")]
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "wrote" in shown.err


def test_what_an_earlier_run_left_is_taken_away(tmp_path: Path) -> None:
    def write(*names: str) -> None:
        found = {name: name.encode() for name in names}
        manifest = json.dumps({"kind": "k", "files": [{"path": name} for name in names]}).encode()
        folders.write_folder(tmp_path / "out", {**found, "m.json": manifest}, manifest="m.json", kind="k")

    write("a.csv", "b/c.csv")
    write("a.csv")
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.csv")) == ["a.csv"]


def test_a_manifest_that_points_outside_takes_nothing_away(tmp_path: Path) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine.txt"
    out.mkdir()
    mine.write_text("mine", encoding="utf-8")
    (out / "m.json").write_text(json.dumps({"kind": "k", "files": [{"path": "../mine.txt"}, {"path": str(mine)}]}))
    folders.write_folder(out, {"a": b"1", "m.json": b"{}"}, manifest="m.json", kind="k")
    assert mine.read_text(encoding="utf-8") == "mine"


def test_foreign_files_of_the_same_name_are_never_overwritten(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "review.pdf").write_bytes(b"mine")
    told = answer(capsys, "--on", str(ON), "--states", "FRA,DEU", "--out", str(tmp_path), "--database-url", url)
    assert "review.pdf" in told["error"]["found"]
    assert [path.name for path in tmp_path.iterdir()] == ["review.pdf"]
    assert (tmp_path / "review.pdf").read_bytes() == b"mine"


@pytest.mark.skipif(os.geteuid() != 0 and sys.platform != "linux", reason="needs a folder nobody can write to")
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str) -> None:
    # Root may write anywhere but below a file, and below what the kernel keeps.
    below = tmp_path / "file"
    below.write_bytes(b"x")
    for place in (below, below / "out", Path("/proc/review")):
        told = answer(capsys, "--on", str(ON), "--states", "FRA", "--out", str(place), "--database-url", url)
        assert told["error"]["where"] == str(place)
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.geteuid() != 0:
        told = answer(capsys, "--on", str(ON), "--states", "FRA", "--out", str(locked), "--database-url", url)
        assert "cannot be written" in told["error"]["found"]
    locked.chmod(0o700)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--out", "x", "--on", "tomorrow"], "tomorrow"),
        (["--out", "x", "--region", "Atlantis"], "Atlantis"),
        (["--out", "x", "--states", "FRA,XXX"], "XXX"),
        (["--out", "x", "--weights", "unknown=lots"], "lots"),
        (["--out", "x", "--template", "1999"], "1999"),
        (["--out", "x", "--lang", "de"], "de"),
        (["--out", "x", "--on", "2021-01-01", "--against", "2026-01-01"], "not before"),
        (["--on", "2021-01-01", "region", "Caribbean", "--out", "x"], "before `region`"),
        (["region", "--out", "x"], "no region"),
        (["region", "Atlantis", "--out", "x"], "Atlantis"),
        (["compare", "FRA", "--out", "x"], "group of 1"),
        (["compare", "FRA", "DEU", "--out", "pack.odt"], "odt"),
        (["compare", "FRA", "DEU", "--to", "odt", "--out", "x"], "odt"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    words: list[str], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPEN1540_DATABASE_URL", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    assert open1540(*words, "--json") == 2
    assert found in json.loads(capsys.readouterr().out)["error"]["found"]
    assert not (tmp_path / "x").exists()


def test_a_review_without_a_place_to_write_to_needs_json(capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert open1540("--database-url", url) == 2
    capsys.readouterr()
    told = answer(capsys, "--on", str(ON), "--states", "FRA", "--database-url", url)
    assert told["asked"]["states"] == ["FRA"]
    assert msgspec.convert(told["tables"][0]["id"], str)
    assert told["files"] == []


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "csv"])
def test_a_pack_is_one_file_where_one_is_named(form: str, url: str, tmp_path: Path) -> None:
    file = tmp_path / f"pack.{form}"
    assert open1540("compare", "FRA", "DEU", "--on", str(ON), "--out", str(file), "--database-url", url) == 0
    assert file.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("states", [["FRA"], ["Bolivia (Plurinational State of)"]])
def test_one_state_can_be_reviewed(states: list[str], url: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "--on", str(ON), "--states", *states, "--database-url", url)
    assert len(told["asked"]["states"]) == 1
