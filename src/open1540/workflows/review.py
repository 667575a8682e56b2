"""The comprehensive review and regional work: matrices of many States, each as the role is shown it, told together."""

import csv
import datetime as dt
import difflib
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from open1540 import reference, review
from open1540.matrix.crosswalk import carry
from open1540.matrix.record import Step, Version, standing_template
from open1540.matrix.section_one import meaning, section_one
from open1540.reference import Template, facts
from open1540.review import Cells, Review, Table
from open1540.review.cells import CODES
from open1540.store import Store
from open1540.vocabulary import BadInput, Code, Entry, NotAllowed, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.permissions import Person

DEFAULT_MAP = ("BWC",)
MOST_DAYS = 12
MAX_WEIGHTS = 64 * 1024
# The files of facts a review rests on.
FACTS = (
    "states/states.csv",
    "states/status.csv",
    "states/instruments.csv",
    "states/assistance_requests.csv",
    "status_codes.yaml",
    "matrix_templates/templates.yaml",
    "matrix_templates/crosswalk.csv",
    "obligations.yaml",
    "themes.yaml",
    "pathways.yaml",
    "review_weights.yaml",
    "map/areas.yaml",
    "map/world-50m.json",
)
Shade = Literal["recorded", "unclear", "not applicable", "none", "unknown"]
_SHADES: dict[Code, Shade] = {"X": "recorded", "?": "unclear", "NA": "not applicable", "": "unknown"}
_SPOKEN = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_Pairs = Iterator[tuple[str, Sequence[Entry]]]
Advance = Callable[[], None]


class Used(msgspec.Struct, frozen=True):
    """A version taken into the review; ``sha256`` is that of its entries as they are kept."""

    state: str
    number: int
    template: str
    as_of: dt.date
    step: Step
    sha256: str


class Day(msgspec.Struct, frozen=True):
    """What a day of the review rests on.

    Attributes:
        versions: one for each State that has one the role is shown.
        from_facts: States without; section I comes from the facts, all else is unknown.
        not_carried: entries of other templates that no field of this one takes over, by State.
    """

    day: dt.date
    versions: tuple[Used, ...]
    from_facts: tuple[str, ...]
    not_carried: dict[str, int]


class Layer(msgspec.Struct, frozen=True):
    """What a map shows of one instrument or one field: a shade for each State of the review."""

    id: str
    kind: Literal["instrument", "field"]
    shades: dict[str, Shade]


class FactFile(msgspec.Struct, frozen=True):
    """A file of facts the answer rests on; ``as_of`` is the latest day its rows speak of."""

    path: str
    sha256: str
    as_of: str | None


class Asked(msgspec.Struct, frozen=True):
    """What was asked, with every default filled in."""

    on: dt.date
    against: tuple[dt.date, ...]
    regions: tuple[str, ...]
    states: tuple[str, ...]
    template: str
    role: str
    weights: dict[str, float] = {}
    maps: tuple[str, ...] = ()


