"""What every command shares: JSON on stdout, progress and errors on stderr, tables for people."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from open1540.vocabulary import BadInput, Open1540Error

# Control characters but for tab and line feed, and bytes of file names that are no UTF-8.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def out() -> Console:
    """The console for answers. Made anew each time, so that a redirected stdout is respected."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """The console for progress and errors."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def emit_json(value: Any) -> None:
    """Write one JSON document to stdout, in UTF-8 whatever the terminal's encoding, and nothing else."""
    written = msgspec.json.encode(value) + b"\n"
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(written)
    else:
        sys.stdout.write(written.decode())


def say(text: str) -> None:
    """Write text to stdout; signs in it that would steer a terminal are shown as unreadable ones."""
    sys.stdout.write(_shown(text) + "\n")


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; cells are shown as they are, markup in documents has no effect."""
    table = Table(title=Text(title), title_justify="left", header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else _shown(str(cell))) for cell in row))
    out().print(table)


def show_error(error: Open1540Error, *, as_json: bool) -> None:
    """Print an error as found / expected / where / what to do on stderr; with ``as_json`` on stdout too."""
    console = err()
    for label, words in (
        ("error", error.found),
        ("expected", error.expected),
        ("where", error.where),
        ("what to do", error.remedy),
    ):
        style = "bold red" if label == "error" else "bold"
        console.print(Text(f"{label + ':':12}", style=style), Text(_shown(words)))
    if as_json:
        emit_json({"error": {part: _shown(words) for part, words in error.as_dict().items()}})


def _shown(text: str) -> str:
    """Documents and file names are not trusted: what would move the cursor, or is no character, becomes a mark."""
    return _STEERING.sub("\ufffd", text)


@contextmanager
def progress(label: str, total: int) -> Iterator[Any]:
    """A progress bar on stderr, gone when done and absent where stderr is no terminal.

    Yields a function that advances the bar by one.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target and move into place, so that no half-written file is ever seen.

    Raises BadInput where the place is a folder or cannot be written to.
    """
    if path.is_dir():
        raise BadInput(
            "a folder", expected="the name of a file", where=str(path), remedy="add a file name to the folder's"
        )
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        if partial.is_file():
            partial.unlink()
        raise BadInput(
            f"a place that cannot be written ({error.strerror})",
            expected="an existing folder you may write to",
            where=str(path),
            remedy="create the folder or choose another one",
        ) from error
    err().print(f"wrote {path}", markup=False)
