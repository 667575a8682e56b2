"""The invented requests of tests/cases/assistance_requests.yaml, and how well they are read, part by part."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml

from open1540 import documents
from open1540.assistance.form import value
from open1540.assistance.reading import read_request
from open1540.assistance.records import Request

PATH = Path(__file__).parent.parent / "cases" / "assistance_requests.yaml"
PARTS = [
    "state",
    "requester",
    "receiver",
    "title",
    "themes",
    "weapons",
    "types",
    "languages",
    "since",
    "until",
    "beneficiaries",
    "need",
    "existing",
    "outcome",
    "elsewhere",
    "consent",
    "email",
]
NAMES = ("requester", "receiver", "title")
PASSAGES = ("need", "existing", "outcome", "elsewhere")


def cases():
    return yaml.safe_load(PATH.read_text(encoding="utf-8"))


def read(case) -> tuple[documents.Reading, Request]:
    reading = documents.read(case["text"].encode(), f"{case['id']}.txt")
    return reading, read_request(reading)


def said(request: Request, part: str):
    return value(request, "contact.email" if part == "email" else part)


def mistakes(case, request: Request) -> Iterable[tuple[str, str, object, object]]:
    """Each right, missed or wrong reading: part, ``right`` or ``missed`` or ``wrong``, what was expected, what was read."""
    expected = case["expected"]
    for part in PARTS:
        wanted, found = expected.get(part), said(request, part)
        if part in ("themes", "weapons", "types", "languages"):
            for item in sorted({*(wanted or ()), *found}):
                kind = "right" if item in found and item in (wanted or ()) else "wrong" if item in found else "missed"
                yield part, kind, item, found
            continue
        if part in PASSAGES or part in NAMES:
            yield from passage(part, wanted, found, expected)
            continue
        if wanted is not None and found == wanted:
            yield part, "right", wanted, found
            continue
        if wanted is not None:
            yield part, "missed", wanted, found
        if found not in (None, ""):
            yield part, "wrong", wanted, found


def passage(part, wanted, found, expected):
    flat = " ".join((found or "").split())
    held = wanted is not None and wanted in flat
    if held and part in NAMES:
        held = len(flat) <= 2 * len(wanted) + 20
    others = [expected[other] for other in PASSAGES if other != part and other in expected] if part in PASSAGES else []
    foreign = any(len(other) > 3 and other in flat for other in others)
    if held:
        yield part, "right", wanted, flat
    elif wanted is not None:
        yield part, "missed", wanted, flat
    if flat and (not held or foreign):
        yield part, "wrong", wanted, flat


def figures(chosen) -> dict[str, tuple[float, float, Counter]]:
    """Precision and recall of each part, and of all together."""
    counts = {part: Counter() for part in (*PARTS, "all")}
    for case in chosen:
        for part, kind, _, _ in mistakes(case, read(case)[1]):
            counts[part][kind] += 1
            counts["all"][kind] += 1
    return {part: (share(n, "wrong"), share(n, "missed"), n) for part, n in counts.items()}


def share(counts: Counter, against: str) -> float:
    return counts["right"] / (counts["right"] + counts[against]) if counts["right"] + counts[against] else 1.0


def printed(found) -> str:
    return "\n".join(
        f"{part:14} precision {p:.2f} recall {r:.2f}  ({n['right']} right, {n['wrong']} wrong, {n['missed']} missed)"
        for part, (p, r, n) in found.items()
    )


if __name__ == "__main__":
    import sys

    chosen = [
        case for case in cases() if len(sys.argv) < 2 or str(case.get("half")) == sys.argv[1] or case["id"] in sys.argv
    ]
    print(printed(figures(chosen)))
    for case in chosen:
        for part, kind, wanted, found in mistakes(case, read(case)[1]):
            if kind != "right":
                print(case["id"], part, kind, "| wanted:", wanted, "| read:", found)
