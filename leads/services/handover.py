"""Handing over leads when whoever holds them leaves, or loses the role: any number, set by set, with an event each."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy, ngettext

from leads.models import Lead
from leads.selectors.held import (
    able_besides,
    colleagues_besides,
    drafts_begun_by,
    leads_in_work_of,
    leads_owned_by,
    new_leads_of,
    submitters_besides,
)
from leads.services.steps import event_data
from leads.states import OPEN
from partnerhub.accounts.holdings import HoldingKind, register_holding
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.models import Audience
from partnerhub.events.services import Changed, record_each
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, LEADS_WORK
from partnerhub.web.folding import fold

LEADS_HANDED_OVER = 500


def register() -> None:
    """Say what members hold of the leads; called once when the app is ready."""
    register_holding(
        HoldingKind(
            key="leads-in-work",
            permission=LEADS_WORK,
            label=lambda many: ngettext("%(many)s lead in work", "%(many)s leads in work", many) % {"many": many},
            many=lambda member: leads_in_work_of(member).count(),
            successors=able_besides,
            hand_over=_hand_over(leads_in_work_of),
            url=_open_leads,
        )
    )
    register_holding(
        HoldingKind(
            key="new-leads",
            permission=LEADS_WORK,
            label=lambda many: (
                ngettext("%(many)s lead not begun yet", "%(many)s leads not begun yet", many) % {"many": many}
            ),
            many=lambda member: new_leads_of(member).count(),
            successors=able_besides,
            hand_over=_hand_over(new_leads_of),
            nobody=gettext_lazy("Nobody: back to Unassigned"),
            url=_open_leads,
        )
    )
    register_holding(
        HoldingKind(
            key="own-leads",
            permission=LEADS_VIEW,
            label=lambda many: (
                ngettext("%(many)s open lead to follow up", "%(many)s open leads to follow up", many) % {"many": many}
            ),
            many=lambda member: leads_owned_by(member).count(),
            successors=colleagues_besides,
            hand_over=hand_over_own_leads,
            nobody=gettext_lazy("Nobody: any Referrals admin goes on with them"),
            url=lambda _member: "/leads/",
        )
    )
    register_holding(
        HoldingKind(
            key="drafts",
            permission=LEADS_SUBMIT,
            label=lambda many: ngettext("%(many)s draft of a lead", "%(many)s drafts of leads", many) % {"many": many},
            many=lambda member: drafts_begun_by(member).count(),
            successors=submitters_besides,
            hand_over=hand_over_drafts,
            nobody=gettext_lazy("Nobody: any Referrals admin can finish them"),
            url=lambda _member: "/leads/drafts/",
        )
    )


def _open_leads(member: Membership) -> str:
    """The list of the open leads of a representative."""
    return f"/leads/?{urlencode([('representative', member.pk), *(('status', status.value) for status in OPEN)])}"


def _hand_over(leads_of: Callable[[Membership], QuerySet[Lead]]) -> Callable[[Membership, Membership | None, Any], int]:
    return lambda member, to, by: hand_over_leads(leads_of(member), member, to, by=by)


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def hand_over_leads(rows: QuerySet[Lead], member: Membership, to: Membership | None, *, by: Actor) -> int:
    """Give these leads of a representative to another one, or to nobody; how many. Three statements for each set.

    The status stays. The event is `lead.handed_over`; nobody gets a mail for each, `member.took_over` tells them once.
    """
    wanted = rows.select_related("program", "partner", "submitted_by__user").order_by("pk")
    fields = {"representative": to, "representative_key": fold(to.name)[:200] if to else ""}
    done = 0
    while batch := list(wanted.select_for_update(of=("self",))[:LEADS_HANDED_OVER]):
        keys = [lead.pk for lead in batch]
        Lead.objects.filter(pk__in=keys).update(**fields, version=F("version") + 1, updated_at=now())
        record_each("lead.handed_over", [_handed_over(lead, member, to) for lead in batch], actor=by)
        done += len(batch)
    return done


def _handed_over(lead: Lead, member: Membership, to: Membership | None) -> Changed:
    lead.representative, lead.version = to, lead.version + 1
    said = {"assigned_to": to.name if to else "", "handed_over_from": member.name}
    before, after = {"representative": str(member.pk)}, {"representative": str(to.pk) if to else None}
    return Changed(lead, before, after, event_data(lead) | said)


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def hand_over_own_leads(member: Membership, to: Membership | None, by: Membership) -> int:
    """Make a colleague the owner of the open leads that a member follows up; how many. Left to nobody, they stay."""
    people = ("program", "partner", "submitted_by__user", "representative__user")
    rows = leads_owned_by(member).select_related(*people).order_by("pk")
    if to is None:
        return rows.count()
    done = 0
    while batch := list(rows.select_for_update(of=("self",))[:LEADS_HANDED_OVER]):
        Lead.objects.filter(pk__in=[lead.pk for lead in batch]).update(
            owner=to, version=F("version") + 1, updated_at=now()
        )
        record_each("lead.handed_over", [_owned(lead, member, to) for lead in batch], actor=by)
        done += len(batch)
    return done


def _owned(lead: Lead, member: Membership, to: Membership) -> Changed:
    before, after = {"owner": str(lead.owned_by)}, {"owner": str(to.pk)}
    lead.owner, lead.version = to, lead.version + 1
    return Changed(lead, before, after, event_data(lead) | {"assigned_to": to.name, "handed_over_from": member.name})


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def hand_over_drafts(member: Membership, to: Membership | None, by: Membership) -> int:
    """Give the drafts of a member to a colleague; how many. Left to nobody, they stay as they are."""
    if to is None:
        return drafts_begun_by(member).count()
    done = 0
    while batch := list(drafts_begun_by(member).order_by("pk").select_for_update(of=("self",))[:LEADS_HANDED_OVER]):
        keys = [lead.pk for lead in batch]
        Lead.objects.filter(pk__in=keys).update(submitted_by=to, version=F("version") + 1, updated_at=now())
        before, after = {"submitted_by": str(member.pk)}, {"submitted_by": str(to.pk)}
        said = {"assigned_to": to.name, "handed_over_from": member.name}
        told = [Changed(lead, before, after, said | {"version": lead.version + 1}) for lead in batch]
        record_each("lead.draft_handed_over", told, actor=by, audience=Audience.PARTNER)
        done += len(batch)
    return done
