"""Prints how well national laws are read into matrix fields, law by law and language by language.

Run ``python laws.py [FOLDER]``. Five annotated laws are looked for in ../shared (or the folder given); the invented
model laws of ``tests/cases`` are always measured, and kept apart. Every bar is printed beside its figure; the exit code
is 1 where one is missed.
"""

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from open1540.documents import read
from open1540.documents.reading import Reading

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
BARS = {"precision": 0.85, "recall": 0.80, "article": 0.95}
TRAPS_AT_MOST = 0.10
SECONDS = 0.2
BARRED = ("en", "fr", "zh")
_CITED = re.compile(
    r"第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?|附件|(?:الأولى|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة)|[LRDA]?\.?\s?\d[\d.-]*[A-Z]?(?:\s?(?:bis|ter|quater))?(?:\(\w+\))*"
)
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Gold:
    """What an annotator found in a law: the articles of each field, the fields that must be found, traps, grey fields."""

    name: str
    language: str
    text: bytes
    articles: Mapping[str, frozenset[str]]
    explicit: frozenset[str]
    traps: frozenset[str]
    grey: frozenset[str] = frozenset()


@dataclass
class Tally:
    """Counts of one law or of several."""

    fields: int = 0
    right: int = 0
    explicit: int = 0
    found: int = 0
    cited: int = 0
    cited_right: int = 0
    traps: int = 0
    trapped: int = 0
    strengths: int = 0
    strengths_right: int = 0
    misses: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Tally") -> "Tally":
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def precision(self) -> float:
        return self.right / self.fields if self.fields else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.explicit if self.explicit else 1.0

    @property
    def article(self) -> float:
        return self.cited_right / self.cited if self.cited else 1.0

    @property
    def trap_rate(self) -> float:
        return self.trapped / self.traps if self.traps else 0.0

    @property
    def strength(self) -> float:
        return self.strengths_right / self.strengths if self.strengths else 1.0


def cited(article: str) -> frozenset[str]:
    """The articles a citation names: ``s. 9(1) with s. 2 "items"`` names two."""
    return frozenset(re.sub(r"[\s.]", "", one).upper() for one in _CITED.findall(article))


def tally(gold: Gold, reading: Reading) -> Tally:
    """Compare the claims of a reading with what the annotator found."""
    proposed: dict[str, set[frozenset[str]]] = {}
    strengths: dict[str, set[str | None]] = {}
    for claim in reading.claims:
        for one in claim.fields:
            proposed.setdefault(one, set()).add(cited(claim.article or ""))
            strengths.setdefault(one, set()).add(claim.strength)
    fields = set(proposed) - gold.grey
    right = fields & set(gold.articles)
    pairs = [(one, articles) for one in right for articles in proposed[one]]
    good = [(one, articles) for one, articles in pairs if articles & gold.articles[one]]
    return Tally(
        fields=len(fields),
        right=len(right),
        explicit=len(gold.explicit),
        found=len(gold.explicit & fields),
        cited=len(pairs),
        cited_right=len(good),
        traps=len(gold.traps),
        trapped=len(gold.traps & fields),
        strengths=len(right),
        strengths_right=sum(1 for one in right if ("explicit" in strengths[one]) == (one in gold.explicit)),
        misses=[
            *(f"not found   {one} {sorted(gold.articles[one])}" for one in sorted(gold.explicit - fields)),
            *(f"not in gold {one} {_shown(proposed[one])}" for one in sorted(fields - right)),
            *(f"TRAP        {one}" for one in sorted(gold.traps & fields)),
            *(
                f"article     {one} {sorted(articles)} not in {sorted(gold.articles[one])}"
                for one, articles in sorted(pairs, key=str)
                if (one, articles) not in good
            ),
        ],
    )


def _shown(articles: Iterable[frozenset[str]]) -> list[str]:
    return sorted("+".join(sorted(one)) for one in articles)


