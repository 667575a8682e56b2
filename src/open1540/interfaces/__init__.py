"""Doors: the command line and written reports; web pages and an API stand beside them when built.

A question of the user comes in, a workflow answers it, and the answer goes out in the user's language and format.
Doors decide nothing: what may be done and what is true is settled in workflows and below.
"""
