"""How a desk shows its pages: registered with an action, written from a template, kept until the record changes, exported."""

import hashlib
import inspect
from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

from fastapi import Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import open1540
from open1540 import reference
from open1540.interfaces.http.admission import Door
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.http.tables import FORMS, MEDIA, Form, Table, written
from open1540.interfaces.language import LANGUAGES
from open1540.vocabulary import Open1540Error, UnknownCode
from open1540.workflows import upkeep

_NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}

Crumbs = Sequence[tuple[str, str]]


class Desk(Door):
    """The pages of one part of the work.

    Attributes:
        label: in the menu, in English; path: of its first page; action: that the first page takes.
        in_menu: whether the menu shows it.
    """

    def __init__(self, name: str, label: str, path: str, action: str = "read", *, in_menu: bool = True) -> None:
        super().__init__(name, include_in_schema=False)
        self.label, self.path, self.action, self.in_menu = label, path, action, in_menu

    def page(
        self, path: str, action: str, *, table: bool = False, keep: bool = True
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a page that is read; with ``table`` also its exports, at the same path with an ending.

        The function takes ``ask`` and answers with ``self.show(...)``. What it answers is kept until the record changes,
        unless ``keep`` is false: for pages of what changes without a change of the record.
        """

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            kept = _kept(function) if keep else function
            # The longest ending first: a name in an address may hold a dot itself.
            for form in sorted(FORMS, key=len, reverse=True) if table else ():
                self.answers(f"{path}.{form}", action)(kept)
            self.answers(path, action)(kept)
            return function

        return register

    def waiting(self, ask: Ask) -> int:
        """How many things await the person at this desk; the menu shows it."""
        return 0

    def act(self, path: str, action: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register what a form of a page does; the function answers with ``go`` or shows the page again with an error."""
        return self.answers(path, action, methods=("POST",))

    def show(
        self,
        ask: Ask,
        template: str,
        *,
        title: str,
        crumbs: Crumbs = (),
        table: Table | None = None,
        status: int = 200,
        **context: Any,
    ) -> Response:
        """A page from ``templates/<desk>/<template>``, or its table where the address ends in a form.

        Arguments:
            title: already in the reader's language; crumbs: of (words, address), the way down to this page.
            table: what the page lists, for its exports.
        """
        asked = str(getattr(ask.request.scope.get("route"), "path", ""))
        form = next(
            (form for form in sorted(FORMS, key=len, reverse=True) if table and asked.endswith(f".{form}")), None
        )
        if form is not None:
            return _export(ask, table, form)
        text = (
            environment()
            .get_template(f"{self.name}/{template}")
            .render(ask=ask, t=ask.t, desk=self, title=title, crumbs=crumbs, table=table, **context)
        )
        return HTMLResponse(text, status)


def go(address: str) -> RedirectResponse:
    """Lead on to a page after a form was done."""
    return RedirectResponse(address, 303)


def problem_page(ask: Ask, error: Open1540Error, status: int) -> Response:
    """An error as a page, with the way on."""
    text = (
        environment()
        .get_template("problem.html")
        .render(
            ask=ask,
            t=ask.t,
            desk=None,
            title=ask.t("Not done"),
            crumbs=(),
            table=None,
            error=error,
            sign_in=status == 401,
        )
    )
    return HTMLResponse(text, status, {"Cache-Control": "no-store"})


@cache
def environment() -> Environment:
    """Templates of every desk; what they show is escaped, a name they do not know is an error."""
    made = Environment(
        loader=PackageLoader("open1540.interfaces.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "languages": {code: _NAMES[code] for code in LANGUAGES},
        "version": open1540.__version__,
        "forms": [form for form in FORMS if form != "metadata.json"],
        "stamp": _stamp,
        "with_query": _with_query,
        "state_name": lambda code, t: reference.state(code).name(t.language),
        "desks": _desks,
    }
    return made


def _desks(ask: Ask) -> list[Desk]:
    """The desks of the menu: those whose first page is open to the person."""
    return [desk for desk in ask.request.app.state.desks if desk.in_menu and ask.may(desk.action)]


@cache
def _stamp(name: str) -> str:
    """The address of a static file with what it holds, so that browsers may keep it for ever."""
    folder = PackageLoader("open1540.interfaces.web", "static")
    source, _, _ = folder.get_source(environment(), name)
    return f"/static/{name}?{hashlib.sha256(source.encode()).hexdigest()[:10]}"


def _with_query(ask: Ask, path: str | None = None, **changed: str | None) -> Markup:
    """The address of this page, or of another path, with parts of its query changed; None leaves a part out."""
    given = ask.request.query_params
    pairs = [pair for pair in given.multi_items() if pair[0] not in changed]
    query = urlencode([*pairs, *((key, value) for key, value in changed.items() if value is not None)])
    return Markup.escape(f"{path or ask.request.url.path}{'?' if query else ''}{query}")


def _export(ask: Ask, shown: Table | None, form: Form) -> Response:
    if shown is None:
        raise UnknownCode(
            "a page without a table", expected="one with a table", where="address", remedy="leave the ending out"
        )
    url = ask.request.url
    address = f"{url.path.removesuffix('.' + form)}{'?' + url.query if url.query else ''}"
    filters = {key: value for key, value in ask.request.query_params.items() if key != "lang"}
    changes = upkeep.changes(database_url=ask.database_url)
    content = written(shown, form, address=address, filters=filters, language=ask.language, changes=changes)
    name = f"{shown.name}.{form}"
    return Response(content, media_type=MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """The page, to be kept as it was written until the record or the day changes."""
    if "ask" not in inspect.signature(function).parameters:
        raise TypeError(f"{function.__name__} takes no `ask`")

    @wraps(function)
    def shown(**given: Any) -> Any:
        given["ask"].keep()
        return function(**given)

    return shown
