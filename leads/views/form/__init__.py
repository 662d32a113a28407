"""The submission form: a new lead, its draft, and putting a draft away and bringing it back (A2, A3, E8)."""

from leads.views.form.drafts import DiscardView, DraftView, RestoreView
from leads.views.form.known import KnownView
from leads.views.form.page import LeadFormView

__all__ = ["DiscardView", "DraftView", "KnownView", "LeadFormView", "RestoreView"]
