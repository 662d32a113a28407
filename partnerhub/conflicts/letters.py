"""What is told of the conflict desk. What the partner of the lead in review is told stands in the letters of leads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.letters import TO_THE_PARTNER
from leads.letters.circles import CHANNEL_MANAGERS
from leads.letters.purposes import ACTIVITY
from leads.letters.texts.parts import about, quoted, see, share_words
from notifications.selectors.about import LettersAbout
from notifications.selectors.story import Letter, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import Purpose
from partnerhub.roles import ACCOUNTS_VIEW, VENDOR

REVIEWS = Purpose(
    "conflict-desk",
    gettext_lazy("Conflict desk"),
    gettext_lazy("A lead was sent for review, because it collides with others."),
    frozenset({VENDOR}),
    ACTIVITY,
    permission=ACCOUNTS_VIEW,
    stop=gettext_lazy("Stop mail about the conflict desk"),
)
ABOUT_CASES = LettersAbout(
    ((gettext_lazy("Lead"), "number"), (gettext_lazy("Partner"), "partner")), see=gettext_lazy("See conflict")
)
CASE_OPENED = ABOUT_CASES.letter(
    gettext_lazy("%(company)s: a lead waits at the conflict desk"),
    gettext_lazy("The lead of %(partner)s for %(company)s is in review"),
    gettext_lazy("Decide for one lead, for all of them, or by shares of the credit. Until then nothing protects it."),
)


def conflict_decided(story: Story) -> Letter:
    """To the partner of a lead that another one collided with: who that is, it does not say."""
    return Letter(
        subject=_("%(company)s: a conflict is decided") % story,
        heading=_("A conflict about your lead for %(company)s is decided") % story,
        paragraphs=[
            _("Somebody else has submitted the same business. Your lead goes on as before."),
            *share_words(story),
        ],
        quote=quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=about(story),
        action=see(story),
    )


LETTERS = (
    Telling("conflict.opened", CASE_OPENED, (Rule(REVIEWS, ((CHANNEL_MANAGERS,),)),)),
    Telling("lead.conflict_decided", conflict_decided, (TO_THE_PARTNER,)),
)
