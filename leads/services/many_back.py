"""Many leads of one partner taken back at once: what `withdraw_lead` does with each, set by set (E16)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.services.partner import withdraw_lead
from leads.services.steps import LEADS
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import Changed, record_each

CLEARED = {"question": "", "resume_to": ""}


def withdraw_many(lead_ids: Sequence[UUID], *, by: Membership, together: UUID) -> list[Refused | None]:
    """Withdraw each, and what became of it, in their order: None, or why it stays as it is.

    One that was withdrawn before is withdrawn. Two statements and the events for all of them; where the database takes
    them as a whole for wrong, each by itself. `together` is a name for the whole act: nobody gets a letter of each.
    """
    try:
        with transaction.atomic():
            return _withdrawn_together(lead_ids, by=by, together=together)
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except DatabaseError:
        return [_withdrawn_alone(key, by=by, together=together) for key in lead_ids]


def _withdrawn_together(lead_ids: Sequence[UUID], *, by: Membership, together: UUID) -> list[Refused | None]:
    rows = LEADS.rows(by).select_related("representative__user").filter(pk__in=lead_ids).order_by("pk")
    found = {lead.pk: lead for lead in rows.select_for_update(of=("self",), no_key=True)}
    said = {key: _why_not(lead, by) for key, lead in found.items()}
    taken = [lead for key, lead in found.items() if said[key] is None and lead.status != Status.WITHDRAWN]
    told, moment = list[Changed](), now()
    for lead in taken:
        before = {name: getattr(lead, name) for name in (*CLEARED, "status")}
        lead.status, lead.question, lead.resume_to = Status.WITHDRAWN, "", ""
        lead.version += 1
        data = LEADS.event_data(lead) | {"reason_text": "", "together": str(together)}
        told.append(Changed(lead, before, CLEARED | {"status": Status.WITHDRAWN.value}, data))
    Lead.objects.filter(pk__in=[lead.pk for lead in taken]).update(
        **CLEARED, status=Status.WITHDRAWN, version=F("version") + 1, status_changed_at=moment, updated_at=moment
    )
    record_each("lead.withdrawn", told, actor=by)
    return [said.get(key, _gone()) for key in lead_ids]


def _why_not(lead: Lead, by: Membership) -> Refused | None:
    if lead.status == Status.WITHDRAWN:
        return None
    try:
        LEAD.check("withdraw", lead, by)
    except Refused as refused:
        return refused
    return None


def _withdrawn_alone(lead_id: UUID, *, by: Membership, together: UUID) -> Refused | None:
    try:
        withdraw_lead(lead_id, by=by, together=together)
    except Refused as refused:
        return None if Lead.objects.filter(pk=lead_id, status=Status.WITHDRAWN).exists() else refused
    except (Lead.DoesNotExist, NotPermitted):
        return _gone()
    except (OperationalError, InterfaceError):
        raise
    except DatabaseError:  # whatever is wrong with one of them, the others are taken back
        return Refused(Reason("failed", _("It could not be done. We were told of it.")))
    return None


def _gone() -> Refused:
    return Refused(Reason("gone", _("You do not have this lead any more.")))
