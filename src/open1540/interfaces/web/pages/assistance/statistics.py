"""Figures on requests: how many by what, how long they stay at a step, what both sides said, where each stands, what the record shows since."""

from collections.abc import Callable, Iterable

from fastapi import Response

from open1540 import reference
from open1540.assistance.statistics import UNSTATED, By
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Table, Value, table
from open1540.interfaces.web.pages.assistance.place import Words, crumbs, desk
from open1540.vocabulary import UnknownCode
from open1540.workflows import assistance_statistics as flow
from open1540.workflows.assistance_statistics import Statistics

COUNTS: tuple[By, ...] = ("theme", "type", "weapon", "region", "year", "standing", "ending")


@desk.page("/assistance/statistics", "read", table=True)
def figures(ask: Asking) -> Response:
    """Every table the person is shown; the export holds the counts in one."""
    t, found = ask.t, flow.figures(database_url=ask.database_url, who=ask.who)
    tables = _tables(ask, found)
    everything = table(
        "assistance-statistics",
        t("Statistics"),
        [("table", t("Table")), ("key", t("What is counted")), ("requests", t("Requests"))],
        ((tables[name].title, *row) for name in COUNTS for row in tables[name].rows),
        notes=[_few(ask)] if found.public else [],
    )
    return _show(ask, t("Statistics"), found, {name: one for name, one in tables.items() if one.rows}, everything)


@desk.page("/assistance/statistics/{what}", "read", table=True)
def one(ask: Asking, what: str) -> Response:
    """One of the tables, with its exports."""
    found = flow.figures(database_url=ask.database_url, who=ask.who)
    tables = _tables(ask, found)
    if what not in tables:
        raise UnknownCode(
            f"statistics {what!r}",
            expected="one of " + ", ".join(tables),
            where="address",
            remedy="choose one on the page of statistics",
        )
    return _show(ask, tables[what].title, found, {what: tables[what]}, tables[what], single=True)


def _show(
    ask: Ask, title: str, found: Statistics, tables: dict[str, Table], exported: Table, *, single: bool = False
) -> Response:
    return desk.show(
        ask,
        "statistics.html",
        title=title,
        crumbs=crumbs(ask, *([(ask.t("Statistics"), "/assistance/statistics")] if single else [])),
        table=exported,
        tables=tables,
        numeric={name: _numeric(one, _withheld(ask)) for name, one in tables.items()},
        found=found,
        few=_few(ask),
        withheld=_withheld(ask),
        single=single,
    )


def _numeric(one: Table, withheld: str) -> frozenset[int]:
    """Which columns hold numbers, withheld ones too."""
    columns = range(len(one.columns))
    return frozenset(at for at in columns if any(isinstance(row[at], int) or row[at] == withheld for row in one.rows))


def _tables(ask: Ask, found: Statistics) -> dict[str, Table]:
    """The tables by name, in the order of the page; those that name requests only where the person is shown any in full."""
    words = Words(ask.t)
    made: dict[str, Table] = {by: _counts(ask, found, by, words) for by in COUNTS}
    made |= {"durations": _durations(ask, found, words), "feedback": _outcomes(ask, found, words)}
    if found.standings:
        made |= {"standings": _standings(ask, found, words), "since": _since(ask)}
    return made


def _counts(ask: Ask, found: Statistics, by: By, words: Words) -> Table:
    t = ask.t
    titles = {
        "theme": t("Requests by theme"),
        "type": t("Requests by kind of assistance"),
        "weapon": t("Requests by weapon class"),
        "region": t("Requests by region"),
        "year": t("Requests by year"),
        "standing": t("Requests by where they stand"),
        "ending": t("Requests by how they ended"),
    }
    rows = [(_key(by, one.key, words), _number(ask, one.requests)) for one in found.counts[by] if one.requests != 0]
    several = [t("A request of several counts under each.")] if by in ("theme", "type", "weapon") else []
    return _table(ask, found, f"requests-by-{by}", titles[by], [("key", t("What is counted")), ("requests", t("Requests"))], rows, several)  # fmt: skip


def _key(by: By, key: str, words: Words) -> str:
    t = words.t
    if key == UNSTATED:
        return t("not said")
    parts = {"theme": "themes", "type": "types", "weapon": "weapons"}
    says: dict[str, Callable[[], str]] = {
        "region": lambda: t(key),
        "standing": lambda: words.standing(key),
        "ending": lambda: t("going on") if key == "going on" else words.standing(key),
    }
    return words.named(parts[by], [key]) if by in parts else says.get(by, lambda: key)()


