"""What is told about protection."""

from django.utils.translation import gettext_lazy as _

from leads.letters.circles import CHANNEL_MANAGERS, THE_PARTNER
from leads.letters.purposes import ACTIVITY
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Address, Circle
from notifications.selectors.story import Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import INVITATION_MAIL
from partnerhub.protection.models import Protection
from partnerhub.protection.selectors import confirmation_of
from partnerhub.protection.states import Status
from partnerhub.roles import LEADS_VIEW
from partnerhub.tenancy.scope import tenant_scope

PROTECTION_CHANGES = Purpose(
    "protection-status",
    _("Protection of leads"),
    _("The protection of a lead ends soon or has ended, or its extension is asked for or answered."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about the protection of leads"),
)
LEAD_CONTACT = Circle(
    "lead-contact",
    _("Contact of the lead"),
    Address("email"),
    _("You get this because %(partner)s, a partner of %(tenant)s, says that you talk with each other."),
)
TO_PROTECTED = (Rule(PROTECTION_CHANGES, THE_PARTNER),)
TO_GRANTERS = (Rule(PROTECTION_CHANGES, ((CHANNEL_MANAGERS,),)),)
ABOUT_PROTECTION = LettersAbout(((_("Lead"), "number"), (_("Partner"), "partner")), see=_("See protection"))
ASKER_WRITES = (_("%(actor)s writes"), "reason_text")


def confirmation_link(story: Story) -> str:
    """The link is signed now; it stands in no event and no log. Raises Over once there is nothing to confirm."""
    with tenant_scope(story.tenant):
        found = Protection.objects.filter(pk=story["protection_id"]).first()
    if found is None or found.contact_confirmed_at or found.status != Status.RUNNING:
        raise Over
    return confirmation_of(found.pk)


ASKED = LettersAbout(((_("Partner"), "partner"),)).letter(
    _("Do you talk with %(partner)s?"),
    _("Do you talk with %(partner)s about %(tenant)s?"),
    _("%(partner)s says that it talks with you at %(company)s. If so, confirm it on the page behind the button."),
    action=(_("Confirm"), confirmation_link),
    after=_("If not, you have nothing to do."),
)
ENDS_SOON = ABOUT_PROTECTION.letter(
    _("%(company)s: the protection ends soon"),
    _("The protection of %(company)s ends on %(until_moment)s"),
    _("A meeting with a document, a confirmed contact and activity protect it longer. You can extend it once."),
)
LAPSED = ABOUT_PROTECTION.letter(
    _("%(company)s: the protection has ended"),
    _("The protection of %(company)s has ended"),
    _("Other partners may submit this business now. The lead goes on."),
)
EXTENSION_ASKED = ABOUT_PROTECTION.letter(
    _("%(company)s: %(partner)s asks for an extension"),
    _("%(partner)s asks to protect %(company)s longer"),
    _("It is protected until %(until_moment)s. Grant more days, or refuse."),
    quote=ASKER_WRITES,
)
GRANTED = ABOUT_PROTECTION.letter(
    _("%(company)s: the extension is granted"),
    _("The extension for %(company)s is granted"),
    _("The lead is protected until %(until_moment)s."),
)
EXTENSION_REFUSED = ABOUT_PROTECTION.letter(
    _("%(company)s: the extension is refused"),
    _("The extension for %(company)s is refused"),
    _("The lead stays protected until %(until_moment)s."),
    quote=ASKER_WRITES,
)
LETTERS = (
    Telling("protection.contact_asked", ASKED, (Rule(INVITATION_MAIL, ((LEAD_CONTACT,),)),)),
    Telling("protection.ends_soon", ENDS_SOON, TO_PROTECTED),
    Telling("protection.lapsed", LAPSED, TO_PROTECTED),
    Telling("protection.extension_asked", EXTENSION_ASKED, TO_GRANTERS),
    Telling("protection.extension_granted", GRANTED, TO_PROTECTED),
    Telling("protection.extension_refused", EXTENSION_REFUSED, TO_PROTECTED),
)
