"""Prints the figures of the documents room: accuracy against the reference material, speed, memory, bad input.

Run ``make bench``. Accuracy needs the reference material in ../shared (or the folder given as first argument);
speed, memory and bad input do not. Every bar is printed beside its figure; the exit code is 1 where one is missed.
"""

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import gold
from gold import Score
from open1540.documents import read
from open1540.vocabulary import UnreadableDocument

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
missed: list[str] = []


def bar(label: str, figure: float, at_least: float, detail: object = "") -> None:
    """Print one figure beside its bar."""
    verdict = "met   " if figure >= at_least else "MISSED"
    if figure < at_least:
        missed.append(label)
    print(f"{verdict} {label:58} {figure:9.3f}  bar {at_least:9.3f}  {detail}")


def french_letter(documents: Path) -> None:
    """The letter of 1 May 2020."""
    path = documents / "letters" / "france-2020-05-01.zh.txt"
    wanted = gold.load(documents / "gold" / "france-2020-05-01.zh.json")
    reading = read(path.read_bytes(), path.name)
    for label, score, recall, precision in (
        ("paragraphs", gold.letter_paragraphs(reading, wanted), 1.0, 1.0),
        ("references", gold.letter_references(reading, wanted), 1.0, 1.0),
        ("dates", gold.letter_dates(reading, wanted), 1.0, 0.0),
        ("actor mentions", gold.letter_actors(reading, wanted), 0.95, 0.95),
    ):
        bar(f"French letter: {label}, recall", score.recall, recall, score)
        bar(f"French letter: {label}, precision", score.precision, precision)
    for family, enough in (("proposals", 4), ("demands", 5), ("measures", 7)):
        found = gold.letter_statements(reading, wanted, family)
        bar(f"French letter: {family} found", len(found), enough, f"of {len(wanted[gold.GOLD_LISTS[family]])}")
    obligations = gold.letter_obligations(reading, wanted)
    bar("French letter: obligations F1", obligations.f1, 0.85, obligations)
    bar("French letter: no symbol of its own", float(reading.document.symbol is None), 1.0)


def resolutions(documents: Path) -> None:
    """Resolutions in six languages, clean and hard-wrapped."""
    for language in LANGUAGES:
        for form, recall, exact in (("", 0.99, 0.98), (".wrapped", 0.985, 0.95)):
            _resolutions(documents, language, form, recall, exact)


def _resolutions(documents: Path, language: str, form: str, recall: float, exact: float) -> None:
    references = operative = preambular = heads = Score(0, 0, 0)
    for path in sorted((documents / "texts").glob(f"{language}_sc_*[0-9]{form}.txt")):
        wanted = gold.load(documents / "gold" / f"{path.name.split('.')[0]}.json")
        reading = read(path.read_bytes(), path.name)
        operative += gold.operative(reading, wanted)
        preambular += gold.preambular(reading, wanted)
        if wanted["n_refs"]:
            references += gold.resolution_references(reading, wanted)
        own = wanted["symbol"].replace(" ", ""), wanted["date_issued"]
        heads += Score(int((reading.document.symbol, reading.document.date) == own), 1, 1)
    name = f"resolutions {language}{form or '.clean'}"
    bar(f"{name}: references, precision", references.precision, 0.997, references)
    bar(f"{name}: references, recall", references.recall, recall)
    bar(f"{name}: operative paragraphs exact", min(operative.recall, operative.precision), exact, operative)
    bar(
        f"{name}: preambular paragraphs exact",
        min(preambular.recall, preambular.precision),
        exact,
        preambular,
    )
    bar(f"{name}: symbol and adoption date", heads.recall, 1.0, heads)


def rendered_pdfs(documents: Path) -> None:
    """Resolution 2624 printed as PDF."""
    for language in ("en", "zh", "ar"):
        path = documents / "pdf" / f"rendered_{language}_sc_2624.pdf"
        wanted = gold.load(documents / "gold" / f"{language}_sc_2624.json")
        reading = read(path.read_bytes(), path.name)
        references = gold.resolution_references(reading, wanted)
        if language == "ar":
            bar("PDF ar: references, F1", references.f1, 0.95, references)
        else:
            paragraphs = gold.operative(reading, wanted) + gold.preambular(reading, wanted)
            bar(f"PDF {language}: paragraphs exact", paragraphs.recall, 0.95, paragraphs)


def letters() -> Iterator[tuple[str, str]]:
    """The project's own sample letters."""
    for language in LANGUAGES:
        path = ROOT / "examples" / "letters" / f"invented.{language}.txt"
        yield language, path.read_text(encoding="utf-8")


