"""The command line: one file of commands for each part of the work, registered in ``app``."""
