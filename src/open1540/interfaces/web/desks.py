"""The desks of the workbench, in the order of the menu. A new desk is one line here."""

from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages import accounts, overview, reference, review

DESKS: tuple[Desk, ...] = (overview.desk, review.desk, reference.desk, accounts.desk)
