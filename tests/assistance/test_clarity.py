"""Advice before a request is sent: concrete, kind, with the words found; none for a clear request."""

import datetime as dt

import msgspec
import pytest
import request_cases as cases

from open1540 import documents, reference
from open1540.assistance.clarity import clarity
from open1540.assistance.form import with_values
from open1540.assistance.reading import read_request
from open1540.assistance.records import Contact, Request, Subject
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.request_advice import advice_words
from open1540.reference import LANGUAGES
from open1540.reference.check_requests import check_requests
from open1540.reference.request_advice import advice_rules
from open1540.reference.request_parts import request_form

DAY = dt.date(2026, 11, 26)
CLEAR = Request(
    state="GHA",
    requester="Ministry of Trade",
    title="Training of customs officers to find dual-use goods in transit",
    subject=Subject(
        themes=("border-controls",),
        fields=("OP3cd.CW.border-control.enforcement",),
        weapons=("CW",),
        types=("training",),
        languages=("en",),
        since=dt.date(2027, 3, 1),
        until=dt.date(2027, 9, 30),
    ),
    contact=Contact(email="desk@trade.example"),
    need="Two five-day courses for 40 customs officers on finding chemicals at land crossings.",
    existing="Six crossings have radiation portals; none has anything for chemicals.",
    outcome="Two trained officers at each of twelve crossings.",
    receiver="Customs Academy",
    beneficiaries=40,
    elsewhere="None.",
    consent=True,
)
EQUIPMENT = with_values(
    CLEAR,
    {
        "types": ("equipment",),
        "title": "Detectors, two container terminals",
        "need": "Hand-held detectors to check cargo at two container terminals; maintenance by our metrology institute.",
        "beneficiaries": None,
        "languages": (),
    },
)
DRAFTING = with_values(
    CLEAR,
    {
        "themes": ("export-licensing",),
        "fields": (),
        "types": ("legal-drafting",),
        "need": "A chapter on brokering in the Export Control Act of 2012.",
    },
)


def ids(request, on=DAY):
    return {advice.id for advice in clarity(request, on)}


@pytest.mark.parametrize("request_", [CLEAR, EQUIPMENT, DRAFTING], ids=["training", "equipment", "drafting"])
def test_a_clear_request_gives_no_advice(request_):
    assert clarity(request_, DAY) == ()


# What is changed in a clear request, and the one piece of advice that then is given.
CHANGES = [
    (CLEAR, {"receiver": ""}, "receiver-missing"),
    (CLEAR, {"beneficiaries": None}, "people-missing"),
    (CLEAR, {"beneficiaries": 0}, "people-none"),
    (CLEAR, {"languages": ()}, "languages-missing"),
    (CLEAR, {"existing": ""}, "existing-missing"),
    (CLEAR, {"outcome": ""}, "outcome-missing"),
    (CLEAR, {"outcome": "Our national capacities strengthened"}, "outcome-vague"),
    (CLEAR, {"since": None, "until": None}, "dates-missing"),
    (CLEAR, {"until": dt.date(2027, 2, 1)}, "dates-reversed"),
    (CLEAR, {"since": dt.date(2026, 3, 1), "until": dt.date(2026, 9, 30)}, "dates-past"),
    (CLEAR, {"weapons": ()}, "weapons-missing"),
    (CLEAR, {"weapons": ("BW",)}, "fields-misfit"),
    (CLEAR, {"fields": ("OP3ab.CW.physical-protection.legal",)}, "fields-misfit"),
    (CLEAR, {"themes": ("border-controls", "biological-security"), "fields": ()}, "several-areas"),
    (CLEAR, {"types": ()}, "types-missing"),
    (CLEAR, {"themes": (), "fields": ()}, "themes-missing"),
    (CLEAR, {"elsewhere": ""}, "elsewhere-missing"),
    (CLEAR, {"consent": None}, "consent-missing"),
    (CLEAR, {"contact.email": ""}, "contact-missing"),
    (CLEAR, {"requester": ""}, "requester-missing"),
    (CLEAR, {"state": None, "requester": ""}, "state-missing"),
    (CLEAR, {"title": ""}, "title-missing"),
    (CLEAR, {"need": ""}, "need-missing"),
    (EQUIPMENT, {"existing": ""}, "equipment-existing"),
    (EQUIPMENT, {"need": "Hand-held detectors to check cargo at two terminals."}, "equipment-upkeep"),
    (EQUIPMENT, {"need": "Ten detectors with maintenance"}, "equipment-purpose"),
    (DRAFTING, {"need": "We need help with legislation."}, "law-unnamed"),
]


@pytest.mark.parametrize("request_, change, advice", CHANGES, ids=[f"{c[2]}-{n}" for n, c in enumerate(CHANGES)])
def test_one_thing_unclear_gives_one_piece_of_advice(request_, change, advice):
    assert ids(with_values(request_, change)) == {advice}


def test_every_rule_but_those_of_vague_needs_is_tried_above():
    tried = {advice for _, _, advice in CHANGES}
    assert {rule.id for rule in advice_rules()} - tried == {"no-actionable-need", "vague-need"}


@pytest.mark.parametrize(
    "words",
    [
        "capacity-building in general",
        "renforcement des capacités en général",
        "fortalecimiento de las capacidades en general",
        "укрепление потенциала в целом",
        "能力建设",
        "بناء القدرات بوجه عام",
    ],
)
def test_vague_words_alone_are_named_in_every_language(words):
    request = with_values(CLEAR, {"need": words, "title": "Request", "themes": (), "fields": (), "types": ()})
    found = {advice.id: advice for advice in clarity(request, DAY)}
    vague = found["vague-need"]
    assert vague.evidence and all(words[one.start : one.end] == one.text for one in vague.evidence)
    assert "need-missing" not in found


