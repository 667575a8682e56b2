"""``open1540 audit``, ``backup`` and ``restore``: trust in the records, and their safe-keeping."""

from pathlib import Path
from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.vocabulary import JobFailed
from open1540.workflows import upkeep
from open1540.workflows.database import user_name
from open1540.workflows.upkeep import AuditVerdict, BackupSummary


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    audit = typer.Typer(help="The append-only log of every change.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("list")(log)
    app.add_typer(audit, name="audit")
    app.command("backup")(backup)
    app.command("restore")(restore)


def verify(
    noted: Annotated[
        str | None, typer.Option(metavar="HASH", help="A last hash noted earlier; the log must still hold it.")
    ] = None,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Check that no row of the audit log was changed, removed or put in between."""
    verdict = upkeep.verify_audit(database_url=database_url, noted=noted)
    if not verdict.intact:
        raise _broken(verdict, noted)
    if as_json:
        console.emit_json(verdict)
    else:
        since = f", holds the hash noted in row {verdict.noted_in}" if noted else ""
        typer.echo(f"intact: {verdict.rows} rows, last hash {verdict.last_hash or 'none yet'}{since}")


def _broken(verdict: AuditVerdict, noted: str | None) -> JobFailed:
    if verdict.first_broken is None:
        return JobFailed(
            f"a log of {verdict.rows} rows, none of them with the hash {noted}",
            expected="the row that was the last one when the hash was noted",
            where="audit log",
            remedy="rows were taken off its end or the log was written anew: compare it with the last backup",
        )
    return JobFailed(
        f"a broken chain at audit row {verdict.first_broken}",
        expected="every row to carry the hash of the one before it",
        where="audit log",
        remedy="restore the last backup, and find out who had access to the database file",
    )


def log(
    limit: Annotated[int, typer.Option(min=1, help="Most rows shown.")] = 50,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show the latest changes."""
    rows = upkeep.audit_log(database_url=database_url, limit=limit)
    if as_json:
        console.emit_json(rows)
        return
    console.show_table(
        f"{len(rows)} changes",
        ["row", "at (UTC)", "by", "action", "subject"],
        ([row.number, row.at, row.by, row.action, row.subject] for row in rows),
    )


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write.")],
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write every record to one archive."""
    summary = upkeep.backup(file, database_url=database_url)
    _report(summary, f"wrote {file}", as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="An archive written by `open1540 backup`.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the database holds now.")] = False,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Bring an archive back into an empty database."""
    summary = upkeep.restore(file, database_url=database_url, replace_for=user_name() if replace else None)
    _report(summary, f"restored {file}", as_json)


def _report(summary: BackupSummary, done: str, as_json: bool) -> None:
    if as_json:
        console.emit_json(summary)
    else:
        typer.echo(f"{done}: " + ", ".join(f"{count} {table}" for table, count in summary.rows.items()))
        typer.echo(f"last hash of the log: {summary.last_hash or 'none yet'}")
