"""Who gets the leads of a program that no rule takes (rulings 4)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from leads.selectors import representative_kept
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.routing.models import ProgramFallback
from partnerhub.routing.selectors import rule_set_on
from partnerhub.tenancy.locks import count_alone


@transaction.atomic
def name_fallback(program_id: UUID, *, to: UUID | None, by: Seat) -> ProgramFallback:
    """Name the fallback representative of a program, or nobody: then its leads wait in Unassigned.

    Named again, nothing changes. Raises Program.DoesNotExist, NotPermitted, and Refused for whoever can't, and for
    nobody while rules are on.
    """
    if by.side != VENDOR or not by.can(QUEUES_MANAGE):
        raise NotPermitted(QUEUES_MANAGE)
    chosen = representative_kept(to) if to else None
    if to and chosen is None:
        raise Refused(
            Reason("representative", _("Choose one of the vendor's representatives."), field="representative")
        )
    count_alone("rule-sets")
    if chosen is None and rule_set_on() is not None:
        text = _("Rules are on: somebody has to get the leads that none of them takes.")
        raise Refused(Reason("representative", text, field="representative"))
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    row = ProgramFallback.objects.select_related("representative__user").filter(program=program).first()
    row = row or ProgramFallback(program=program, version=0)
    if row.representative_id == (chosen.pk if chosen else None) and row.version:
        return row
    before = {"representative": row.representative.name if row.representative else None}
    row.representative, row.version = chosen, row.version + 1
    row.save()
    record(
        "programfallback.named",
        row,
        actor=by,
        before=before,
        after={"representative": chosen.name if chosen else None},
        data={"program_name": program.name, "url": "/programme/rules/fallbacks/"},
        audience=Audience.VENDOR,
    )
    return row
