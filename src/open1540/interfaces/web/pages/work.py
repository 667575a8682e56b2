"""My work: what awaits whoever has signed in, each with the way to do it."""

from collections.abc import Sequence
from itertools import groupby
from threading import Lock

from cachetools import LRUCache
from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Value, table
from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages.assistance import place as assistance
from open1540.interfaces.web.pages.states.place import step_in
from open1540.interfaces.web.pages.states.words import Words
from open1540.workflows import upkeep, work
from open1540.workflows.assistance_requests import today


class _Work(Desk):
    def waiting(self, ask: Ask) -> int:
        """How many things await the person; counted anew when the record or the day has changed."""
        key = id(ask.request.app), upkeep.changes(database_url=ask.database_url), ask.who, today()
        with _lock:
            known = _numbers.get(key)
        if known is None:
            known = work.awaiting(database_url=ask.database_url, who=ask.who).number
            with _lock:
                _numbers[key] = known
        return known


_numbers: LRUCache[object, int] = LRUCache(500)
_lock = Lock()
desk = _Work("work", "My work", "/work", "work")


@desk.page("/work", "work", table=True)
def own(ask: Asking) -> Response:
    """What awaits the person: steps, requests, comments, proposals; and what awaits somebody else."""
    t, words = ask.t, Words(ask.t)
    procedure = assistance.Words(t)
    found = work.awaiting(database_url=ask.database_url, who=ask.who)
    captions = {f.field: f.caption(ask.language) for one in reference.templates() for f in one.fields}
    rows: list[Sequence[Value]] = [
        *((t("Proposals to judge"), o.state, o.name, str(o.awaiting), o.date) for o in found.proposals),
        *((words.verb(o.verb), o.version.state, None, f"v{o.version.number}", o.version.as_of) for o in found.steps),
        *(
            (t("Comments to answer"), o.state, captions.get(o.field, o.field), o.text, o.at.date())
            for o in found.comments
        ),
        *((t("; ").join(map(procedure.step, o.steps)), o.state, o.request, o.title, o.due) for o in found.requests),
    ]
    return desk.show(
        ask,
        "own.html",
        title=t("My work"),
        table=table(
            "my-work",
            t("My work"),
            [
                ("what", t("What")),
                ("state", t("State")),
                ("about", t("About")),
                ("told", t("Details")),
                ("day", t("Date")),
            ],
            rows,
        ),
        found=found,
        proposals=[(state, list(own)) for state, own in groupby(found.proposals, key=lambda one: one.state)],
        words=words,
        procedure=procedure,
        captions=captions,
        step=lambda step: step_in(step, ask),
    )
