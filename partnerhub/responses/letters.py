"""What is told of the vendor's response: to who answers that it is asked for, to who is on the deal the answer."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from deals.letters import CLOSED_DEALS, ON_THE_DEAL
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, Holders, NamedPeople, the_vendor
from notifications.selectors.story import Letter, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.responses.states import DEAL_ACCEPTED, DEAL_DECLINED, DEAL_EXPIRED, partner_sentence
from partnerhub.roles import RESPONSES_VIEW, RESPONSES_VIEW_ALL

VENDOR_RESPONSES = Purpose(
    "vendor-responses",
    _("Vendor responses"),
    _("The vendor is asked to respond to a shared deal, and accepts it, declines it or lets it expire."),
    BOTH_SIDES,
    CLOSED_DEALS.group,
    permission=RESPONSES_VIEW,
    stop=_("Stop mail about vendor responses"),
)
ANSWERS_IT = Circle(
    "response-representative",
    _("Answers for the vendor"),
    NamedPeople("representative_id"),
    _("You get this because you answer shared deals for %(tenant)s."),
)
ALL_WHO_ANSWER = Circle(
    "response-managers",
    _("Sees all requests for a response"),
    Holders(RESPONSES_VIEW_ALL, the_vendor),
    _("You get this because nobody in particular answers this deal at %(tenant)s."),
)
TO_THE_VENDOR = Rule(VENDOR_RESPONSES, ((ANSWERS_IT,), (ALL_WHO_ANSWER,)))
TO_DEAL_PEOPLE = Rule(VENDOR_RESPONSES, ((ON_THE_DEAL,),))
ABOUT_REQUESTS = LettersAbout(((_("Customer"), "customer"), (_("Partner"), "partner_name")), _("See request"))
ABOUT_ANSWERS = LettersAbout(((_("Customer"), "customer"), (_("Value"), "value")), _("See deal"))
DECLINED_DEAL = ABOUT_ANSWERS.letter(
    _("%(name)s is declined"), _("%(name)s is declined"), _("%(tenant)s does not help with the deal with %(customer)s.")
)


def declined_letter(story: Story) -> Letter:
    """With the sentence of the reason, or the one that says why there is none (B8)."""
    letter = DECLINED_DEAL(story)
    return replace(letter, paragraphs=[*letter.paragraphs, partner_sentence(story.event.data)])


LETTERS = (
    Telling(
        "response.asked",
        ABOUT_REQUESTS.letter(
            _("%(name)s: %(partner_name)s asks for your response"),
            _("%(partner_name)s shares %(name)s with you"),
            _("Accept or decline it by %(due_at_moment)s. After that the request expires."),
        ),
        (TO_THE_VENDOR,),
    ),
    Telling(
        "response.reminded",
        ABOUT_REQUESTS.letter(
            _("%(name)s waits for your response"),
            _("%(name)s waits for your response"),
            _("Accept or decline it by %(due_at_moment)s. After that the request expires."),
        ),
        (TO_THE_VENDOR,),
    ),
    Telling(
        "response.expired",
        ABOUT_REQUESTS.letter(
            _("%(name)s: the request has expired"),
            _("The request for a response to %(name)s has expired"),
            _("It was not answered by %(due_at_moment)s. %(partner_name)s is told."),
        ),
        (TO_THE_VENDOR,),
    ),
    Telling(
        DEAL_ACCEPTED.kind,
        ABOUT_ANSWERS.letter(
            _("%(name)s is accepted"),
            _("%(name)s is accepted"),
            _("%(seller)s works with you on the deal with %(customer)s."),
            facts=((_("Seller"), "seller"), (_("Email"), "seller_email"), (_("Phone"), "seller_phone")),
        ),
        (TO_DEAL_PEOPLE,),
    ),
    Telling(DEAL_DECLINED.kind, declined_letter, (TO_DEAL_PEOPLE,)),
    Telling(
        DEAL_EXPIRED.kind,
        ABOUT_ANSWERS.letter(
            _("%(name)s: no response in time"),
            _("The vendor did not respond to %(name)s in time"),
            _("The deal with %(customer)s goes on as yours. No reason was given, because nobody answered."),
        ),
        (TO_DEAL_PEOPLE,),
    ),
)
