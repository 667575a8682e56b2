"""``open1540 assist offer`` and ``assist activity``: list, show, file, withdraw, import, export."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer

from open1540 import reference
from open1540.assistance.records import Activity, Offer
from open1540.interfaces.cli import console
from open1540.interfaces.cli.assistance_requests import LanguageOption
from open1540.interfaces.cli.matrix_options import ReasonOption, RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.reference.offer_columns import Exchanged
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_exchange as exchange
from open1540.workflows import assistance_offers as flow
from open1540.workflows.assistance_exchange import Preview
from open1540.workflows.assistance_offers import Asked
from open1540.workflows.reading import load

offers = typer.Typer(name="offer", help="Offers of assistance.", no_args_is_help=True)
activities = typer.Typer(name="activity", help="Activities planned or held.", no_args_is_help=True)
OfferArgument = Annotated[str, typer.Argument(metavar="OFFER", help="Id of an offer, such as OFF-2026-1.")]
ActivityArgument = Annotated[str, typer.Argument(metavar="ACTIVITY", help="Id of an activity, such as ACT-2026-1.")]
JsonFile = Annotated[Path, typer.Argument(metavar="FILE", help="A record as JSON; with id and number it changes the one that is kept.")]  # fmt: skip
TableFile = Annotated[Path, typer.Argument(metavar="FILE", help="A list as CSV in UTF-8, or XLSX.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="File to write: .csv, .xlsx, .json, or .xml after IATI.")]
ThemeOption = Annotated[str, typer.Option(help="Id of a theme.")]
TypeOption = Annotated[str, typer.Option("--type", help="Id of a kind of assistance.")]
WeaponOption = Annotated[str, typer.Option(help="NW, CW or BW.")]
StateOption = Annotated[str, typer.Option(help="Code of a State it is open to, or that takes part.")]
WorkingOption = Annotated[str, typer.Option("--language", help="Working language, such as fr.")]
WordsOption = Annotated[str, typer.Option(help="Words of its title, provider or text.")]
AllOption = Annotated[bool, typer.Option("--all", help="Withdrawn or cancelled ones too.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=ID", help="What a column is taken for, such as 3=title; instead of what is guessed."),
]  # fmt: skip
SheetOption = Annotated[int | None, typer.Option("--table", min=1, help="Number of the sheet.")]
ProviderOption = Annotated[str, typer.Option(help="Provider of all rows, where the list does not say.")]
KeepOption = Annotated[bool, typer.Option("--keep", help="Keep every row without a problem; else the rows are only shown.")]  # fmt: skip
RowOption = Annotated[list[int] | None, typer.Option("--row", min=1, help="Keep this row; may be given several times.")]
R = TypeVar("R", Offer, Activity)


def add_to(parent: typer.Typer) -> None:
    """Add the groups to the desk's own."""
    parent.add_typer(offers, name="offer")
    parent.add_typer(activities, name="activity")


