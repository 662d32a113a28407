"""What is told about intake: to the person who was referred, to the partner, to the vendor (E13, E14)."""

from django.utils.translation import gettext_lazy as _

from leads.letters.circles import THE_PARTNER, WHO_WORKS_IT
from leads.letters.purposes import ACTIVITY
from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.circles import Address, Circle
from notifications.selectors.story import Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import ACCESS
from partnerhub.intake.models import Intake
from partnerhub.intake.selectors import confirm_path, objection_path
from partnerhub.roles import LEADS_VIEW
from partnerhub.tenancy.scope import tenant_scope

INTAKE_NEWS = Purpose(
    "intake",
    _("Intake by links"),
    _("Somebody has sent a form of yours, or objects to being referred."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about intake"),
)
NOTICE_MAIL = Purpose(
    "referred-person",
    _("Notices to people who were referred"),
    _("Somebody’s data came in by an intake link."),
    frozenset(),
    ACCESS,
    why_fixed=_("Goes out once, to the address that was entered."),
)
REFERRED_PERSON = Circle(
    "referred-person",
    _("Person who was referred"),
    Address("email"),
    _("You get this because this address was entered in a form of %(partner)s, a partner of %(tenant)s."),
)
TO_PERSON = Rule(NOTICE_MAIL, ((REFERRED_PERSON,),))


def confirm_link(story: Story) -> str:
    """Signed now. Raises Over for what is confirmed, or forgotten."""
    with tenant_scope(story.tenant):
        if not Intake.objects.filter(pk=story["intake_id"], came_in_at=None, objected_at=None).exists():
            raise Over
    return confirm_path(story["intake_id"])


def objection_link(story: Story) -> str:
    """Signed now. Raises Over once the person has objected: nobody writes to them any more."""
    with tenant_scope(story.tenant):
        if not Intake.objects.filter(pk=story["intake_id"], objected_at=None).exists():
            raise Over
    return objection_path(story["intake_id"])


ABOUT_INTAKE = LettersAbout(((_("Referred by"), "partner"), (_("Program"), "program")), see=_("See lead"))
ASKED_TO_CONFIRM = ABOUT_INTAKE.letter(
    _("Confirm that %(tenant)s may contact you"),
    _("Was it you who sent the form of %(partner)s?"),
    _("Confirm it, and %(partner)s and %(tenant)s contact you about %(program)s."),
    _("Until then nobody reads what was sent."),
    action=(_("Confirm"), confirm_link),
    after=_("It was not you? You have nothing to do: it is forgotten within a week."),
)
PERSON_NOTICE = ABOUT_INTAKE.letter(
    _("%(partner)s has referred you to %(tenant)s"),
    _("%(partner)s has referred you to %(tenant)s"),
    _("Your name, your address and what the form says of your business are kept, to talk with you about %(program)s."),
    _("You can object at any time: then nobody works on it, and nobody writes to you any more."),
    action=(_("Object"), objection_link),
)
DRAFT_CAME_IN = ABOUT_INTAKE.letter(
    _("%(person)s has sent your form"),
    _("%(person)s has sent your form “%(link_name)s”"),
    _("It is a draft of your organisation. Look at it, complete it and submit it."),
)
PERSON_OBJECTED = LettersAbout(((_("Partner"), "partner"),), see=_("See lead")).letter(
    _("%(company)s: the person objected"),
    _("%(person)s objected to being referred"),
    _("Nobody works on the lead for %(company)s any more. Do not write to the person."),
)
LETTERS = (
    Telling("intake.asked", ASKED_TO_CONFIRM, (TO_PERSON,)),
    Telling("intake.received", PERSON_NOTICE, (TO_PERSON,)),
    Telling(
        "intake.drafted",
        by_reader(REFERRED_PERSON, PERSON_NOTICE, DRAFT_CAME_IN),
        (TO_PERSON, Rule(INTAKE_NEWS, THE_PARTNER)),
    ),
    Telling("intake.objected", PERSON_OBJECTED, (Rule(INTAKE_NEWS, THE_PARTNER), Rule(INTAKE_NEWS, WHO_WORKS_IT))),
)
