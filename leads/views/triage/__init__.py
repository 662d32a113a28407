"""Triage: a queue, the lead that is read, the decisions, and the next one (E15)."""

from leads.views.triage.pages import TriageView
from leads.views.triage.people import PeopleView
from leads.views.triage.readers import ReadersView

__all__ = ["PeopleView", "ReadersView", "TriageView"]