class Reviewed(msgspec.Struct, frozen=True):
    """A review with all it rests on."""

    asked: Asked
    review: Review
    days: tuple[Day, ...]
    layers: tuple[Layer, ...]
    facts: tuple[FactFile, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every answer, in the order of the report."""
        return self.review.tables


class Grouped(msgspec.Struct, frozen=True):
    """The analysis of a group of States, or a pack of a few side by side, with all it rests on."""

    asked: Asked
    kind: Literal["region", "compare"]
    tables: tuple[Table, ...]
    days: tuple[Day, ...]
    facts: tuple[FactFile, ...]


def comprehensive(
    *,
    database_url: str | None,
    who: Person,
    on: str | None = None,
    against: Sequence[str] = (),
    regions: Sequence[str] = (),
    states: Sequence[str] = (),
    template: str | None = None,
    weights: Mapping[str, float] | None = None,
    maps: Sequence[str] = DEFAULT_MAP,
    advance: Advance = lambda: None,
) -> Reviewed:
    """Review the record of all Member States, or of some, as of a day and against earlier ones.

    Arguments:
        on: the day, ISO; default today. against: earlier days to compare with.
        regions: names of regional groups or M49 regions; states: codes or names. Both together add up.
        template: id of the template to tell all in; default the one in use here.
        weights: of the components of a priority.
        maps: an instrument or a matrix field for each map.
        advance: called once for each State and day.

    Raises BadInput for days in the wrong order or weights that mean nothing, UnknownCode for what nobody knows, NotAllowed for a
    point of contact who asks about other States.
    """
    asked = _asked(on, against, regions, states, template, who, weights, maps)
    days, told = [], []
    with opened(database_url) as store:
        for day in (*asked.against, asked.on):
            rests = _Rests(day)
            pairs = _matrices(store, asked, who, rests, advance)
            told.append(review.cells(day, pairs, reference.template(asked.template).fields))
            days.append(rests.told())
    found = review.over(told, asked.weights)
    layers = tuple(_layer(wanted, told[-1], asked.on) for wanted in asked.maps)
    return Reviewed(asked, found, tuple(days), layers, fact_files())


def region(
    *,
    database_url: str | None,
    who: Person,
    regions: Sequence[str] = (),
    states: Sequence[str] = (),
    on: str | None = None,
    template: str | None = None,
) -> Grouped:
    """Analyse the matrices of the States of a region, or of any group, together. Raises as ``comprehensive`` does."""
    if not regions and not states:
        raise BadInput(
            "no region and no State",
            expected='a region such as "Western Africa", or --states with two or more',
            where="review region",
            remedy="name one; regions are those of the General Assembly's groups and of M49",
        )
    return _group("region", _asked(on, (), regions, states, template, who), database_url, who)


def compare(
    states: Sequence[str], *, database_url: str | None, who: Person, on: str | None = None, template: str | None = None
) -> Grouped:
    """Two to four States side by side, each cell with its citation, for a peer review. Raises as ``comprehensive`` does."""
    return _group("compare", _asked(on, (), (), states, template, who), database_url, who)


def number_of_states(regions: Sequence[str], states: Sequence[str]) -> int:
    """How many States regions and States named make together. Raises UnknownCode for what nobody knows."""
    return len(_chosen(regions, states)[0])


def weights_from(written: Sequence[str]) -> dict[str, float]:
    """Weights as a user writes them: ``unknown=2``, or the name of a YAML or JSON file with a line for each component.

    Raises BadInput for anything else, and for weights that mean nothing.
    """
    found: dict[str, float] = {}
    for one in written:
        name, sign, value = one.partition("=")
        pairs = {name: value} if sign and not Path(one).is_file() else _weights_file(Path(one))
        for component, weight in pairs.items():
            found[str(component).strip().replace("-", " ").replace("_", " ")] = _number(component, weight)
    return review.checked(found)


def weights_named(written: Mapping[str, str]) -> dict[str, float]:
    """Weights by the names of their components. Raises BadInput as ``weights_from`` does; no file is looked for."""
    return review.checked({component: _number(component, weight) for component, weight in written.items()})


def fact_files() -> tuple[FactFile, ...]:
    """The files of facts a review rests on, each with its hash."""
    return tuple(
        FactFile(path, hashlib.sha256(content).hexdigest(), _as_of(path, content))
        for path in FACTS
        for content in [facts.content(path)]
    )


def _group(kind: Literal["region", "compare"], asked: Asked, database_url: str | None, who: Person) -> Grouped:
    rests = _Rests(asked.on)
    with opened(database_url) as store:
        matrices = dict(_matrices(store, asked, who, rests, lambda: None))
    tell = review.side_by_side if kind == "compare" else review.analysis
    tables = tuple(tell(asked.on, matrices, reference.template(asked.template).fields))
    return Grouped(asked, kind, tables, (rests.told(),), fact_files())


class _Rests:
    """Notes, while matrices are read one after the other, what each rests on."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.versions: list[Used] = []
        self.from_facts: list[str] = []
        self.not_carried: dict[str, int] = {}

    def told(self) -> Day:
        return Day(self.day, tuple(self.versions), tuple(self.from_facts), self.not_carried)


def _matrices(store: Store, asked: Asked, who: Person, rests: _Rests, advance: Advance) -> _Pairs:
    """Each State of the review with its entries on a day, in the order of the codes."""
    template, wanted = reference.template(asked.template), _existing(asked.states, rests.day)
    sees = who.sees
    standing = store.versions_standing(rests.day, sees.sees, withheld=sees.withheld, states=wanted)
    missing = dict.fromkeys(wanted)
    for version, sha256 in standing:
        missing.pop(version.state, None)
        rests.versions.append(
            Used(version.state, version.number, version.template, version.as_of, version.step, sha256)
        )
        yield version.state, _carried(version, template, rests)
        advance()
    for state in missing:
        rests.from_facts.append(state)
        yield state, section_one(state, rests.day, template)
        advance()


def _carried(version: Version, template: Template, rests: _Rests) -> tuple[Entry, ...]:
    carried = carry(version.entries, version.template, template.id)
    if carried.left:
        rests.not_carried[version.state] = len(carried.left)
    return carried.entries


def _existing(states: Iterable[str], day: dt.date) -> tuple[str, ...]:
    """Those of the States that were Members, or are observers, on a day."""
    then = {state.iso3 for state in reference.states(day)}
    return tuple(state for state in states if state in then)


def _asked(
    on: str | None,
    against: Sequence[str],
    regions: Sequence[str],
    states: Sequence[str],
    template: str | None,
    who: Person,
    weights: Mapping[str, float] | None = None,
    maps: Sequence[str] = (),
) -> Asked:
    day = as_day(on) or dt.date.today()
    chosen, names = _chosen(regions, states)
    _check_own(who, chosen)
    known = reference.template(template) if template else standing_template()
    shown = tuple(dict.fromkeys(_map_id(one, known) for one in maps))
    return Asked(day, _earlier(against, day), names, chosen, known.id, who.role, review.checked(weights or {}), shown)


def _earlier(against: Sequence[str], day: dt.date) -> tuple[dt.date, ...]:
    """The days to compare with, the earliest first."""
    earlier = {told for written in against if (told := as_day(written))}
    late = sorted(told for told in earlier if told >= day)
    if late:
        raise BadInput(
            f"a day to compare with, {late[0]}, that is not before {day}",
            expected="days before the day of the review",
            where="--against",
            remedy=f"write --on {max(earlier)} --against {day}, or choose an earlier day",
        )
    if len(earlier) > MOST_DAYS:
        raise BadInput(
            f"{len(earlier)} days to compare with",
            expected=f"at most {MOST_DAYS}",
            where="--against",
            remedy="leave some out",
        )
    return tuple(sorted(earlier))


def _chosen(regions: Sequence[str], states: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the States asked about, and the names of the regions as they are kept."""
    members = tuple(state.iso3 for state in reference.states() if state.un_status == "member")
    if not regions and not states:
        return tuple(sorted(members)), ()
    known = {one.name.casefold(): one for one in review.regions(members)}
    found = [known.get(" ".join(name.split()).casefold()) or _unknown_region(name, known) for name in regions]
    codes = {reference.state(code).iso3 for code in states}
    return tuple(sorted(codes.union(*(one.states for one in found)))), tuple(one.name for one in found)


def _unknown_region(name: str, known: Mapping[str, object]) -> review.Region:
    names = {one.name.casefold(): one.name for one in known.values() if isinstance(one, review.Region)}
    near = [names[found] for found in difflib.get_close_matches(name.casefold(), names, n=3, cutoff=0.5)]
    raise UnknownCode(
        f"region {name!r}",
        expected="one of " + ", ".join(sorted(names.values())),
        where="--region",
        remedy=f"did you mean {', '.join(near)}?" if near else "choose one of these, or name States with --states",
    )


def _check_own(who: Person, states: Sequence[str]) -> None:
    """A point of contact is shown the drafts of its own State, and of no other."""
    if who.sees.own and tuple(states) != (who.state,):
        raise NotAllowed(
            f"{who.sees.title} who would review {len(states)} States",
            expected="a role that is shown the matrices of several States",
            where="review",
            remedy="review what is published: --as reader",
        )


def _map_id(wanted: str, template: Template) -> str:
    fields = {field.field.casefold(): field.field for field in template.fields}
    known = {one.id.casefold(): one.id for one in reference.instruments()} | fields
    try:
        return known[wanted.strip().casefold()]
    except KeyError:
        near = [known[found] for found in difflib.get_close_matches(wanted.casefold(), known, n=3)]
        raise UnknownCode(
            f"{wanted!r} for a map",
            expected=f"an instrument such as CWC, or a field of template {template.id}",
            where="--map",
            remedy=f"did you mean {', '.join(near)}?" if near else "see `open1540 matrix fields` or `facts show CWC`",
        ) from None


def _layer(wanted: str, cells: Cells, on: dt.date) -> Layer:
    column = next((at for at, field in enumerate(cells.fields) if field.field == wanted), None)
    if column is not None:
        codes = cells.codes[:, column].tolist()
        return Layer(
            wanted,
            "field",
            {state: _SHADES[CODES[code]] for state, code in zip(cells.states, codes, strict=True)},
        )
    return Layer(wanted, "instrument", {state: _participation(state, wanted, on) for state in cells.states})


def _participation(state: str, instrument: str, on: dt.date) -> Shade:
    value = reference.status(state, instrument, on).value
    code = meaning(value, instrument).code
    return "none" if code == "" and value != "unknown" else _SHADES[code]


def _weights_file(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > MAX_WEIGHTS:
            raise _no_weights(str(path), f"a file of more than {MAX_WEIGHTS} bytes")
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _no_weights(str(path), f"no file that can be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _no_weights(str(path), "a file that is neither YAML nor JSON") from error
    listed = found.get("weights", found) if isinstance(found, dict) else None
    if not isinstance(listed, dict):
        raise _no_weights(str(path), "a file without a line for each component")
    return {str(name): value for name, value in listed.items()}


def _number(component: object, weight: object) -> float:
    try:
        if isinstance(weight, str | int | float) and not isinstance(weight, bool):
            return float(weight)
    except ValueError:
        pass
    raise _no_weights("--weights", f"weight {weight!r} of {component!r}")


def _no_weights(where: str, found: str) -> BadInput:
    return BadInput(
        found,
        expected="weights such as unknown=2, or a YAML or JSON file with lines such as `unknown: 2`",
        where=where,
        remedy="see the table of components in any review",
    )


def _as_of(path: str, content: bytes) -> str | None:
    """The latest day a file of facts speaks of; None where it is no table and no tree of facts."""
    if path.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(content.decode()))
        return max((found[0] for row in rows if (found := _SPOKEN.search(row.get("as_of") or ""))), default=None)
    if path.endswith(".yaml"):
        line = next((line for line in content.decode().splitlines() if line.lstrip().startswith("as_of:")), "")
        return line.partition(":")[2].strip() or None
    return None
