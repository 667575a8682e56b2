"""The comprehensive review: what is recorded, by field, obligation, weapon and region, and how it changed.

Entries of many States as of a day come in; counts, changes, priorities of fields, thin pathways and groups of States
with like gaps go out, each with its reasons. No State is scored or ranked; a blank stays unknown.
"""
