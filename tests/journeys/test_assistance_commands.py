"""The way of a request at the command line: filed, refused while vague, sent, circulated, matched, planned for, told of, withdrawn."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from desk import Desk
from neighbours import PRACTISING, THEME, settle

from open1540.workflows.assistance_requests import today

CLEAR: dict[str, Any] = {
    "need": "Two five-day courses for 40 customs officers on finding chemicals at land crossings.",
    "outcome": "24 trained officers at 12 crossings",
    "receiver": "Invented Customs Academy",
    "beneficiaries": 40,
    "existing": "A decree of 2015",
    "elsewhere": "None.",
    "consent": True,
    "contact": {"office": "Invented Customs Academy", "email": "hidden@customs.example"},
    "subject": {"themes": [THEME], "types": ["training"], "weapons": ["CW"], "languages": ["fr"]},
}
WAY = (
    ("submit", "contact:SEN", 21),
    ("authenticate", "expert", 20),
    ("notify", "expert", 20),
    ("acknowledge", "committee", 19),
    ("circulate", "committee", 5),
    ("post", "expert", 4),
)


def days_ago(days: int) -> str:
    """So many days before today at Headquarters."""
    return str(today() - dt.timedelta(days=days))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    settle(url)
    return Desk(url, tmp_path)


def file_request(desk: Desk, **parts: Any) -> dict[str, Any]:
    """File a request of Senegal written as JSON."""
    path = desk.folder / "request.json"
    asked = {"state": "SEN", "requester": "Invented Ministry", "title": "We would like training"}
    path.write_text(json.dumps(asked | {"subject": {}, "contact": {}} | parts), encoding="utf-8")
    kept: dict[str, Any] = desk.asks("assist", "request", "file", str(path), "--as", "contact:SEN")
    return kept


def take(desk: Desk, request: str, step: str, role: str, days: int, *more: str) -> Any:
    """Take a step as of so many days ago."""
    return desk.asks("assist", "request", "step", request, step, "--as", role, "--on", days_ago(days), *more)


def test_a_request_from_vague_to_told_of(desk: Desk) -> None:
    vague = file_request(desk, need="We would like training")
    request = vague["id"]
    refused = desk.is_refused("assist", "request", "step", request, "submit", "--as", "contact:SEN")
    assert "receiver" in refused["found"] and "give a reason" in refused["remedy"]
    file_request(desk, id=request, number=vague["number"], **CLEAR)
    for step, role, days in WAY[:4]:
        take(desk, request, step, role, days)
    early = desk.is_refused(
        "assist", "request", "step", request, "circulate", "--as", "committee", "--on", days_ago(19)
    )
    assert "5 working days" in early["expected"]
    for step, role, days in WAY[4:]:
        take(desk, request, step, role, days)
    public = desk.asks("assist", "request", "show", request, "--as", "reader")
    assert public["shown"]["summary"] and "hidden@customs.example" not in json.dumps(public)

    (match,) = desk.asks("assist", "match", request)["matches"]
    assert match["verdict"] == "good"
    assert {ground["criterion"] for ground in match["grounds"] if ground["says"] == "for"} >= {"theme", "language"}
    take(desk, request, "pass-offer", "expert", 3, "--offer", match["offer"])
    take(desk, request, "accept", "contact:SEN", 2, "--offer", match["offer"])
    desk.asks("assist", "feedback", request, "requester", "yes", "--as", "contact:SEN")
    desk.asks("assist", "feedback", request, "provider", "in-part")
    told = desk.asks("assist", "request", "show", request, "--as", "contact:SEN")["feedback"]
    assert {(one["side"], one["met"]) for one in told} == {("requester", "yes"), ("provider", "in part")}

    take(desk, request, "withdraw", "contact:SEN", 0)
    # Who runs the commands wrote the request, and as an expert sees their own.
    for role in ("reader", "provider", "committee", "contact:FRA"):
        assert not desk.asks("assist", "request", "list", "--as", role)["requests"], role
        assert request in desk.is_refused("assist", "request", "show", request, "--as", role)["found"], role


def test_a_seminar_of_neighbours_is_planned_with_its_agenda(desk: Desk) -> None:
    first = today().replace(year=today().year + 1, month=1, day=11)
    wish = desk.folder / "wish.yaml"
    wish.write_text(
        f"title: Borders\nregions: [Western Africa]\nthemes: [{THEME}]\nlimits: {{events: 1}}\n"
        f"since: {first}\nuntil: {first.replace(month=6)}\nseconds: 5\n",
        encoding="utf-8",
    )
    made = desk.asks("assist", "plan", "make", str(wish))
    plan, (event,) = made["plan"], made["worked"]["programme"]["events"]
    assert set(event["states"]) & set(PRACTISING)
    assert desk.asks("assist", "plan", "why", plan, "TGO")["standing"] == "takes part"
    agenda = desk.folder / "agenda.docx"
    desk.asks("assist", "plan", "agenda", plan, event["id"], "--lang", event["languages"][0], "--out", str(agenda))
    with ZipFile(agenda) as archive:
        assert "Law of " in archive.read("word/document.xml").decode()
