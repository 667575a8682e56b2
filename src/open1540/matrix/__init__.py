"""The Committee's matrix: claims and facts become proposed entries, entries become versions a State and the Committee agree.

Claims, statuses, judgements and earlier versions come in; entries, proposals, differences and printed sheets go out.
What is kept is the store's, who may take a step is decided in workflows, and nothing here adds entries up into a score.
"""
