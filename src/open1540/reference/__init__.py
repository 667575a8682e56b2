"""Facts as of a date: States, treaties, resolutions, obligations, matrix templates, actors, topics.

Files of the package's ``facts/`` folder come in, typed and dated records go out; nothing is read after the first use.
What a text says about these things is left to documents, what a State has done about them to the desks.
"""
