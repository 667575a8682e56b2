"""One file for each desk: its addresses, and what each of its pages asks a workflow for."""
