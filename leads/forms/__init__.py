"""What people fill in about leads: the submission (`lead_form`) and the short forms of the steps (`steps`)."""

from leads.forms.lead_form import LeadForm, typed_answers

__all__ = ["LeadForm", "typed_answers"]
