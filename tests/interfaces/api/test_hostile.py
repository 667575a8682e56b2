"""Requests as the OpenAPI document allows and forbids them: every answer is as documented, none is a failure of the server."""

import json
import re

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation
from serving import Server

EXAMPLES = 8
QUIET = list(HealthCheck)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_endpoint_answers_as_documented(server: Server, mode: GenerationMode) -> None:
    document = server.visitor().get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            _ask(server, document, operation, mode)
        except Unsatisfiable:
            # What takes any text, or nothing at all, cannot be asked wrongly.
            assert mode is GenerationMode.NEGATIVE, operation.label


def test_each_type_of_the_document_has_one_name(server: Server) -> None:
    document = server.visitor().get("/api/v1/openapi.json").json()
    named = document["components"]["schemas"]
    # Of two types with one name each is told by its whole name, with the room it is in.
    assert [name for name in named if "." in name or name.startswith("open1540")] == []
    asked = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert asked <= set(named)


def _ask(server: Server, document: dict, operation: APIOperation, mode: GenerationMode) -> None:
    browser, headers = server.visitor(), server.token("expert")

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=QUIET, derandomize=True, database=None)
    def answered(case: schemathesis.Case) -> None:
        asked = case.as_transport_kwargs(base_url="http://testserver")
        sent = {key: value for key, value in asked.items() if key not in ("headers", "cookies") and value is not None}
        answer = browser.request(**sent, headers={**dict(asked.get("headers") or {}), **headers})
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        if answer.headers["content-type"] in ("application/json", "application/problem+json") and answer.content:
            _check(document, operation, answer)

    answered()


def _check(document: dict, operation: object, answer: object) -> None:
    responses = document["paths"][operation.path][operation.method.lower()]["responses"]
    described = responses.get(str(answer.status_code)) or responses["4XX" if answer.status_code >= 400 else "default"]
    schema = described["content"][answer.headers["content-type"]]["schema"]
    rooted = {**schema, "components": document["components"]}
    jsonschema_rs.validator_for(rooted).validate(answer.json())
