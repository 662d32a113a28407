"""How people belong to a lead: the circles that its letters go to."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leads.selectors.imported import OfImport
from notifications.selectors.circles import (
    AllNamed,
    Circle,
    Holders,
    NamedPeople,
    SqlCondition,
    the_partner,
    the_vendor,
)
from partnerhub.absences.cover import Covering
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import LEADS_SECOND, LEADS_TRIAGE, LEADS_VIEW_ALL


@dataclass(frozen=True)
class OfPartner(Holders):
    """Those of the lead's partner; of a lead that is no partner's, nobody."""

    def find(self, event: Event) -> SqlCondition | None:
        return super().find(event) if event.partner_id else None

    def has(self, member: Membership, event: Event) -> bool:
        return event.partner_id is not None and super().has(member, event)


SUBMITTER = Circle(
    "submitter",
    _("Submitted the lead"),
    NamedPeople("submitter_id"),
    _("You get this because you submitted a lead at %(tenant)s for %(partner)s."),
)
OWNER = Circle(
    "owner",
    _("Owner of the lead at the partner"),
    NamedPeople("owner_id"),
    _("You get this because you own a lead of %(partner)s at %(tenant)s."),
)
TEAM = Circle(
    "team",
    _("In the team of the lead"),
    AllNamed("team_ids"),
    _("You get this because you are in the team of a lead of %(partner)s at %(tenant)s."),
)
NAMED = Circle(
    "named",
    _("Named as owner of a lead or for its team"),
    AllNamed("told"),
    _("You get this because a colleague named you for a lead of %(partner)s at %(tenant)s."),
)
PARTNER_ADMINS = Circle(
    "partner-admins",
    _("Referrals admin of the partner"),
    OfPartner(LEADS_VIEW_ALL, the_partner),
    _("You get this because you are a Referrals admin of %(partner)s at %(tenant)s."),
)
REPRESENTATIVE = Circle(
    "representative",
    _("Representative of the lead"),
    NamedPeople("representative_id"),
    _("You get this because you are the representative of a lead at %(tenant)s."),
)
FORMER_REPRESENTATIVE = Circle(
    "former-representative",
    _("Representative of the lead until now"),
    NamedPeople("unassigned_id"),
    _("You get this because you were the representative of a lead at %(tenant)s."),
)
REPRESENTS_IMPORTED = Circle(
    "represents-imported",
    _("Representative of leads of an import"),
    OfImport(),
    _("You get this because you are the representative of leads that came in with an import at %(tenant)s."),
)
CHANNEL_MANAGERS = Circle(
    "channel-managers",
    _("Channel manager"),
    Holders(LEADS_TRIAGE, the_vendor),
    _("You get this because you are a channel manager at %(tenant)s."),
)
SECONDS = Circle(
    "seconds",
    _("May decide on an award as the second person"),
    Holders(LEADS_SECOND, the_vendor),
    _("You get this because you can decide on awards as the second person at %(tenant)s."),
)

REPRESENTATIVES_DEPUTY = Circle(
    "representatives-deputy",
    _("Covers for the representative of the lead"),
    Covering(("representative_id",)),
    _("You get this because you cover for the representative of a lead at %(tenant)s."),
)
PARTNERS_DEPUTY = Circle(
    "partners-deputy",
    _("Covers for a colleague on the lead"),
    Covering(("submitter_id", "owner_id", "team_ids")),
    _("You get this because you cover for a colleague on a lead of %(partner)s at %(tenant)s."),
)

THE_PARTNER = ((SUBMITTER, OWNER, TEAM, PARTNERS_DEPUTY, PARTNER_ADMINS),)
WHO_WORKS_IT = ((REPRESENTATIVE, REPRESENTATIVES_DEPUTY), (CHANNEL_MANAGERS,))
THE_MANAGERS = ((CHANNEL_MANAGERS,),)
