"""Whose words a document carries, by which it is found among others."""

from collections import Counter

from open1540.documents.reading import Reading


def author(reading: Reading) -> str | None:
    """The Council for what it decides, else the sender, else the State a national law is of; None where the text does not tell."""
    # The recognisers load tables of their own; only a document that is kept waits for them.
    from open1540.documents.head import speaker

    head = reading.document
    if head.kind != "national law":
        return speaker(head)
    states = Counter(claim.state for claim in reading.claims if claim.state)
    return states.most_common(1)[0][0] if states else None
