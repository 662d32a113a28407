"""What is told of offered deals: to the partner that one waits or is gone, to who offered it what became of it."""

from django.utils.translation import gettext_lazy as _

from deals.letters import CLOSED_DEALS
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, Holders, NamedPeople, the_partner, the_vendor
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.roles import DEALS_MANAGE, DEALS_SEND, OFFERS_VIEW

OFFERED_DEALS = Purpose(
    "deal-offers",
    _("Offered deals"),
    _("The vendor offers a deal to a partner, who accepts or declines it, or lets it expire."),
    BOTH_SIDES,
    CLOSED_DEALS.group,
    permission=OFFERS_VIEW,
    stop=_("Stop mail about offered deals"),
)
WHO_TAKES = Circle(
    "offer-takers",
    _("Accepts deals for the partner"),
    Holders(DEALS_MANAGE, the_partner),
    _("You get this because you accept deals for %(partner)s at %(tenant)s."),
)
WHO_OFFERED = Circle(
    "offer-sender",
    _("Offered the deal"),
    NamedPeople("sender_id"),
    _("You get this because you offered the deal to %(partner)s."),
)
WHO_OFFER = Circle(
    "offer-senders",
    _("Offers deals to partners"),
    Holders(DEALS_SEND, the_vendor),
    _("You get this because you offer deals to partners at %(tenant)s."),
)
TO_TAKERS = (Rule(OFFERED_DEALS, ((WHO_TAKES,),)),)
TO_SENDER = (Rule(OFFERED_DEALS, ((WHO_OFFERED,), (WHO_OFFER,))),)
ABOUT_OFFERS = LettersAbout(((_("Partner"), "partner_name"), (_("Value"), "value")), _("See offer"))
OTHERS_WRITE = (_("%(actor)s writes"), "reason_text")
LETTERS = (
    Telling(
        "dealoffer.sent",
        ABOUT_OFFERS.letter(
            _("%(tenant)s offers you a deal: %(name)s"),
            _("%(tenant)s offers you a deal"),
            _("%(name)s. Accept or decline it by %(due_at_moment)s; you get to know the customer when you accept."),
        ),
        TO_TAKERS,
    ),
    Telling(
        "dealoffer.reminded",
        ABOUT_OFFERS.letter(
            _("%(name)s waits for your answer"),
            _("%(name)s waits for your answer"),
            _("Accept or decline it by %(due_at_moment)s. After that it expires."),
        ),
        TO_TAKERS,
    ),
    Telling(
        "dealoffer.withdrawn",
        ABOUT_OFFERS.letter(
            _("%(name)s is withdrawn"),
            _("%(name)s is withdrawn"),
            _("%(tenant)s does not offer you this deal any more."),
            quote=OTHERS_WRITE,
        ),
        TO_TAKERS,
    ),
    Telling(
        "dealoffer.accepted",
        ABOUT_OFFERS.letter(
            _("%(partner_name)s accepts %(name)s"),
            _("%(partner_name)s accepts %(name)s"),
            _("It goes on as a deal of both."),
        ),
        TO_SENDER,
    ),
    Telling(
        "dealoffer.declined",
        ABOUT_OFFERS.letter(
            _("%(partner_name)s declines %(name)s"),
            _("%(partner_name)s declines %(name)s"),
            _("You can offer it to another partner."),
            quote=OTHERS_WRITE,
        ),
        TO_SENDER,
    ),
    Telling(
        "dealoffer.expired",
        ABOUT_OFFERS.letter(
            _("%(name)s has expired"),
            _("%(name)s has expired"),
            _("It was not answered by %(due_at_moment)s."),
        ),
        (*TO_TAKERS, *TO_SENDER),
    ),
)
