"""What is told about queues and claims: kind of event, letter and rules, one row each.

No letter about an offer or a return names the business: whoever reads it may not know it, or not any more (E31).
"""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.letters.circles import CHANNEL_MANAGERS, OWNER, PARTNER_ADMINS, PARTNERS_DEPUTY
from leads.letters.purposes import ACTIVITY
from notifications.selectors.story import Letter, Story, reader_is, when
from notifications.selectors.telling import Rule, Telling
from notifications.services import register_letters
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.roles import LEADS_VIEW

CLAIM_MAIL = Purpose(
    "lead-claims",
    gettext_lazy("Leads from queues"),
    gettext_lazy("A lead is offered to you or taken, its time runs out, or it goes back."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=gettext_lazy("Stop mail about leads from queues"),
)
CLAIM_TO_PARTNER = Rule(CLAIM_MAIL, ((OWNER, PARTNERS_DEPUTY, PARTNER_ADMINS),))
CLAIM_TO_VENDOR = Rule(CLAIM_MAIL, ((CHANNEL_MANAGERS,),))


def taken(story: Story) -> Letter:
    if reader_is(story, CHANNEL_MANAGERS):
        return Letter(
            subject=_("%(company)s: %(partner)s has taken the lead") % story,
            heading=_("%(partner)s has taken the lead for %(company)s") % story,
            paragraphs=[_("It holds the lead until %(day)s.") % _until(story)],
            action=_see(story),
        )
    return Letter(
        subject=_("%(company)s: the lead is yours") % story,
        heading=_("The lead for %(company)s is yours") % story,
        paragraphs=[
            _("You hold this lead until %(day)s.") % _until(story),
            _("Every act of yours begins the time anew. Without one it goes back to the queue."),
        ],
        action=_see(story),
    )


def offered(story: Story) -> Letter:
    return Letter(
        subject=_("%(number)s: a lead is offered to you") % story,
        heading=_("Lead %(number)s is offered to you") % story,
        paragraphs=[
            _("Accept or decline it until %(day)s. Whom to contact you see once you have accepted it.") % _until(story)
        ],
        action=_waiting(),
    )


def offer_ends(story: Story) -> Letter:
    words = _until(story) | {"number": story["number"]}
    return Letter(
        subject=_("%(number)s: the offer of this lead ends soon") % words,
        heading=_("Lead %(number)s is offered to you until %(day)s") % words,
        paragraphs=[_("Accept or decline it until then. After that it goes to others.")],
        action=_waiting(),
    )


def declined(story: Story) -> Letter:
    return _back(story, _("%(partner)s does not want lead %(number)s"))


def returned(story: Story) -> Letter:
    return _back(story, _("%(partner)s has returned lead %(number)s"))


def lapsed(story: Story) -> Letter:
    if reader_is(story, CHANNEL_MANAGERS):
        return _back(story, _("%(partner)s has let the time of lead %(number)s run out"))
    return Letter(
        subject=_("%(number)s: the lead is back in the queue") % story,
        heading=_("Lead %(number)s is back in the queue") % story,
        paragraphs=[_("Its time is over. It does not count as held by you any more.")],
        action=_waiting(),
    )


def expired(story: Story) -> Letter:
    if reader_is(story, CHANNEL_MANAGERS):
        return _back(story, _("%(partner)s has not answered the offer of lead %(number)s"))
    return _over(story, _("The time to answer is over."))


def offer_withdrawn(story: Story) -> Letter:
    return _over(story, _("You have nothing to do."))


def taken_back(story: Story) -> Letter:
    return Letter(
        subject=_("%(number)s: the lead is taken back") % story,
        heading=_("%(tenant)s has taken lead %(number)s back") % story,
        paragraphs=[_("It does not count as held by you any more.")],
        quote=_quote(story),
        action=_waiting(),
    )


def warned(story: Story) -> Letter:
    words = _until(story) | {"number": story["number"]}
    return Letter(
        subject=_("%(number)s: you hold this lead until %(day)s") % words,
        heading=_("You hold lead %(number)s until %(day)s") % words,
        paragraphs=[_("Nothing was done with it for a while. Say how far you are, or return it.")],
        action=_see(story),
    )


def reported_dead(story: Story) -> Letter:
    return Letter(
        subject=_("%(partner)s reports lead %(number)s dead") % story,
        heading=_("%(partner)s reports lead %(number)s dead") % story,
        paragraphs=[_("Confirm it, or leave the lead with the partner.")],
        quote=_quote(story),
        action=_see(story),
    )


def found_alive(story: Story) -> Letter:
    words = _until(story) | {"number": story["number"], "tenant": story["tenant"]}
    return Letter(
        subject=_("%(number)s: the lead stays with you") % story,
        heading=_("%(tenant)s does not find lead %(number)s dead") % words,
        paragraphs=[_("You hold this lead until %(day)s.") % words],
        quote=_quote(story),
        action=_see(story),
    )


LETTERS = (
    Telling("lead.claimed", taken, (CLAIM_TO_PARTNER, CLAIM_TO_VENDOR)),
    Telling("claim.offered", offered, (CLAIM_TO_PARTNER,)),
    Telling("claim.reminded", offer_ends, (CLAIM_TO_PARTNER,)),
    Telling("claim.declined", declined, (CLAIM_TO_VENDOR,)),
    Telling("claim.expired", expired, (CLAIM_TO_PARTNER, CLAIM_TO_VENDOR)),
    Telling("claim.withdrawn", offer_withdrawn, (CLAIM_TO_PARTNER,)),
    Telling("claim.returned", returned, (CLAIM_TO_VENDOR,)),
    Telling("claim.taken_back", taken_back, (CLAIM_TO_PARTNER,)),
    Telling("claim.reported_dead", reported_dead, (CLAIM_TO_VENDOR,)),
    Telling("claim.found_alive", found_alive, (CLAIM_TO_PARTNER,)),
    Telling("claim.warned", warned, (CLAIM_TO_PARTNER,)),
    Telling("claim.lapsed", lapsed, (CLAIM_TO_PARTNER, CLAIM_TO_VENDOR)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_letters(LETTERS)


def _back(story: Story, words: str) -> Letter:
    return Letter(
        subject=words % story,
        heading=words % story,
        paragraphs=[_("The lead waits in its queue again.")],
        quote=_quote(story),
        action=_see(story),
    )


def _over(story: Story, text: str) -> Letter:
    return Letter(
        subject=_("%(number)s: the lead is not offered to you any more") % story,
        heading=_("Lead %(number)s is not offered to you any more") % story,
        paragraphs=[text],
        action=_waiting(),
    )


def _quote(story: Story) -> tuple[str, str] | None:
    text = story.get("reason_text")
    return (_("%(actor)s writes") % story, text) if text else None


def _see(story: Story) -> tuple[str, str]:
    return _("See lead"), story["url"]


def _waiting() -> tuple[str, str]:
    return _("See leads to take"), "/leads/?view=queue"


def _until(story: Story) -> dict[str, str]:
    return {"day": when(parse_datetime(story["until"]) or story.event.occurred_at)}
