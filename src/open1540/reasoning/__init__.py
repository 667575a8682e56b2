"""Reasoning: optimisation that says why.

In come named quantities, limits and aims; out go an answer with its gap, or the limits that contradict each other. What the
quantities mean is left to the desks.
"""
