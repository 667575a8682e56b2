"""Options that several commands take, so that each means the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else.")]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        envvar="OPEN1540_DATABASE_URL",
        help="SQLite file or PostgreSQL URL; default: a SQLite file in your data folder.",
    ),
]
DocumentLanguage = Annotated[
    str | None,
    typer.Option("--document-lang", help="Language of the document (ar zh en fr ru es); default: detected."),
]
StateOption = Annotated[
    str | None, typer.Option("--state", help="The State a national law is of, where its text does not tell.")
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Ask as of this day (YYYY-MM-DD).")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A txt, PDF, DOCX, HTML or Akoma Ntoso file.")]
