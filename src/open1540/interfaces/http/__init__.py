"""What the pages and the API share: who asks and in which language, safety of requests, errors, tables in every form.

A request comes in, an ``Ask`` goes to the door that answers; what may be done is decided in workflows.
"""