def annotated(documents: Path) -> Iterator[Gold]:
    """The annotated laws of a folder; grey fields as each file, or the README of the reference material, lists them."""
    grey = {
        "fr_law_defense_L2342_chemical": {"OP1.cwc"},
        "en_law_mys_strategic_trade_bill_2010": {"OP678.industry-information"},
    }
    for path in sorted((documents / "gold" / "laws").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        articles: dict[str, frozenset[str]] = {}
        for entry in gold["entries"]:
            articles[entry["field"]] = articles.get(entry["field"], frozenset()) | cited(entry["article"])
        yield Gold(
            gold["law"],
            gold["language"],
            (documents / "laws" / f"{gold['law']}.txt").read_bytes(),
            articles,
            frozenset(entry["field"] for entry in gold["entries"] if entry["strength"] == "explicit"),
            frozenset(trap["field"] for trap in gold["not_supported_traps"]),
            frozenset(one["field"] for one in gold.get("grey", ())) | frozenset(grey.get(gold["law"], ())),
        )


def models(folder: Path = CASES) -> Iterator[Gold]:
    """The invented model laws with the fields expected of them."""
    for path in sorted(folder.glob("laws_*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            articles: dict[str, frozenset[str]] = {}
            explicit = set()
            for strength in ("explicit", "implied"):
                for line in case.get(strength, ()):
                    for one in spelled_out(line["fields"], case["weapons"]):
                        where = frozenset().union(*(cited(str(at)) for at in line["at"]))
                        articles[one] = articles.get(one, frozenset()) | where
                        if strength == "explicit":
                            explicit.add(one)
            yield Gold(
                case["id"],
                case["language"],
                case["text"].encode(),
                articles,
                frozenset(explicit),
                frozenset(spelled_out(case.get("absent", ()), case["weapons"])),
            )


def spelled_out(patterns: Iterable[str], weapons: Sequence[str]) -> Iterator[str]:
    """Fields of patterns such as ``OP2.*.{use,develop}.legal``; ``*`` is each weapon class of the law."""
    for pattern in patterns:
        if "*" in pattern:
            yield from spelled_out([pattern.replace("*", weapon) for weapon in weapons], weapons)
        elif braces := _BRACES.search(pattern):
            before, after = pattern[: braces.start()], pattern[braces.end() :]
            yield from spelled_out([f"{before}{one}{after}" for one in braces[1].split(",")], weapons)
        else:
            yield pattern


def measure(laws: Iterable[Gold], title: str, *, verbose: bool) -> list[str]:
    """Print the figures of some laws and of their languages; what missed a bar."""
    missed = []
    languages: dict[str, Tally] = {}
    print(f"{title:42}precision  recall article   traps strength  seconds for 50 kB")
    loaded = set[str]()
    for law in laws:
        if law.language not in loaded:
            # The vocabulary of a language is loaded once, whatever is read with it afterwards.
            loaded.add(law.language)
            started = time.process_time()
            read(law.text.decode()[:2000].encode(), "first.txt", lang=law.language)
            print(f"({law.language}: vocabulary ready in {time.process_time() - started:.2f} s)")
        started = time.process_time()
        reading = read(law.text, f"{law.name}.txt", lang=law.language, state="KEN")
        seconds = (time.process_time() - started) * 50_000 / max(len(law.text), 20_000)
        found = tally(law, reading)
        _line(law.name, found, f"{seconds:8.3f}")
        if verbose:
            print(*(f"      {miss}" for miss in found.misses), sep="\n")
        languages.setdefault(law.language, Tally())
        languages[law.language] += found
        if seconds > SECONDS:
            missed.append(f"{law.name}: seconds for 50 kB")
    for language, found in languages.items():
        _line(f"= {language}", found, "")
        if language in BARRED:
            missed += [f"{title} {language}: {name}" for name, bar in BARS.items() if getattr(found, name) < bar]
            missed += [f"{title} {language}: traps"] if found.trap_rate > TRAPS_AT_MOST else []
    _line("bar", None, "")
    return missed


def _line(name: str, found: Tally | None, note: str) -> None:
    figures = (
        (found.precision, found.recall, found.article, found.trap_rate, found.strength)
        if found
        else (*BARS.values(), TRAPS_AT_MOST, 0.0)
    )
    print(f"{name[:41]:42}" + " ".join(f"{figure:8.3f}" for figure in figures) + f" {note}")


def main() -> int:
    """Print every figure; 1 where a bar is missed. ``--verbose`` tells each field missed or wrongly proposed."""
    verbose = "--verbose" in sys.argv
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    shared = Path(given[0]) if given else ROOT.parent / "shared"
    missed = []
    if (shared / "documents" / "gold" / "laws").is_dir():
        missed += measure(annotated(shared / "documents"), "annotated laws", verbose=verbose)
    else:
        print(f"skipped: annotated laws, no reference material in {shared}")
    missed += measure(models(), "invented model laws", verbose=verbose)
    print(f"\n{len(missed)} bars missed" + "".join(f"\n  {label}" for label in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
