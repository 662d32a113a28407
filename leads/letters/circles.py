"""How people belong to a lead: the circles that its letters go to."""

from django.utils.translation import gettext_lazy as _

from notifications.selectors.circles import AllNamed, Circle, Holders, Named, the_partner, the_vendor
from partnerhub.roles import LEADS_SECOND, LEADS_TRIAGE, LEADS_VIEW_ALL

SUBMITTER = Circle(
    "submitter",
    Named("submitter_id"),
    _("You get this because you submitted a lead at %(tenant)s for %(partner)s."),
)
OWNER = Circle("owner", Named("owner_id"), _("You get this because you own a lead of %(partner)s at %(tenant)s."))
TEAM = Circle(
    "team", AllNamed("team_ids"), _("You get this because you are in the team of a lead of %(partner)s at %(tenant)s.")
)
NAMED = Circle(
    "named",
    AllNamed("told"),
    _("You get this because a colleague named you for a lead of %(partner)s at %(tenant)s."),
)
PARTNER_ADMINS = Circle(
    "partner-admins",
    Holders(LEADS_VIEW_ALL, the_partner),
    _("You get this because you are a Referrals admin of %(partner)s at %(tenant)s."),
)
REPRESENTATIVE = Circle(
    "representative",
    Named("representative_id"),
    _("You get this because you are the representative of a lead at %(tenant)s."),
)
FORMER_REPRESENTATIVE = Circle(
    "former-representative",
    Named("unassigned_id"),
    _("You get this because you were the representative of a lead at %(tenant)s."),
)
CHANNEL_MANAGERS = Circle(
    "channel-managers",
    Holders(LEADS_TRIAGE, the_vendor),
    _("You get this because you are a channel manager at %(tenant)s."),
)
SECONDS = Circle(
    "seconds",
    Holders(LEADS_SECOND, the_vendor),
    _("You get this because you can decide on awards as the second person at %(tenant)s."),
)

THE_PARTNER = ((SUBMITTER, OWNER, TEAM, PARTNER_ADMINS),)
WHO_WORKS_IT = ((REPRESENTATIVE,), (CHANNEL_MANAGERS,))
THE_MANAGERS = ((CHANNEL_MANAGERS,),)
