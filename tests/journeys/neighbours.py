"""Published matrices of a few States of one sub-region, and an offer for all of them: invented, and small enough to plan in seconds."""

import datetime as dt

from open1540 import reference, store
from open1540.assistance.records import Offer, Subject
from open1540.matrix.record import StepTaken, Version, standing_template
from open1540.vocabulary import Entry

STATES = ("BEN", "BFA", "CIV", "GHA", "GIN", "MLI", "NER", "SEN", "TGO")
PRACTISING = ("GHA", "SEN")
THEME = "border-controls"
PROVIDER = "Invented Institute of Borders"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def settle(database_url: str) -> None:
    """Two States have border controls on record with a citation, seven have nothing of them; somebody offers seminars on it."""
    kept, template = store.open(database_url), standing_template()
    own = [field.field for field in template.fields if field.field in reference.theme(THEME).matching()]
    other = next(field.field for field in template.fields if field.section == "II")
    for state in STATES:
        fields = own if state in PRACTISING else [other]
        entries = tuple(Entry(state, field, "X", (f"Law of {state} (invented)",)) for field in fields)
        written = Version(state, 0, template.id, AT.date(), entries, AT, "test", note="invented")
        made = kept.add_version(written, expected_latest=None)
        before = "draft"
        for step in ("with the State", "agreed", "approved", "published"):
            kept.take_step(StepTaken(state, made.number, step, AT, "test", "expert"), before)
            before = step
    subject = Subject(themes=(THEME,), types=("seminar", "training"), languages=("en", "fr"))
    kept.add_record(Offer(provider=PROVIDER, kind="other", title="Seminars", subject=subject, by="test", at=AT))
    kept.close()