@pytest.mark.parametrize(
    "words",
    [
        "The Government is carrying out a study and will consider its needs.",
        "Le Gouvernement mène une étude ; les besoins seront examinés.",
        "El Gobierno realiza un estudio y la cuestión será examinada.",
        "Правительство проводит исследование; вопрос будет рассмотрен.",
        "政府正在进行研究，以后将考虑。",
        "تجري الحكومة دراسة وسينظر في الأمر لاحقا.",
    ],
)
def test_a_study_that_will_be_considered_is_no_actionable_need(words):
    request = Request(state="GHA", requester="Ministry", title="Study", need=words)
    found = {advice.id: advice for advice in clarity(request, DAY)}
    assert found["no-actionable-need"].weight == "must"
    assert all(words[one.start : one.end] == one.text for one in found["no-actionable-need"].evidence)
    # Until there is a need, nothing is asked about its details.
    assert not found.keys() & {"receiver-missing", "outcome-missing", "need-missing", "vague-need"}


def test_a_study_beside_a_concrete_need_does_no_harm():
    assert ids(with_values(CLEAR, {"need": CLEAR.need + " A study to identify further needs goes on."})) == set()


def test_what_must_be_said_comes_first():
    weights = [advice.weight for advice in clarity(Request(state=None, requester="", title="", need="x"), DAY)]
    assert weights == sorted(weights, key=lambda weight: weight != "must")
    assert {"must", "helps"} == set(weights)


def test_the_same_request_gives_the_same_advice():
    vague = with_values(CLEAR, {"receiver": "", "outcome": ""})
    assert clarity(vague, DAY) == clarity(msgspec.json.decode(msgspec.json.encode(vague), type=Request), DAY)


def test_a_period_becomes_past_with_the_day():
    assert ids(CLEAR, dt.date(2027, 9, 30)) == set()
    assert ids(CLEAR, dt.date(2027, 10, 1)) == {"dates-past"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_is_worded_in_every_language_with_its_values(language):
    worst = with_values(
        CLEAR,
        {
            "receiver": "",
            "until": dt.date(2027, 2, 1),
            "themes": ("border-controls", "biological-security"),
            "fields": ("OP2.NW.use.legal",),
            "outcome": "capacity-building",
        },
    )
    found = clarity(worst, DAY)
    assert {"receiver-missing", "dates-reversed", "several-areas", "fields-misfit", "outcome-vague"} <= {
        a.id for a in found
    }
    for advice in found:
        says, suggest = advice_words(advice, Translator(language))
        assert says and suggest and "{" not in says + suggest
    titles = reference.theme("biological-security").title(language)
    assert any(titles in advice_words(advice, Translator(language))[0] for advice in found)


def advice_on_file(request):
    reading = documents.read(request.subject.encode(), "subject.txt", "en")
    return clarity(read_request(reading, state=request.state), DAY)


def test_a_study_of_needs_on_a_public_page_is_told_that_it_asks_for_nothing_yet():
    (angola,) = reference.assistance_requests("AGO")
    advice = advice_on_file(angola)[0]
    assert (advice.id, advice.weight) == ("no-actionable-need", "must")
    assert "study to identify sectors" in advice.evidence[0].text


# What each request that public pages tell more of than that it was made would be advised before sending.
ON_FILE = {
    ("ALB", "2004"): {
        "several-areas",
        "receiver-missing",
        "equipment-existing",
        "equipment-purpose",
        "outcome-missing",
    },
    ("ALB", "2008"): {"receiver-missing", "equipment-existing", "outcome-missing"},
    ("ARM", "2008"): {"several-areas", "receiver-missing", "equipment-existing", "outcome-missing"},
    ("ARM", "2015"): {"receiver-missing", "equipment-existing", "outcome-missing"},
}


@pytest.mark.parametrize("state, year", ON_FILE, ids="-".join)
def test_requests_on_public_pages_would_be_helped_to_say_more(state, year):
    (known,) = (r for r in reference.assistance_requests(state) if (r.requested_on or "").startswith(year))
    needed = {advice.id for advice in advice_on_file(known) if advice.weight == "must"}
    # A subject in a list names neither who asks nor a contact; the letter itself may have.
    assert needed - {"requester-missing", "contact-missing"} == ON_FILE[state, year]


def test_requests_that_public_pages_only_count_are_asked_for_their_need():
    for request in reference.assistance_requests():
        if "request to the Committee" in request.subject:
            assert "need-missing" in {advice.id for advice in advice_on_file(request)}


def test_invented_letters_that_study_are_told_so_and_no_others():
    told = {case["id"] for case in cases.cases() if "no-actionable-need" in ids(cases.read(case)[1])}
    assert told == {"fr-lettre-vague", "es-nota-estudio", "zh-note-vague"}


def test_the_facts_about_requests_are_sound():
    assert list(check_requests()) == []


def test_a_text_left_out_in_one_language_is_told():
    form = request_form()
    part = msgspec.structs.replace(form.parts[0], labels={"en": "State"})
    told = list(check_requests(msgspec.structs.replace(form, parts=(part, *form.parts[1:]))))
    assert {problem for problem in told if "label of state" in problem} == {
        f"assistance/parts.yaml: label of state has no words in {lang}" for lang in LANGUAGES if lang != "en"
    }
