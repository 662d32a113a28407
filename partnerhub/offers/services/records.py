"""What the record machinery knows of offered deals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.selectors.deals import solutions_named, team_of
from partnerhub.actors import Seat
from partnerhub.offers.models import DealOffer
from partnerhub.offers.selectors import offers_seen_by, partners_to_offer
from partnerhub.offers.states import DEAL_OFFER
from partnerhub.records.kinds import Records
from partnerhub.roles import OFFERS_VIEW
from partnerhub.solutions.selectors import co_sell_ready_of
from partnerhub.web.formats import moment_text

MOST_TO_CHOOSE = 100


class DealOffers(Records[DealOffer]):
    """Nothing of the customer is in a row, an event or a sentence of an offer (E31)."""

    permission = OFFERS_VIEW
    model, machine = DealOffer, DEAL_OFFER
    plural, called, many, icon = "deal_offers", _("Offered deal"), _("Offered deals"), "send"
    joins = ("partner", "sent_by__user", "deal")
    untold = frozenset({"remind_at", "deal"})
    labels = {
        "status": _("Status"),
        "reason_code": pgettext_lazy("noun", "Reason"),
        "reason_text": _("In your own words"),
    }
    tells = {
        "name": "need",
        "partner_name": "partner.name",
        "due_at": "due_at",
        "value_minor": "value_minor",
        "currency": "currency",
        "sender_id": "sent_by_id",
    }
    said = {"due": lambda offer: moment_text(offer.due_at)}

    seen_by = staticmethod(offers_seen_by)

    def choices(self, field: str, by: Seat, record: DealOffer | None = None) -> list[tuple[str, str]]:
        """The partners of a new one; co-sell ready solutions, or colleagues with a role in deals."""
        if field == "partner":
            rows = partners_to_offer().order_by("name_key")[:MOST_TO_CHOOSE]
            return [(str(one.pk), one.name) for one in rows]
        if field == "solutions":
            names = solutions_named([row.pk for row in co_sell_ready_of(by.partner_id)])
        else:
            names = {row.pk: row.name for row in team_of(by.partner_id)}
        return [(str(key), name) for key, name in names.items()]


OFFERS = DealOffers()
