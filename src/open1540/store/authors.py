"""Whose words a document carries, by which it is found among others."""

from collections import Counter

from open1540.documents.reading import Reading


def author(reading: Reading) -> str | None:
    """The sender of a document, or the State a national law is of; None where the text does not tell."""
    head = reading.document
    if head.sender and head.sender.actor:
        return head.sender.actor
    states = Counter(claim.state for claim in reading.claims if claim.state)
    return states.most_common(1)[0][0] if states and head.kind == "national law" else None