def speed() -> None:
    """Megabytes of UTF-8 text a second on one core, and whether four times the text takes four times the time."""
    for language, letter in letters():
        body = letter.split("\n\n", 3)[-1]
        texts = [letter + body * (megabytes * 1_000_000 // len(body.encode())) for megabytes in (1, 4)]
        rates = [_best_rate(text.encode()) for text in texts]
        bar(f"speed {language}: MB a second, 1 MB", rates[0], 1.0)
        bar(f"speed {language}: rate at 4 MB over rate at 1 MB", rates[1] / rates[0], 0.7)


# Texts no printer sets but somebody will send: one endless sentence, brackets in brackets, notes and annexes without end.
SHAPES = {
    "one sentence": "We request help from the Committee (S/2020/347) under paragraph 3 (d) of resolution 1540 (2004) and ",
    "brackets": "We propose (we offer (we request help) and need) it, ",
    "notes": "Our country requests help.\n______\n1 A note.\n\n",
    "annexes": "Annex\nStatement by France\n\nWe request help from all.\n\n",
    "symbols": "The Committee saw S/RES/1540 (2004), S/AC.44/2004/(02)/14, A/RES/46/182; ",
}


def shapes() -> None:
    """Whether four times the text takes four times the time whatever its shape."""
    for label, shape in SHAPES.items():
        small, large = (_best_rate((shape * (size // len(shape))).encode()) for size in (100_000, 400_000))
        bar(f"shape of {label}: rate at 400 kB over rate at 100 kB", large / small, 0.6, f"{large:.2f} MB a second")


def _best_rate(data: bytes) -> float:
    """The best of three runs: what else the machine does at the time is no figure of ours."""
    rates = []
    for _ in range(3):
        start = time.process_time()
        read(data, "long.txt")
        rates.append(len(data) / 1e6 / (time.process_time() - start))
    return max(rates)


# The peak of the process itself; what getrusage tells would include the process that started it.
MEMORY = """
import re, sys
from pathlib import Path
from open1540.documents import read
reading = read(Path(sys.argv[1]).read_bytes(), "report")
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(int(peak) // 1024, reading.pages, len(reading.paragraphs))
"""


def memory(folder: Path) -> None:
    """Peak memory of a whole process that reads 300 pages, as text and as PDF."""
    pages = folder / "report.txt", folder / "report.pdf"
    letter = dict(letters())["en"]
    pages[0].write_text("\f".join([letter] * 300), encoding="utf-8")
    pages[1].write_bytes(_pdf([letter.splitlines()] * 300))
    for path in pages:
        done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
        peak, count, paragraphs = (int(part) for part in done.stdout.split())
        bar(
            f"memory {path.suffix}: megabytes under 300",
            300 - peak,
            0,
            f"{peak} MB, {count} pages, {paragraphs} paragraphs",
        )


def _pdf(pages: list[list[str]], password: str | None = None) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=password)
    for page in pages:
        height = 800
        for line in page:
            for part in [line[i : i + 100] for i in range(0, len(line), 100)]:
                canvas.drawString(50, height, part)
                height -= 12
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bad_input() -> None:
    """Files that must end in a clear error, quickly."""
    blank = _pdf([[]] * 5000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 2_000_000_000)
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "boom"}">' for i in range(12))
    cases: dict[str, Callable[[], bytes]] = {
        "empty file": lambda: b"",
        "binary": lambda: bytes(range(256)) * 1000,
        "200 MB file": lambda: b"a " * 100_000_000,
        "zip bomb DOCX": bomb.getvalue,
        "XML entity bomb": lambda: (
            f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><akomaNtoso>&e11;</akomaNtoso>'.encode()
        ),
        "PDF of 5,000 blank pages": lambda: blank,
        "truncated PDF": lambda: blank[:200],
        "encrypted PDF": lambda: _pdf([["A letter under lock and key."]], password="invented"),
        "wrong encoding": lambda: "Наша страна просит о помощи.".encode() + b"\xff\xfe\xd0",
    }
    for label, make in cases.items():
        data = make()
        start = time.perf_counter()
        try:
            read(data, label)
            error = None
        except UnreadableDocument as refused:
            error = refused
        seconds = time.perf_counter() - start
        bar(
            f"bad input: {label}, refused within 10 s",
            10 - seconds if error else -1,
            0,
            error and error.found,
        )


def main() -> int:
    """Print every figure; 1 where a bar is missed."""
    import tempfile

    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    if (shared / "documents").is_dir():
        french_letter(shared / "documents")
        resolutions(shared / "documents")
        rendered_pdfs(shared / "documents")
    else:
        print(f"skipped: accuracy, no reference material in {shared}")
    speed()
    shapes()
    with tempfile.TemporaryDirectory() as folder:
        memory(Path(folder))
    bad_input()
    print(f"\n{len(missed)} bars missed" + "".join(f"\n  {label}" for label in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
