"""What deals put on a person's home: how many are open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from deals.models import Deal
from deals.selectors.deals import deals_seen_by
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.roles import DEALS_VIEW
from partnerhub.web.homes import MOST_COUNTED, Figure, Part, count_text


def home_of(membership: Membership) -> Part:
    """The open ones that the member sees, where there are any; one statement."""
    if not membership.can(DEALS_VIEW):
        return Part()
    rows = Deal.objects.filter(deals_seen_by(membership).lookup()).exclude(status__in=IS_CLOSED)
    many = len(rows.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    url = f"{reverse('deals:deals')}?view=open"
    return Part(figures=[Figure(_("Open opportunities"), count_text(many), _("not closed yet"), url)] if many else [])
