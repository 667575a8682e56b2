"""Typesets the model of a page as a tagged PDF that carries its letters: the same model gives the same bytes."""

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files

import msgspec
import typst

from open1540.interfaces.reports.fonts import families

# A fixed moment instead of the clock, so that the same briefing gives the same bytes.
CREATED = dt.datetime(2004, 4, 28, tzinfo=dt.UTC)


def typeset(template: str, name: str, model: object, texts: Iterable[str], **plain: str) -> bytes:
    """The pages a template draws.

    Arguments:
        template: file beside this one, without its ending ``.typ``.
        name, model: the template finds the model as JSON under this name in ``sys.inputs``.
        texts: every text of the model, to know which scripts the fonts must have.
        plain: further inputs, as they are.

    Raises JobFailed where this machine lacks a font for one of the scripts.
    """
    inputs = {
        name: msgspec.json.encode(model).decode(),
        "fonts": msgspec.json.encode(families(texts)).decode(),
        **plain,
    }
    source = (files("open1540.interfaces.reports") / f"{template}.typ").read_bytes()
    compiled = typst.compile(source, sys_inputs=inputs, format="pdf", timestamp=CREATED)
    assert isinstance(compiled, bytes)
    return compiled
