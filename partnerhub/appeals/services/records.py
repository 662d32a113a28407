"""Appeals as records with a machine: what all their verbs share."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.models import Lead
from leads.services.steps import lead_data
from partnerhub.actors import Seat
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.selectors import seen_by
from partnerhub.appeals.states import APPEAL_MACHINE, OVERDUE
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.formats import day_text
from partnerhub.web.visibility import Rule


class Appeals(Records[Appeal]):
    permission = LEADS_VIEW
    model = Appeal
    machine = APPEAL_MACHINE
    plural, called, many, icon = "appeals", pgettext_lazy("noun", "Appeal"), _("Appeals"), "up"
    joins = ("partner", "appealed_by__user", "lead__submitted_by__user")
    untold = frozenset({"decided_by"})
    internal = frozenset({"is_late", "refused_person"})
    labels = {"status": _("Status"), "code": _("Reason"), "answer": _("Explanation")}
    tells = {"company": "company", "partner_name": "partner.name", "due_at": "due_at"}
    said = {"number": "lead.reference", "day": lambda one: day_text(one.due_at)}
    about = _("Appeal for lead %(number)s")

    def seen_by(self, by: Seat) -> Rule:
        return seen_by(by)

    def event_data(self, record: Appeal) -> dict[str, Any]:
        return super().event_data(record) | lead_data(record.lead)

    def next_words(self, record: Appeal) -> str:
        return str(OVERDUE) % self.words(record) if record.is_overdue else super().next_words(record)

    def locked(self, record_id: UUID, *, by: Seat, seen: int | None) -> Appeal:
        _lock_lead(self.rows(by), record_id)
        return super().locked(record_id, by=by, seen=seen)

    def held(self, record_id: UUID) -> Appeal:
        _lock_lead(self.joined(), record_id)
        return super().held(record_id)


def _lock_lead(rows: QuerySet[Appeal], record_id: UUID) -> None:
    """The lead comes first: its own verbs lock both in this order."""
    Lead.objects.select_for_update().only("pk").get(pk=rows.values("lead_id").get(pk=record_id)["lead_id"])


APPEALS = Appeals()
