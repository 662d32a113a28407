"""What is told about deals: to those who are on one, and to the vendor of a shared one, that it is closed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.circles import AllNamed, Circle, Holders, the_vendor
from notifications.selectors.mentions import MENTIONED, TO_MENTIONED, mentions_you
from notifications.selectors.story import Letter, Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.selectors.written import files_told, written_words
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import PurposeGroup
from partnerhub.roles import DEALS_CLOSE_WRONG, DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.formats import amount_text

DEAL_MAIL = PurposeGroup("deals", _("Opportunities"))
CLOSED_DEALS = Purpose(
    "deal-status",
    _("Closed deals"),
    _("A deal that you are on, or that a partner shares with you, was won, lost or closed as an error."),
    BOTH_SIDES,
    DEAL_MAIL,
    permission=DEALS_VIEW,
    stop=_("Stop mail about closed deals"),
)
DEAL_MESSAGES = Purpose(
    "deal-message",
    _("Messages on deals"),
    _("The other side has written a message about a deal that you are on, or that is shared with you."),
    BOTH_SIDES,
    DEAL_MAIL,
    permission=DEALS_VIEW,
    stop=_("Stop mail about messages on deals"),
)
ON_THE_DEAL = Circle(
    "deal-people",
    _("Opened the deal or is in its team"),
    AllNamed("people_ids"),
    _("You get this because you are on a deal of %(partner)s at %(tenant)s."),
)
SHARED_DEALS = Purpose(
    "deal-shared",
    _("Shared deals"),
    _("A partner shares a deal with you: you own it at your organisation."),
    frozenset({VENDOR}),
    CLOSED_DEALS.group,
    permission=DEALS_VIEW,
    stop=_("Stop mail about shared deals"),
)
ITS_CONTACT = Circle(
    "deal-contact",
    _("Named as the contact of a shared deal"),
    AllNamed("contact_ids"),
    _("You get this because %(partner)s named you as the contact of a deal at %(tenant)s."),
)
SHARED_WITH = Circle(
    "deal-managers",
    _("Channel manager of a shared deal"),
    Holders(DEALS_CLOSE_WRONG, the_vendor),
    _("You get this because you are a channel manager at %(tenant)s."),
)
TOLD_TO = (Rule(CLOSED_DEALS, ((ON_THE_DEAL,),)), Rule(CLOSED_DEALS, ((SHARED_WITH,),), unless="private"))
ABOUT_DEALS = LettersAbout(((_("Customer"), "customer"), (_("Value"), "value")), _("See deal"))


def deal_words(data: dict[str, Any]) -> Mapping[str, str]:
    """The value as the reader writes it."""
    if "value_minor" not in data:
        return {}
    return {"value": f"{data['currency']} {amount_text(data['value_minor'], data['currency'], cents=True)}"}


def message(story: Story) -> Letter:
    """The words of a message on a deal. Raises Over once it was deleted."""
    words = written_words(story, "body")
    if words is None:
        raise Over
    named = {"company": story["name"], "actor": story["actor"]}
    return Letter(
        subject=_now("%(company)s: %(actor)s wrote to you") % named,
        heading=_now("%(actor)s wrote about %(company)s") % named,
        paragraphs=[_now("Answer on the deal’s page; the other side reads it there.")],
        quote=(_now("%(actor)s writes") % story, words) if words else None,
        facts=[(_now("Customer"), story["customer"]), *files_told(story)],
        action=(_now("See deal"), story["url"]),
    )


DEAL_LETTERS = (
    Telling(
        "note.shared",
        by_reader(MENTIONED, mentions_you, message),
        (
            TO_MENTIONED,
            Rule(DEAL_MESSAGES, ((ON_THE_DEAL,),), acted_by=VENDOR),
            Rule(DEAL_MESSAGES, ((SHARED_WITH,),), acted_by=PARTNER),
        ),
        about="deal",
    ),
    Telling(
        "deal.shared",
        ABOUT_DEALS.letter(
            _("%(partner)s shares a deal with you: %(name)s"),
            _("%(partner)s shares a deal with you"),
            _("%(actor)s would like to work on %(name)s with you."),
            quote=(_("%(actor)s writes"), "intro_note"),
        ),
        (Rule(SHARED_DEALS, ((ITS_CONTACT,),)),),
    ),
    Telling(
        "deal.won",
        ABOUT_DEALS.letter(
            _("%(name)s is won"), _("%(name)s is won"), _("%(actor)s has closed the deal with %(customer)s as won.")
        ),
        TOLD_TO,
    ),
    Telling(
        "deal.lost",
        ABOUT_DEALS.letter(
            _("%(name)s is lost"),
            _("%(name)s is lost"),
            _("%(actor)s has closed the deal with %(customer)s as lost."),
            quote=(_("%(actor)s writes"), "reason_text"),
        ),
        TOLD_TO,
    ),
    Telling(
        "deal.struck",
        ABOUT_DEALS.letter(
            _("%(name)s is closed as an error"),
            _("%(name)s is closed as an error"),
            _("%(actor)s has closed the deal with %(customer)s: it should not have been there."),
            quote=(_("%(actor)s writes"), "reason_text"),
        ),
        TOLD_TO,
    ),
)