def _durations(ask: Ask, found: Statistics, words: Words) -> Table:
    t = ask.t
    rows = (
        (words.step(one.step), *(_number(ask, number, one.withheld) for number in (one.finished, one.open)),
         *(_number(ask, number, one.withheld) for number in (one.lower, one.median, one.upper)))
        for one in found.durations
    )  # fmt: skip
    heads = [
        ("step", t("After the step")),
        ("finished", t("Went on")),
        ("open", t("Still there")),
        ("lower", t("A quarter within (working days)")),
        ("median", t("Half within (working days)")),
        ("upper", t("Three quarters within (working days)")),
    ]
    notes = [t("Working days of Headquarters until the next step, by the product-limit estimate; a request still there counts for as long as it has waited. Blank: too many are still there to tell.")]  # fmt: skip
    return _table(ask, found, "time-in-each-step", t("Time in each step"), heads, rows, notes)


def _outcomes(ask: Ask, found: Statistics, words: Words) -> Table:
    t = ask.t
    rows = (
        (
            _key("theme", one.theme, words),
            words.side(one.side),
            *(_number(ask, number, one.yes is None) for number in (one.yes, one.in_part, one.no, one.too_early)),
        )
        for one in found.outcomes
    )
    heads = [
        ("theme", words.label("themes")),
        ("side", t("Who says so")),
        *((key, words.met(met)) for key, met in (("yes", "yes"), ("in_part", "in part"), ("no", "no"), ("too_early", "too early"))),
    ]  # fmt: skip
    return _table(
        ask, found, "feedback", t("Was the need met?"), heads, rows, [t("The latest word of each side on each offer.")]
    )


def _standings(ask: Ask, found: Statistics, words: Words) -> Table:
    t = ask.t
    rows = (
        (
            one.request,
            reference.state(one.state).name(ask.language) if one.state else None,
            one.title,
            words.standing(one.standing),
            words.step(one.step) if one.step else None,
            one.since,
            one.working_days,
            one.due,
        )
        for one in found.standings
    )
    heads = [
        ("request", t("Request")),
        ("state", t("State")),
        ("title", t("Title")),
        ("standing", t("Where it stands")),
        ("step", t("Last step")),
        ("since", t("Since")),
        ("working_days", t("Working days since")),
        ("due", t("Next day due")),
    ]
    return _table(ask, found, "where-each-stands", t("Where each request stands"), heads, rows, [])


def _since(ask: Ask) -> Table:
    t = ask.t
    rows = (
        (
            one.request,
            reference.state(one.state).name(ask.language),
            one.sent,
            one.changes.fields,
            one.changes.then,
            one.changes.now,
            one.changes.newly,
            one.changes.no_longer,
        )
        for one in flow.recorded_since(database_url=ask.database_url, who=ask.who)
    )
    heads = [
        ("request", t("Request")),
        ("state", t("State")),
        ("sent", t("Sent on")),
        ("fields", t("Fields concerned")),
        ("then", t("With a record then")),
        ("now", t("With a record now")),
        ("newly", t("New")),
        ("no_longer", t("No longer")),
    ]
    notes = [t("What the matrix records in the fields a request is about, when it was sent and now. It shows no cause: a change may have nothing to do with the assistance, and a record may follow years later.")]  # fmt: skip
    return Table(
        "record-since",
        t("What the record shows since"),
        table("", "", heads, ()).columns,
        tuple(rows),
        notes=tuple(notes),
    )


def _table(
    ask: Ask,
    found: Statistics,
    name: str,
    title: str,
    heads: Iterable[tuple[str, str]],
    rows: Iterable[tuple[Value, ...]],
    notes: Iterable[str],
) -> Table:
    caveats = [_few(ask)] if found.public else []
    return table(name, title, heads, rows, notes=[*notes, *caveats])


def _few(ask: Ask) -> str:
    return ask.t("Figures that fewer than three requesters stand behind are withheld, so that nobody is singled out.")


def _withheld(ask: Ask) -> str:
    return ask.t("withheld")


def _number(ask: Ask, number: int | None, withheld: bool = True) -> Value:
    return _withheld(ask) if number is None and withheld else number
