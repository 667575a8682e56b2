"""Three renderings of one page model: for the terminal, as HTML, as PDF."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from open1540.interfaces.reports.briefing import Page, texts
from open1540.interfaces.reports.typeset import typeset


def as_text(model: Page) -> str:
    """The page as plain text, one item a block."""
    lines = [model.title, model.subtitle, "", *(f"{fact.label}: {fact.value}" for fact in model.facts)]
    for section in model.sections:
        lines += ["", f"== {section.title} ==", section.note if section.items else section.empty]
        for item in section.items:
            lines += ["", f"[{item.heading}] {item.quotation}"]
            lines += [f"    {fact.label}: {fact.value}".replace("\n", "\n        ") for fact in item.facts]
    return "\n".join([*lines, "", model.caveat])


def as_html(model: Page) -> str:
    """The page as one HTML file without scripts or outside resources."""
    return _template().render(page=model)


def as_pdf(model: Page) -> bytes:
    """The page as a tagged PDF. Raises JobFailed where this machine lacks a font for one of its scripts."""
    return typeset("briefing", "page", model, texts(model))


@cache
def _template() -> Template:
    loader = PackageLoader("open1540.interfaces", "reports")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("briefing.html")
