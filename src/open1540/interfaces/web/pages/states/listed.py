"""Fields and differences as the pages of a matrix name and list them."""

from collections.abc import Sequence
from functools import cache

from open1540 import reference
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.http.tables import Table, Value, table
from open1540.interfaces.web.pages.states.place import Place
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix.differences import FieldDifference
from open1540.matrix.record import VersionRow
from open1540.reference import Template
from open1540.workflows.matrix import ShownEntry, ShownMatrix

SECTIONS = {
    "I": "Instruments and memberships",
    "II": "Prohibitions",
    "III": "Accounting, securing, physical protection",
    "IV": "Borders and export control",
    "V": "Lists, assistance, outreach",
}
NO_FINDING = "A blank means that nothing is recorded; it is no finding that there is no measure."


def sections_of(template: Template, ask: Ask) -> list[tuple[str, str, str]]:
    """The sections of a template: id, short title, and the weapon class where a section is of one."""
    return [(one, ask.t(SECTIONS[one.partition("-")[0]]), weapon_of(one, ask)) for one in template.sections]


def weapon_of(section: str, ask: Ask) -> str:
    """The weapon class a section is of, in the reader's language; empty where it is of several."""
    _, _, weapon = section.partition("-")
    return reference.matrix_word(weapon, ask.language) if weapon else ""


def caption(one: ShownEntry | FieldDifference, template: Template, ask: Ask) -> str:
    """A field by its row, weapon class and aspect, for a reader who sees it outside the grid."""
    return _captions(template.id, ask.language).get(one.field, one.field)


@cache
def _captions(template: str, language: str) -> dict[str, str]:
    return {field.field: field.caption(language) for field in reference.template(template).fields}


def entries_table(name: str, place: Place, whole: ShownMatrix, entries: Sequence[ShownEntry], words: Words) -> Table:
    """Fields with what they say, for export."""
    t, ask = place.ask.t, place.ask
    template = reference.template(whole.template)
    return table(
        name,
        f"{place.name}: {t('Matrix')}",
        [
            ("field", t("Field")),
            ("name", t("Measure")),
            ("code", t("Code")),
            ("meaning", t("Meaning")),
            ("citations", t("Citations")),
            ("remarks", t("Remarks")),
            ("basis", t("Basis")),
            ("as_of", t("As of")),
            ("disputed", t("Sources disagree")),
            ("reconstructed", t("Row reconstructed")),
        ],
        (
            (
                one.field,
                caption(one, template, ask),
                one.entry.code,
                words.code(one.entry.code),
                "; ".join(one.entry.citations),
                one.entry.remarks,
                words.basis(one.entry.basis),
                one.entry.as_of,
                one.entry.disputed,
                one.reconstructed,
            )
            for one in entries
        ),
        sources=[f"{source.title} {source.locator}" for source in whole.sources.values()],
        notes=[t(text) for text in whole.caveats],
    )


def differences_table(name: str, ask: Ask, differing: Sequence[FieldDifference], template: Template) -> Table:
    """Differences for export."""
    t = ask.t

    def row(one: FieldDifference) -> tuple[Value, ...]:
        return (
            one.field,
            caption(one, template, ask),
            *one.code,
            "; ".join(one.citations_added),
            "; ".join(one.citations_removed),
            *one.remarks,
            len(one.evidence_added),
            len(one.evidence_removed),
        )

    return table(
        name,
        t("What changed"),
        [
            ("field", t("Field")),
            ("name", t("Measure")),
            ("code_before", t("Code before")),
            ("code_after", t("Code after")),
            ("citations_added", t("Citations added")),
            ("citations_removed", t("Citations removed")),
            ("remarks_before", t("Remarks before")),
            ("remarks_after", t("Remarks after")),
            ("evidence_added", t("Evidence added")),
            ("evidence_removed", t("Evidence removed")),
        ],
        map(row, differing),
    )


def query_of(shown: VersionRow | None, on: str = "") -> str:
    """What keeps an address below the matrix at the version shown."""
    return f"?version={shown.number}" if shown else f"?on={on}" if on else ""


def themes_of(field: str, ask: Ask) -> list[str]:
    """The themes a field belongs to, by their titles."""
    return [theme.title(ask.language) for theme in reference.themes_of(field)]
