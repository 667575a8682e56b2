"""The matrix of France published, from where ``negotiated`` left it, and changed and published again."""

from negotiated import USE
from serving import Server

from open1540.workflows import matrix_changes, matrix_steps

STEPS = (("send", "expert"), ("agree", "contact"), ("approve", "committee"), ("publish", "committee"))


def take(server: Server, *verbs: str) -> None:
    """Take steps, each by the role it belongs to."""
    for verb in verbs:
        who = server.person(dict(STEPS)[verb])
        matrix_steps.take_step("FRA", verb, database_url=server.database_url, who=who, reason="as agreed")


def publish_twice(server: Server) -> None:
    """Publish version 2, then version 3, in which an entry has become unclear."""
    take(server, "agree", "approve", "publish")
    expert = server.person("expert")
    matrix_changes.set_entry("FRA", USE, "?", database_url=server.database_url, who=expert, reason="repealed in part")
    take(server, "send", "agree", "approve", "publish")
