"""An OpenAI-compatible chat endpoint: a question as text, an answer as text."""

import os
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from open1540.vocabulary import BadInput, JobFailed

MAX_ANSWER_BYTES = 1_000_000
TIMEOUT_SECONDS = 120.0


class Endpoint(msgspec.Struct, frozen=True):
    """Where the assistant answers: base address (up to ``/v1``), model name, key if one is needed."""

    url: str
    model: str
    key: str | None = None


class _Message(msgspec.Struct, frozen=True):
    content: str


class _Choice(msgspec.Struct, frozen=True):
    message: _Message


class _Completion(msgspec.Struct, frozen=True):
    choices: list[_Choice]


def from_environment() -> Endpoint:
    """The endpoint named by OPEN1540_ASSISTANT_URL, _MODEL and _KEY. Raises BadInput where none can be used."""
    url, model = os.environ.get("OPEN1540_ASSISTANT_URL"), os.environ.get("OPEN1540_ASSISTANT_MODEL")
    if not url or not model:
        raise BadInput(
            "no assistant configured",
            expected="OPEN1540_ASSISTANT_URL and OPEN1540_ASSISTANT_MODEL in the environment",
            where="environment",
            remedy="set both (and OPEN1540_ASSISTANT_KEY if it needs one), or leave --assistant out",
        )
    key = os.environ.get("OPEN1540_ASSISTANT_KEY")
    if not _is_web_address(url) or not (key or "").isascii():
        raise BadInput(
            f"the assistant's address {url!r}" if not _is_web_address(url) else "a key with letters no key has",
            expected="http://HOST/v1 or https://HOST/v1, and a key of ASCII signs",
            where="OPEN1540_ASSISTANT_URL, OPEN1540_ASSISTANT_KEY",
            remedy="mend it, or leave --assistant out",
        )
    return Endpoint(url.rstrip("/"), model, key)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url and parts.port != 0
    except ValueError:
        return False


def ask(endpoint: Endpoint, instructions: str, question: str) -> str:
    """The assistant's answer. Raises JobFailed where it cannot be reached or answers in another form."""
    try:
        import httpx
    except ImportError as error:
        raise JobFailed(
            "no HTTP client",
            expected="the optional part `llm`",
            where="installation",
            remedy="install open1540[llm], or leave --assistant out",
        ) from error
    request = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": question},
        ],
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        with httpx.stream(
            "POST", f"{endpoint.url}/chat/completions", json=request, headers=headers, timeout=TIMEOUT_SECONDS
        ) as response:
            response.raise_for_status()
            body = b"".join(_limited(response.iter_bytes(), endpoint))
        return msgspec.json.decode(body, type=_Completion).choices[0].message.content
    except (httpx.HTTPError, msgspec.DecodeError, IndexError) as error:
        raise _failed(endpoint, str(error) or type(error).__name__) from error


def _limited(chunks: Iterable[bytes], endpoint: Endpoint) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > MAX_ANSWER_BYTES:
            raise _failed(endpoint, f"an answer of more than {MAX_ANSWER_BYTES} bytes")
        yield chunk


def _failed(endpoint: Endpoint, found: str) -> JobFailed:
    return JobFailed(
        found,
        expected="a chat completion of the OpenAI-compatible form",
        where=endpoint.url,
        remedy="check the address, the model name and the key; the document itself is read and kept",
    )