@offers.command("list")
def list_offers(
    theme: ThemeOption = "",
    kind: TypeOption = "",
    weapon: WeaponOption = "",
    state: StateOption = "",
    language: WorkingOption = "",
    words: WordsOption = "",
    everything: AllOption = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List offers, by provider."""
    asked = _asked(theme, kind, weapon, state, language, words, everything)
    found = flow.offers(database_url=database_url, who=who(role), asked=asked)
    if as_json:
        emit_whole({"offers": found})
        return
    console.show_table(
        counted(len(found), "offer"),
        ["id", "provider", "title", "open to", "languages"],
        (
            [
                one.id,
                one.provider,
                f"{one.title}{' (withdrawn)' if one.withdrawn else ''}",
                ", ".join((*one.regions, *one.states)) or "all States",
                ", ".join(one.subject.languages),
            ]
            for one in found
        ),
    )


@offers.command("show")
def show_offer(
    offer: OfferArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """Show an offer, and the requests it was passed on for."""
    found = flow.offer(offer, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(found)
        return
    _say(found.offer)
    for one in found.affected:
        console.say(f"passed on for {one.request} {one.title}{', accepted' if one.accepted else ''}")


@offers.command("file")
def file_offer(
    file: JsonFile, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """Keep an offer written as JSON."""
    written = _from_json(file, Offer)
    kept = flow.keep_offer(written, database_url=database_url, who=who(role), note=written.note or file.name)
    _told(kept, as_json)


@offers.command("withdraw")
def withdraw(
    offer: OfferArgument,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Withdraw an offer; requests it was passed on for show so."""
    found = flow.withdraw(offer, database_url=database_url, who=who(role), reason=reason)
    if as_json:
        emit_whole(found)
        return
    typer.echo(f"{offer} withdrawn")
    for one in found.affected:
        typer.echo(f"tell the State: {one.request}{', which had accepted it' if one.accepted else ''}")


@offers.command("import")
def import_offers(
    file: TableFile,
    mapping: MapOption = None,
    sheet: SheetOption = None,
    provider: ProviderOption = "",
    keep: KeepOption = False,
    rows: RowOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show what a list of offers would bring, and keep it with --keep or --row."""
    _import(file, "offer", mapping, sheet, provider, keep, rows, role, as_json, database_url)


@offers.command("export")
def export_offers(
    out: OutOption,
    theme: ThemeOption = "",
    kind: TypeOption = "",
    weapon: WeaponOption = "",
    state: StateOption = "",
    working: WorkingOption = "",
    words: WordsOption = "",
    everything: AllOption = False,
    language: LanguageOption = "en",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write offers to a file in the form others can import."""
    asked = _asked(theme, kind, weapon, state, working, words, everything)
    _export(out, "offer", asked, language, role, as_json, database_url)


@activities.command("list")
def list_activities(
    theme: ThemeOption = "",
    kind: TypeOption = "",
    weapon: WeaponOption = "",
    state: StateOption = "",
    language: WorkingOption = "",
    words: WordsOption = "",
    everything: AllOption = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List activities, in the order of their days."""
    asked = _asked(theme, kind, weapon, state, language, words, everything)
    found = flow.activities(database_url=database_url, who=who(role), asked=asked)
    if as_json:
        emit_whole({"activities": found})
        return
    console.show_table(
        counted(len(found), "activity").replace("activitys", "activities"),
        ["id", "from", "title", "provider", "status", "States"],
        (
            [one.id, one.subject.since, one.title, one.provider, one.status, ", ".join(one.states)]
            for one in found
        ),
    )  # fmt: skip


@activities.command("show")
def show_activity(
    activity: ActivityArgument,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show an activity, and what else is planned or held near it."""
    found = flow.activity(activity, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(found)
        return
    _say(found.activity)
    for one in found.overlaps:
        console.say(f"near it: {one.activity} {one.title} ({one.status})")


@activities.command("file")
def file_activity(
    file: JsonFile, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """Keep an activity written as JSON; one with status cancelled stays on record as such."""
    written = _from_json(file, Activity)
    kept = flow.keep_activity(written, database_url=database_url, who=who(role), note=written.note or file.name)
    _told(kept, as_json)


@activities.command("import")
def import_activities(
    file: TableFile,
    mapping: MapOption = None,
    sheet: SheetOption = None,
    provider: ProviderOption = "",
    keep: KeepOption = False,
    rows: RowOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show what a list of activities would bring, and keep it with --keep or --row."""
    _import(file, "activity", mapping, sheet, provider, keep, rows, role, as_json, database_url)


@activities.command("export")
def export_activities(
    out: OutOption,
    theme: ThemeOption = "",
    kind: TypeOption = "",
    weapon: WeaponOption = "",
    state: StateOption = "",
    working: WorkingOption = "",
    words: WordsOption = "",
    everything: AllOption = False,
    language: LanguageOption = "en",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write activities to a file in the form others can import."""
    asked = _asked(theme, kind, weapon, state, working, words, everything)
    _export(out, "activity", asked, language, role, as_json, database_url)


def _asked(theme: str, kind: str, weapon: str, state: str, language: str, words: str, everything: bool) -> Asked:
    code = reference.state(state).iso3 if state else ""
    return Asked(theme, kind, weapon, code, language, words, everything)


def _from_json(file: Path, record: type[R]) -> R:
    try:
        return msgspec.json.decode(load(file), type=record)
    except msgspec.DecodeError as error:
        raise BadInput(
            f"JSON that is no {record.__name__.lower()} ({error})",
            expected=f"the record that `open1540 assist {record.__name__.lower()} show --json` gives",
            where=str(file),
            remedy="correct the part named",
        ) from error


def _import(
    file: Path,
    kind: Exchanged,
    mapping: Sequence[str] | None,
    sheet: int | None,
    provider: str,
    keep: bool,
    rows: Sequence[int] | None,
    role: str,
    as_json: bool,
    database_url: str | None,
) -> None:
    person = who(role)
    shown = exchange.preview_file(
        file,
        kind,
        database_url=database_url,
        who=person,
        mapping=_mapped(mapping) if mapping else None,
        table=sheet,
        provider=provider,
    )
    chosen = rows or (shown.sound if keep else ())
    kept = exchange.keep_rows(shown, chosen, database_url=database_url, who=person) if keep or rows else ()
    if as_json:
        emit_whole({"preview": shown, "kept": kept})
        return
    _say_preview(shown)
    console.say(
        f"kept: {', '.join(one.id for one in kept)}"
        if kept
        else "nothing was kept; --keep keeps the rows without a problem"
    )


def _mapped(written: Sequence[str]) -> dict[int, str]:
    found = {}
    for one in written:
        number, _, column = one.partition("=")
        if not (number.isascii() and number.isdigit() and column):
            raise not_one_of("mapping", one, ("the number of a column and what it is, such as 3=title",), "--map")
        found[int(number)] = column
    return found


def _say_preview(shown: Preview) -> None:
    for number, heading in enumerate(shown.heads.headings, 1):
        console.say(f"column {number} {heading!r}: {shown.mapping.get(number, 'not read')}")
    for row in shown.rows:
        known = f" (on record already: {shown.known[row.number]})" if row.number in shown.known else ""
        if row.record:
            console.say(f"row {row.number}: {row.record.provider}: {row.record.title}{known}")
        for problem in row.problems:
            console.say(f"row {row.number}: found {problem.found}; expected {problem.expected}; {problem.remedy}")


def _export(
    out: Path, kind: Exchanged, asked: Asked, language: str, role: str, as_json: bool, database_url: str | None
) -> None:
    form = next((one for one in exchange.FORMS if out.suffix == f".{one}"), None)
    if form is None:
        raise not_one_of("ending", out.suffix, (f".{one}" for one in exchange.FORMS), "--out")
    content = exchange.exported(
        kind, form, database_url=database_url, who=who(role), asked=asked, language=language
    )  # fmt: skip
    console.write_whole(out, content)
    if as_json:
        emit_whole({"file": str(out), "kind": kind})


def _say(one: Offer | Activity) -> None:
    subject = one.subject
    console.say(f"{one.id} {one.title} ({one.provider})")
    told = {
        "themes": subject.themes,
        "types": subject.types,
        "weapons": subject.weapons,
        "languages": subject.languages,
        "States": one.states,
    }
    for name, values in told.items():
        console.say(f"  {name}: {', '.join(values) or 'not said'}")
    console.say(f"  period: {subject.since or '...'} to {subject.until or '...'}")
    if isinstance(one, Offer):
        console.say(f"  capacity: {one.capacity or 'not said'}{'; withdrawn' if one.withdrawn else ''}")
    else:
        console.say(f"  {one.status}{f', in {one.place}' if one.place else ''}")


def _told(kept: Offer | Activity, as_json: bool) -> None:
    if as_json:
        emit_whole(kept)
    else:
        typer.echo(f"{kept.id} kept as number {kept.number}")
