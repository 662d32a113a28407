"""Protections as records with a machine: what all their verbs share."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from leads.services import note_protection
from leads.services.made_of_leads import MadeOfLead
from partnerhub.actors import Actor
from partnerhub.protection.models import GRANTS, Protection, end_of
from partnerhub.protection.selectors import rules_of_protection
from partnerhub.protection.states import PROTECTION, RUN_OUT, Status
from partnerhub.web.formats import day_text


class Protections(MadeOfLead[Protection]):
    """What the record machinery knows of protections: model, machine, labels of fields, and who sees which."""

    model = Protection
    machine = PROTECTION
    plural, called, many, icon = "protections", _("Protection"), _("Protected leads"), "lock"
    joins = ("partner", "lead__submitted_by__user")
    internal = frozenset({"reminded", "last_month"})
    labels = {
        "status": _("Status"),
        "until": _("Protected until"),
        "base_days": _("For acceptance"),
        "meeting_days": _("For a meeting"),
        "contact_days": _("For a confirmed contact"),
        "activity_days": _("For months with activity"),
        "extension_days": _("By extension"),
        "met_on": _("Meeting"),
        "contact_asked_at": _("Contact asked"),
        "contact_confirmed_at": _("Contact confirmed"),
        "extension": _("Extension"),
        "extension_text": _("Why"),
        "extension_answer": _("Answer"),
    }
    tells = {"company": "company", "partner_name": "partner.name", "until": "until", "protection_id": "pk"}
    said = {"day": lambda one: day_text(one.until), "left": "left", "number": "lead.reference"}
    about = _("Protection of lead %(number)s")

    def next_words(self, record: Protection) -> str:
        """One that has run out says so, though the clock has not come by yet."""
        if record.status == Status.RUNNING and record.is_over:
            return str(RUN_OUT) % self.words(record)
        return super().next_words(record)

    def grant(self, step: str, held: Protection, *, by: Actor, **changes: object) -> Protection:
        """Take a step that grants days: the end moves with their sum, never back, and reminders begin anew."""
        days = [int(str(changes.get(name, getattr(held, name)))) for name in GRANTS]
        until = max(held.until, end_of(held.starts_at, days, rules_of_protection().most_days))
        done = self.take(step, held, by=by, changes=changes | {"until": until, "reminded": None})
        note_protection(held.lead_id, until)
        return done


PROTECTIONS = Protections()


def held_of(lead_id: UUID) -> Protection | None:
    """The protection of a lead, locked; None where it has none."""
    key = Protection.objects.filter(lead=lead_id).values_list("pk", flat=True).first()
    return PROTECTIONS.held(key) if key else None
