"""Engines and the network, at the edge of the house.

Plain values come in and plain values go out; every call has a time limit and a size limit.
What is asked and what is done with the answer is left to workflows, the only ones that may open this room.
"""
