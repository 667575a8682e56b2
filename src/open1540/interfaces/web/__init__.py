"""The workbench: pages for people, in six languages, that work without scripts for reading.

One file of ``pages`` and one folder of ``templates`` for each desk, registered in ``desks``; a page asks a workflow and shows the answer.
"""
