"""Every text a reader can meet exists in all six languages."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, nodes

import open1540
from open1540.documents.reading import DateRole, Kind, Reference, StatementKind
from open1540.interfaces.language import LANGUAGES, Translator, _catalogue
from open1540.interfaces.web.desks import DESKS
from open1540.vocabulary import Grade, UnknownCode
from open1540.workflows import permissions
from open1540.workflows.brief import UPCOMING

INTERFACES = Path(open1540.__file__).parent / "interfaces"


def written_texts() -> set[str]:
    """The literal arguments of ``t(...)`` in the interfaces' code and in their templates."""
    return {*_in_code(), *_in_templates()}


def _in_code() -> Iterator[str]:
    for path in INTERFACES.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _is_translator(call.func):
                yield from (a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _is_translator(called: ast.expr) -> bool:
    return (isinstance(called, ast.Name) and called.id == "t") or (
        isinstance(called, ast.Attribute) and called.attr == "t"
    )


def _in_templates() -> Iterator[str]:
    environment = Environment(autoescape=True)
    for path in (INTERFACES / "web" / "templates").rglob("*.html"):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                yield from (a.value for a in call.args if isinstance(a, nodes.Const) and isinstance(a.value, str))


def words_of_the_records() -> set[str]:
    types = get_args(Reference.__annotations__["type"])
    roles = set(get_args(DateRole)) & set(UPCOMING)
    titles = {role.title for role in permissions.table().roles.values()}
    return {*get_args(Kind), *get_args(StatementKind), *get_args(Grade), *types, *roles, *titles}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_text_is_missing(language: str) -> None:
    missing = (written_texts() | words_of_the_records() | {desk.label for desk in DESKS}) - set(_catalogue(language))
    assert not sorted(missing)


def test_the_code_is_searched_where_texts_are_written() -> None:
    assert {"Briefing", "Skip to the content", "Sign in"} <= written_texts()


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1 May 2020"),
        ("fr", "1 mai 2020"),
        ("es", "1 de mayo de 2020"),
        ("ru", "1 мая 2020\u202fг."),
        ("zh", "2020年5月1日"),
        ("ar", "1 أيار/مايو 2020"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, written: str) -> None:
    assert Translator(language).date("2020-05-01").replace("\xa0", "\u202f") == written


@pytest.mark.parametrize(("language", "written"), [("en", "May 2020"), ("zh", "2020年5月"), ("ar", "أيار/مايو 2020")])
def test_a_month_is_written_as_such(language: str, written: str) -> None:
    assert Translator(language).date("2020-05") == written


@pytest.mark.parametrize("written", ["2021-03/2021-05", "2021", "P2Y", "2021-13"])
def test_an_uncertain_date_stays_as_it_stands(written: str) -> None:
    assert Translator("fr").date(written) == written


def test_a_seventh_language_is_refused_with_the_six_named() -> None:
    with pytest.raises(UnknownCode, match="ar zh en fr ru es"):
        Translator("de")
