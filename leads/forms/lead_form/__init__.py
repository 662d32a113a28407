"""The form of a submission, made from the table of questions and the program's own fields.

Pages and the API check with the same one.
"""

from leads.forms.lead_form.fields import FILES
from leads.forms.lead_form.form import OWN_GROUP, FieldGroup, LeadForm, typed_answers

__all__ = ["FILES", "OWN_GROUP", "FieldGroup", "LeadForm", "typed_answers"]
