"""Which of the provisions that support a field is cited for it."""

from enacted import articles_of, of_articles

EXPORT = "OP3cd.NW.export-control-law"


def test_the_provision_that_forbids_is_cited_before_one_that_acts_on_suspicion() -> None:
    found = of_articles(
        {
            "s. 3": "No person shall export nuclear material that he knows is intended for use in nuclear weapons.",
            "s. 4": "No person shall export nuclear material without a licence.",
        }
    )
    assert articles_of(found, f"{EXPORT}.legal") == {"s. 4"}


def test_a_penalty_for_the_provision_cited_counts_before_one_for_another() -> None:
    found = of_articles(
        {
            "s. 3": "No person shall export nuclear material without a licence.",
            "s. 4": "The export of nuclear material is subject to a licence of the Minister.",
            "s. 5": "A person who contravenes section 4 shall be liable to a fine.",
            "s. 6": "A person who contravenes section 3 shall be liable to imprisonment.",
        }
    )
    assert articles_of(found, f"{EXPORT}.enforcement") == {"s. 6"}


def test_nothing_is_enforced_that_is_not_required() -> None:
    found = of_articles({"s. 3": "A person who contravenes section 9 shall be liable to a fine."})
    assert not found


def test_to_punish_export_without_a_licence_is_to_require_one() -> None:
    found = of_articles(
        {"s. 3": "Whoever exports nuclear material without a licence shall be punished by imprisonment."}
    )
    assert {claim.strength for claim in found if f"{EXPORT}.legal" in claim.fields} == {"implied"}
    assert articles_of(found, f"{EXPORT}.enforcement") == {"s. 3"}
