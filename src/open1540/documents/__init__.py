"""What does this text say? Official documents in Arabic, Chinese, English, French, Russian and Spanish.

Bytes of a file come in; a ``Reading`` goes out: structure, references, actors, dates, statements and claims, each with
its place in the raw text, the rule that found it and a confidence. What a claim is worth is left to people, upstairs.
"""

from open1540.documents.read import read
from open1540.documents.reading import Reading

__all__ = ["Reading", "read"]
