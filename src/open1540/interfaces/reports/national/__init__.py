"""The papers of the national side: a draft report on resolution 1540 (2004) and a draft voluntary action plan."""

from open1540.interfaces.reports.national.plan import plan_paper, plan_rows
from open1540.interfaces.reports.national.report import report_paper
from open1540.interfaces.reports.national.words import doubt_texts, status_words

__all__ = ["doubt_texts", "plan_paper", "plan_rows", "report_paper", "status_words"]
