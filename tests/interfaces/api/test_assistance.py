"""Programs ask of assistance what pages show: same filters, same limits, same errors."""

import base64

import pytest
from assisting import TO_POSTED, activity, ask, matched, offer
from serving import Server

API = "/api/v1/assistance"


def asked(server: Server, role: str, path: str, **query: object):
    headers = {} if role == "visitor" else server.token(role)
    return server.visitor().get(f"{API}{path}", params=query, headers=headers)


def sent(server: Server, role: str, path: str, body: object):
    return server.visitor().post(f"{API}{path}", json=body, headers=server.token(role))


@pytest.mark.parametrize(
    ("listed", "query"),
    [
        (
            "requests",
            {"theme": "border-controls", "type": "training", "weapon": "CW", "state": "fra", "region": "Europe"},
        ),
        ("requests", {"standing": "posted", "q": "filtered"}),
        ("requests", {"theme": "export-licensing"}),
        ("offers", {"theme": "border-controls", "language": "fr", "state": "SEN", "q": "filtered"}),
        ("offers", {"language": "ru"}),
        (
            "activities",
            {"theme": "border-controls", "type": "training", "weapon": "CW", "language": "fr", "state": "SEN"},
        ),
        ("activities", {"state": "ITA"}),
    ],
)
def test_filters_are_those_of_the_pages(server: Server, listed: str, query: dict[str, str]) -> None:
    ask(server, "Filtered request", steps=len(TO_POSTED))
    offer(server, "Filtered offer")
    activity(server, "Filtered activity")
    found = asked(server, "expert", f"/{listed}", **query).json()["items"]
    page = server.signed_in("expert").get(f"/assistance/{listed}.json", params=query).json()
    assert [(one.get("request") or one)["id"] if listed == "requests" else one["id"] for one in found] == [
        row["id"] for row in page
    ]


def test_two_who_decide_at_once(server: Server) -> None:
    request = ask(server, steps=1)
    step = {"step": "authenticate", "seen": 1, "on": "2026-11-03"}
    assert sent(server, "expert", f"/requests/{request}/steps", step).status_code == 201
    late = sent(server, "committee", f"/requests/{request}/steps", step | {"step": "acknowledge"})
    assert late.status_code == 409
    assert late.headers["content-type"] == "application/problem+json"
    assert all(late.json()[part] for part in ("found", "expected", "where", "remedy"))


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": {"since": "2027-02-30"}},
        {"subject": {"since": "2027-12-01", "until": "2027-01-01"}},
        {"subject": {"themes": ["no-such-theme"]}},
        {"title": ""},
        {"beneficiaries": -1},
        {"surprise": 1},
    ],
)
def test_what_cannot_be_is_refused_in_four_parts(server: Server, changed: dict[str, object]) -> None:
    body = {"state": "FRA", "requester": "Invented Ministry", "title": "Training"} | changed
    told = sent(server, "contact", "/requests", body)
    if changed == {"surprise": 1}:
        # What the record does not know is not kept.
        assert told.status_code in (201, 422)
        return
    assert told.status_code in (404, 422)
    assert all(told.json()[part] for part in ("found", "expected", "where", "remedy"))


def test_a_withdrawn_offer_serves_nothing_and_shows_on_its_request(server: Server) -> None:
    request, given = matched(server)
    kept = asked(server, "provider", f"/offers/{given}").json()["offer"]
    withdrawn = sent(server, "provider", "/offers", kept | {"withdrawn": True})
    assert withdrawn.status_code == 201 and withdrawn.json()["number"] == 2
    passed = asked(server, "contact", f"/requests/{request}").json()["offers"]
    assert [(one["id"], one["withdrawn"]) for one in passed] == [(given, True)]
    assert given not in [
        one["offer"] for one in asked(server, "expert", f"/requests/{request}/matches").json()["matches"]
    ]


def test_letters_come_as_files_to_those_who_write_them(server: Server) -> None:
    request = ask(server, steps=2)
    offered = asked(server, "expert", f"/requests/{request}/letters").json()["letters"]
    assert [one["letter"] for one in offered] == ["acknowledgement", "notification"]
    letter = asked(server, "expert", f"/requests/{request}/letters/acknowledgement.txt", language="es")
    assert letter.status_code == 200 and "Solicitud de asistencia" in letter.text
    assert asked(server, "contact", f"/requests/{request}/letters").status_code == 403
    assert asked(server, "expert", "/briefing.docx").content.startswith(b"PK")


def test_weights_reach_the_matches(server: Server) -> None:
    request, given = ask(server, steps=len(TO_POSTED)), offer(server, "Weighed by a program")
    usual, heavy = (
        {
            one["offer"]: one
            for one in asked(server, "expert", f"/requests/{request}/matches", **query).json()["matches"]
        }
        for query in ({}, {"weight_theme": "50"})
    )
    assert heavy[given]["balance"] == usual[given]["balance"] + 45
    assert asked(server, "expert", "/unmet", weight_theme="heavy").status_code == 422


def test_a_list_is_shown_then_kept(server: Server) -> None:
    rows = (
        "Title,Provider,Themes\r\nBrought by a program,Invented Institute,border-controls\r\nBad,Invented,nonsense\r\n"
    )
    body = {"name": "list.csv", "content": base64.b64encode(rows.encode()).decode()}
    shown = sent(server, "provider", "/offers/preview", body).json()
    assert [bool(row["record"]) for row in shown["rows"]] == [True, False]
    assert asked(server, "visitor", "/offers", q="brought").json()["total"] == 0
    kept = sent(server, "provider", "/offers/import", body)
    assert kept.status_code == 201 and len(kept.json()["ids"]) == 1
    assert asked(server, "visitor", "/offers", q="brought").json()["total"] == 1
    assert sent(server, "provider", "/offers/import", body).status_code == 422
    assert sent(server, "provider", "/offers/preview", body | {"content": "?"}).status_code == 422
    assert sent(server, "contact", "/offers/preview", body).status_code == 403


def test_exports_are_those_of_the_pages(server: Server) -> None:
    offer(server, "Exported for a program")
    for form in ("csv", "json"):
        told = asked(server, "visitor", f"/offers/export.{form}", q="exported")
        page = server.visitor().get(f"/assistance/offers/export.{form}?q=exported")
        assert told.content == page.content


def test_figures_are_withheld_from_everyone_alike(server: Server) -> None:
    matched(server)
    public = asked(server, "visitor", "/statistics").json()
    assert public["public"] and public["standings"] == []
    assert {one["requests"] for one in public["counts"]["theme"]} <= {None, 0}
    assert asked(server, "visitor", "/statistics/since").json() == {"requests": []}
    assert asked(server, "expert", "/statistics/since").json()["requests"]
