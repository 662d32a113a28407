"""Appeals as records with a machine: what all their verbs share."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.services.made_of_leads import MadeOfLead
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.states import APPEAL_MACHINE, OVERDUE, PAUSED
from partnerhub.web.formats import day_text


class Appeals(MadeOfLead[Appeal]):
    """What the record machinery knows of appeals: model, machine, labels of fields, and who sees which."""

    model = Appeal
    machine = APPEAL_MACHINE
    plural, called, many, icon = "appeals", pgettext_lazy("noun", "Appeal"), _("Appeals"), "up"
    joins = ("partner", "appealed_by__user", "lead__submitted_by__user")
    untold = frozenset({"decided_by", "decided_token", "decided_maker"})
    internal = frozenset({"is_late", "refused_person"})
    labels = {"status": _("Status"), "code": _("Reason"), "answer": _("Explanation")}
    tells = {"company": "company", "partner_name": "partner.name", "due_at": "due"}
    said = {"number": "lead.reference", "day": lambda one: day_text(one.due_at)}
    about = _("Appeal for lead %(number)s")

    def next_words(self, record: Appeal) -> str:
        if record.is_paused:
            return str(PAUSED)
        return str(OVERDUE) % self.words(record) if record.is_overdue else super().next_words(record)


APPEALS = Appeals()
