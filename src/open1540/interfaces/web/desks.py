"""The desks of the workbench, in the order of the menu. A new desk is one line here."""

from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages import (
    accounts,
    api,
    assistance,
    audit,
    documents,
    help,
    hooks,
    overview,
    provider,
    reference,
    review,
    states,
    work,
)

DESKS: tuple[Desk, ...] = (
    overview.desk,
    documents.desk,
    states.desk,
    review.desk,
    assistance.desk,
    reference.desk,
    work.desk,
    audit.desk,
    accounts.desk,
    hooks.desk,
    provider.desk,
    api.desk,
    help.desk,
)
