"""Every file of a review, by its path in the folder: report, workbook, tables, charts, maps, and a manifest of them all."""

import hashlib
from collections.abc import Callable, Iterator, Mapping

import msgspec

import open1540
from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import review_charts, review_flat, review_map, review_report, review_xlsx
from open1540.interfaces.reports.review_words import Words
from open1540.workflows.review import Grouped, Reviewed

MANIFEST = "manifest.json"
KIND = "open1540 review"


class WrittenFile(msgspec.Struct, frozen=True):
    """A file of the folder with its hash."""

    path: str
    sha256: str
    size: int


def files(made: Reviewed, translator: Translator, advance: Callable[[], None] = lambda: None) -> dict[str, bytes]:
    """The files of a review in a language, by path; the same review gives the same bytes. The manifest is the last.

    Raises JobFailed where this machine lacks a font for the report.
    """
    words = Words(translator, reference.template(made.asked.template), made.asked.on)
    found = {f"tables/{table.id}.csv": review_flat.as_csv(table, words) for table in made.tables}
    charts = {}
    for name, spec in review_charts.specs(made.tables, words).items():
        charts[name] = review_charts.as_svg(spec)
        found[f"charts/{name}.vl.json"], found[f"charts/{name}.svg"] = (
            review_charts.as_json(spec),
            charts[name].encode(),
        )
        advance()
    maps = []
    for layer in made.layers:
        spec, name = review_map.spec(layer, words), f"charts/map-{layer.id}"
        svg = review_map.as_svg(spec)
        found[f"{name}.vl.json"], found[f"{name}.svg"] = review_map.as_json(spec), svg.encode()
        plain = review_map.as_svg(review_map.bare(spec))
        maps.append((review_map.title(layer, words), plain, review_map.disclaimers(words)))
        advance()
    title = review_report.title(made, words)
    head = [*review_report.facts(made, words), *((words.t("Caveat"), told) for told in review_report.caveats(words))]
    found["review.xlsx"] = review_xlsx.as_xlsx(
        made.tables, head, f"{title}: {review_report.subtitle(made, words)}", words
    )
    found["review.pdf"] = review_report.as_pdf(review_report.report(made, charts, maps, words))
    advance()
    return {**found, MANIFEST: manifest(made, words.language, found)}


def steps(made: Reviewed) -> int:
    """How often ``files`` advances, at most."""
    return len(review_charts.CHARTS) + len(made.layers) + 1


def manifest(made: Reviewed | Grouped, language: str, found: Mapping[str, bytes]) -> bytes:
    """What was asked, what it rests on and what was written, as JSON; nothing of the clock or the machine."""
    told = {
        "kind": KIND,
        "open1540": open1540.__version__,
        "language": language,
        "asked": made.asked,
        "days": made.days,
        "facts": made.facts,
        "files": list(written(found)),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def written(found: Mapping[str, bytes]) -> Iterator[WrittenFile]:
    """Each file with its hash, in the order of the paths."""
    for path in sorted(found):
        yield WrittenFile(path, hashlib.sha256(found[path]).hexdigest(), len(found[path]))
