"""One file for each flow of work: load, ask the rooms below, save; the public Python API.

Paths, questions and the name of the person asking come in; records come out, with every change on the audit log.
How an answer looks is left to interfaces; what a text, a list or a law says is left to the rooms below.
"""
