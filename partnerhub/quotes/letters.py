"""What is told of quotes: to the customer that there is one, to both sides what the customer says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.letters import CLOSED_DEALS, ON_THE_DEAL, SHARED_WITH
from notifications.selectors.about import LettersAbout, Write
from notifications.selectors.circles import Address, Circle
from notifications.selectors.story import Letter, Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import INVITATION_MAIL
from partnerhub.quotes.models import Quote
from partnerhub.quotes.selectors import quote_path
from partnerhub.roles import DEALS_VIEW
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.formats import amount_text, day_text

QUOTE_ANSWERS = Purpose(
    "quote-answers",
    _("Answers to quotes"),
    _("A customer has accepted or declined a quote of a deal that you are on, or that is shared with you."),
    BOTH_SIDES,
    CLOSED_DEALS.group,
    permission=DEALS_VIEW,
    stop=_("Stop mail about answers to quotes"),
)
QUOTED_CUSTOMER = Circle(
    "quote-customer",
    _("Customer of the quote"),
    Address("email"),
    _("You get this because a quote was made for you at %(tenant)s."),
)
TO_CUSTOMER = (Rule(INVITATION_MAIL, ((QUOTED_CUSTOMER,),)),)
TO_BOTH_SIDES = (
    Rule(QUOTE_ANSWERS, ((ON_THE_DEAL,),)),
    Rule(QUOTE_ANSWERS, ((SHARED_WITH,),), unless="private"),
)


def quote_words(data: dict[str, Any]) -> Mapping[str, str]:
    """Sum and last day as the reader writes them."""
    if "total_minor" not in data:
        return {}
    return {
        "total": f"{data['currency']} {amount_text(data['total_minor'], data['currency'], cents=True)}",
        "valid_day": day_text(date.fromisoformat(data["valid_until"])),
    }


def _link(story: Story) -> str:
    """The link is signed now; it stands in no event and no log. Raises Over once it no longer works."""
    with tenant_scope(story.tenant):
        found = Quote.objects.select_related("deal").filter(pk=story["quote_id"]).first()
        if found is None or not found.is_answerable:
            raise Over
    return quote_path(found.pk)


ABOUT_QUOTES = LettersAbout(((_("Quote"), "number"), (_("Total"), "total")), see=_("See quote"))
ABOUT_QUOTED_DEALS = LettersAbout(((_("Customer"), "customer"), (_("Quote"), "quote")), see=_("See deal"))


def _with_total(write: Write) -> Write:
    """The letter with what the quote comes to, as its reader writes it."""

    def written(story: Story) -> Letter:
        letter, currency = write(story), story["quote_currency"]
        total = f"{currency} {amount_text(int(story['quote_minor']), currency, cents=True)}"
        return replace(letter, facts=[*letter.facts, (_now("Total"), total)])

    return written


LETTERS = (
    Telling(
        "quote.sent",
        ABOUT_QUOTES.letter(
            _("Quote %(number)s from %(sender)s"),
            _("%(sender)s made you a quote"),
            _("It comes to %(total)s and is valid until %(valid_day)s."),
            action=(_("Read the quote"), _link),
            after=_("You accept or decline it on that page. You need no account."),
        ),
        TO_CUSTOMER,
    ),
    Telling(
        "quote.withdrawn",
        ABOUT_QUOTES.letter(
            _("Quote %(number)s from %(sender)s is withdrawn"),
            _("Quote %(number)s is withdrawn"),
            _("%(sender)s does not offer it any more. You have nothing to do."),
            is_final=True,
        ),
        TO_CUSTOMER,
    ),
    Telling(
        "deal.quote_accepted",
        _with_total(
            ABOUT_QUOTED_DEALS.letter(
                _("%(name)s: the customer accepted quote %(quote)s"),
                _("%(customer)s accepted quote %(quote)s"),
                _("%(answered_name)s accepted it for the customer."),
            )
        ),
        TO_BOTH_SIDES,
    ),
    Telling(
        "deal.quote_declined",
        _with_total(
            ABOUT_QUOTED_DEALS.letter(
                _("%(name)s: the customer declined quote %(quote)s"),
                _("%(customer)s declined quote %(quote)s"),
                _("You can make a new version of it on the page of the deal."),
                quote=(_("The customer writes"), "reason_text"),
            )
        ),
        TO_BOTH_SIDES,
    ),
)
