"""A desk with the command line on it, as the journeys use it: one database, commands that answer in JSON or as people read them."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from open1540.interfaces.cli import app


class Desk:
    """The command line with a database of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def asks(self, *words: str) -> Any:
        """What a command answers a program."""
        code, out, err = self._run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def reads(self, *words: str) -> str:
        """What a command shows a person."""
        code, out, err = self._run(*words)
        assert code == 0, err
        return out

    def is_refused(self, *words: str) -> dict[str, str]:
        """The four parts of the error of a command that bad input stops."""
        code, out, err = self._run(*words, "--json")
        assert code == 2, out
        assert "Traceback" not in err
        error: dict[str, str] = json.loads(out)["error"]
        return error

    def _run(self, *words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = app.run([*words, "--database-url", self.url])
        return code, out.getvalue(), err.getvalue()
