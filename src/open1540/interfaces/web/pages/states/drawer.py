"""What the evidence of a field needs to be drawn, beside the matrix or on its own page."""

from typing import Any

from open1540 import reference
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.reports.national import doubt_texts
from open1540.interfaces.web.pages.states.listed import query_of, themes_of
from open1540.interfaces.web.pages.states.place import Place, step_in
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix import national
from open1540.vocabulary import Evidence
from open1540.workflows import permissions
from open1540.workflows.evidence import FieldShown

# What may be done to a field, and who may say what of it, where the version shown is the latest.
_ACTIONS = ("comment", "note", "set", "consent", "judge")


def context(ask: Ask, place: Place, found: FieldShown, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """The names the template of the evidence knows; ``typed`` is what a form that was refused held."""
    one, version = found.shown, found.matrix.version
    template = reference.template(found.matrix.template)
    step = version.step if version else None
    return {
        "found": found,
        "one": one,
        "entry": one.entry,
        "place": place,
        "words": Words(ask.t),
        "heading": template.field(one.field).caption(ask.language),
        "themes": themes_of(one.field, ask),
        "doubts": [doubt_texts(doubt, ask.t) for doubt in national.doubts(one.entry)],
        "origin": lambda item: origin(item, found),
        "step": lambda told: step_in(told, ask),
        "query": query_of(version),
        "may_open": found.open,
        "at_work": ask.may("work") and place.who is ask.who,
        "open_actions": {
            action
            for action in _ACTIONS
            if place.who is ask.who
            and permissions.is_open(ask.who, action, place.code, step)
            and (version or action in ("set", "judge"))
        },
        "typed": typed or {},
        "role": lambda role: ask.t(permissions.table().roles[role].title),
        "made_from": version.number if version else None,
    }


def origin(item: Evidence, found: FieldShown) -> dict[str, str | None]:
    """Where a piece of evidence comes from: its title, and the address it can be read at, of this server or another."""
    document = found.documents.get(item.source)
    if document is not None:
        place = f"?at=@{item.start}" if item.start is not None else ""
        address = f"/documents/{document.id}{place}" if document.id in found.open else None
        title = " · ".join(part for part in (document.symbol, document.title or document.name) if part)
        return {"title": title, "address": address}
    known = found.matrix.sources.get(item.source)
    if known is not None:
        address = known.locator if known.locator.startswith(("https://", "http://")) else None
        return {
            "title": known.title,
            "address": address,
            "locator": None if address else known.locator,
            "kind": "source",
        }
    return {"title": item.source, "address": None, "locator": None, "kind": "other"}
