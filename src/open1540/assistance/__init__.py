"""Assistance: what a State asks for, what others offer, who should meet whom about what.

In come requests, offers, activities and what matrices leave unknown; out go what makes a request clear, steps and deadlines of
the procedure, matches with reasons, regional programmes. What is kept, who may see it and what is sent is left to others.
"""
