"""Texts as both engines can keep and compare them."""


def storable(text: str) -> str:
    """The text without nulls: PostgreSQL keeps every other character."""
    return text.replace("\x00", "\ufffd")
