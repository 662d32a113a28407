"""What is told of registrations: to the vendor what is sent, to the partner's people what was decided."""

from dataclasses import replace

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.letters import CLOSED_DEALS
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import AllNamed, Circle, Holders, NamedPeople, the_vendor
from notifications.selectors.story import Letter, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.registrations.states import RejectReason
from partnerhub.roles import REGISTRATIONS_AMOUNT, REGISTRATIONS_REVIEW, REGISTRATIONS_VIEW, VENDOR

INCENTIVE_MAIL = Purpose(
    "registrations",
    _("Registrations of won deals"),
    _("A won deal is registered for an incentive, sent for review, asked about, approved, rejected or expired."),
    BOTH_SIDES,
    CLOSED_DEALS.group,
    permission=REGISTRATIONS_VIEW,
    stop=_("Stop mail about registrations"),
)
ITS_OWNER = Circle(
    "registration-owner",
    _("Owns the registration"),
    NamedPeople("owner_id"),
    _("You get this because deals that %(tenant)s registers for %(partner)s go to you."),
)
ITS_PEOPLE = Circle(
    "registration-people",
    _("Owns the registration or is in the team of its deal"),
    AllNamed("people_ids"),
    _("You get this because you are on a deal of %(partner)s at %(tenant)s that is registered."),
)
REVIEWS_CLAIMS = Circle(
    "registration-reviewers",
    _("Reviews registrations"),
    Holders(REGISTRATIONS_REVIEW, the_vendor),
    _("You get this because you review registrations of deals at %(tenant)s."),
)
APPROVES_AMOUNTS = Circle(
    "registration-amounts",
    _("Approves amounts of registrations"),
    Holders(REGISTRATIONS_AMOUNT, the_vendor),
    _("You get this because you approve the amounts of registrations at %(tenant)s."),
)
TO_CLAIM_OWNER = Rule(INCENTIVE_MAIL, ((ITS_OWNER,), (ITS_PEOPLE,)), acted_by=VENDOR)
TO_PEOPLE = Rule(INCENTIVE_MAIL, ((ITS_PEOPLE,),))
TO_CLAIM_REVIEWERS = Rule(INCENTIVE_MAIL, ((REVIEWS_CLAIMS,),))
TO_AMOUNTS = Rule(INCENTIVE_MAIL, ((APPROVES_AMOUNTS,),), unless="is_small")
ABOUT_INCENTIVES = LettersAbout(
    ((_("Incentive"), "incentive"), (_("Customer"), "customer"), (_("Partner"), "partner_name")), _("See registration")
)
THEY_WRITE = (_("%(actor)s writes"), "reason_text")
REJECTED_CLAIM = ABOUT_INCENTIVES.letter(
    _("%(name)s: the registration is rejected"),
    _("The registration of %(name)s is rejected"),
    _("The deal can be registered again where what is missing can be mended."),
    quote=THEY_WRITE,
)


def rejected_letter(story: Story) -> Letter:
    """With the reason in the reader's language."""
    letter = REJECTED_CLAIM(story)
    label = str(RejectReason(story["code"]).label)
    return replace(letter, paragraphs=[_now("The reason: %(reason)s.") % {"reason": label}, *letter.paragraphs])


LETTERS = (
    Telling(
        "registration.opened",
        ABOUT_INCENTIVES.letter(
            _("%(name)s is registered for you"),
            _("%(actor)s has registered %(name)s for you"),
            _("Describe the contract and send it for review by %(due_at_moment)s."),
        ),
        (TO_CLAIM_OWNER,),
    ),
    Telling(
        "registration.sent",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: %(partner_name)s sends a registration for review"),
            _("%(partner_name)s has registered %(name)s"),
            _("Approve it, reject it or ask for changes."),
        ),
        (TO_CLAIM_REVIEWERS, TO_AMOUNTS),
    ),
    Telling(
        "registration.answered",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: %(partner_name)s has answered"),
            _("%(partner_name)s has sent the registration of %(name)s again"),
            _("Approve it, reject it or ask for changes."),
            quote=THEY_WRITE,
        ),
        (TO_CLAIM_REVIEWERS, TO_AMOUNTS),
    ),
    Telling(
        "registration.amount_approved",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: the amount is approved"),
            _("%(actor)s has approved the amount of %(name)s"),
            _("A second person approves the registration now."),
        ),
        (TO_CLAIM_REVIEWERS,),
    ),
    Telling(
        "registration.asked",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: please change the registration"),
            _("The registration of %(name)s needs an answer"),
            _("Change what is asked for and send it again by %(due_at_moment)s. After that it expires."),
            quote=THEY_WRITE,
        ),
        (TO_PEOPLE,),
    ),
    Telling(
        "registration.approved",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: the registration is approved"),
            _("The registration of %(name)s is approved"),
            _("The claim for %(incentive)s is approved. There is nothing left to do."),
        ),
        (TO_PEOPLE,),
    ),
    Telling("registration.rejected", rejected_letter, (TO_PEOPLE,)),
    Telling(
        "registration.reminded",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: the registration is waiting for you"),
            _("The registration of %(name)s is waiting for you"),
            _("Send it by %(due_at_moment)s. After that it expires. You can ask for an extension once."),
        ),
        (TO_PEOPLE,),
    ),
    Telling(
        "registration.expired",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: the registration has expired"),
            _("The registration of %(name)s has expired"),
            _("It was not sent by %(due_at_moment)s."),
        ),
        (TO_PEOPLE, TO_CLAIM_REVIEWERS),
    ),
    Telling(
        "registration.extension_asked",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: %(partner_name)s asks for more time"),
            _("%(partner_name)s asks for more time for %(name)s"),
            _("It is due by %(due_at_moment)s. Grant the extension or refuse it."),
            quote=THEY_WRITE,
        ),
        (TO_CLAIM_REVIEWERS,),
    ),
    Telling(
        "registration.extension_granted",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: you have more time"),
            _("You have more time to register %(name)s"),
            _("Send it by %(due_at_moment)s."),
        ),
        (TO_PEOPLE,),
    ),
    Telling(
        "registration.extension_refused",
        ABOUT_INCENTIVES.letter(
            _("%(name)s: no more time"),
            _("There is no more time to register %(name)s"),
            _("Send it by %(due_at_moment)s, as before."),
            quote=THEY_WRITE,
        ),
        (TO_PEOPLE,),
    ),
)
