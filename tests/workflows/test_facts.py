"""One fact, whatever it is, with its sources."""

import subprocess
import sys

import pytest

from open1540.reference.facts import all_paths
from open1540.vocabulary import UnknownCode
from open1540.workflows import facts


@pytest.mark.parametrize(
    ("fact_id", "kind"),
    [
        ("penalties", "topic"),
        ("theme:penalties", "theme"),
        ("brokering-and-services", "theme"),
        ("theft-of-nuclear-material", "pathway"),
        ("revised_2017_onwards", "template"),
        ("OP2.NW.attempt.legal", "matrix field"),
    ],
)
def test_a_fact_is_shown_with_its_sources(fact_id: str, kind: str) -> None:
    shown = facts.show(fact_id)
    assert shown.kind == kind
    assert shown.sources


@pytest.mark.parametrize("fact_id", ["theme:astrology", "pathway:penalties", "nothing:penalties"])
def test_a_fact_of_another_kind_is_not_shown_instead(fact_id: str) -> None:
    with pytest.raises(UnknownCode, match=fact_id):
        facts.show(fact_id)


LOADED = """
from open1540.reference import facts
read, seen = facts._yaml, set()
facts._yaml = lambda path: seen.add(path) or read(path)
from open1540.workflows.facts import check
check()
print(*sorted(seen), sep="\\n")
"""


def test_every_tree_is_loaded_by_its_own_room_so_that_no_unknown_key_passes() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert tuple(done.stdout.split()) == all_paths(".yaml")
