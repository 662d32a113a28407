"""What is told about upgrade invitations: kind of event, letter and rules, one row each."""

from django.utils.translation import gettext_lazy as _

from leads.letters.circles import CHANNEL_MANAGERS, THE_PARTNER
from leads.letters.purposes import ACTIVITY
from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.circles import Address, Circle, Holders, the_vendor
from notifications.selectors.story import Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import INVITATION_MAIL
from partnerhub.roles import LEADS_VIEW, PROGRAMS_MANAGE
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import link_of

CHANGES = Purpose(
    "upgrade-status",
    _("Upgrade invitations"),
    _("The owner of a store has answered an upgrade invitation, or its time has run out."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about upgrade invitations"),
)
OWNER = Circle(
    "store-owner",
    _("Owner of the store"),
    Address("email"),
    _("You get this because %(partner)s, a partner of %(tenant)s, suggested an upgrade of your store."),
)
ADMINS = Circle(
    "programme-admins",
    _("Programme admin"),
    Holders(PROGRAMS_MANAGE, the_vendor),
    _("You get this because you look after the programme of %(tenant)s."),
)
TO_OWNER = Rule(INVITATION_MAIL, ((OWNER,),))
TO_PARTNER = Rule(CHANGES, THE_PARTNER)
TO_VENDOR = Rule(CHANGES, ((CHANNEL_MANAGERS,),))
TO_BOTH = (TO_PARTNER, TO_VENDOR)


def link(story: Story) -> str:
    """The link is signed now; it stands in no event and no log. Raises Over once it no longer works."""
    with tenant_scope(story.tenant):
        found = UpgradeInvitation.objects.filter(pk=story["invitation_id"]).first()
    if found is None or not found.is_answerable:
        raise Over
    return link_of(found.pk)


READ = (_("Read the terms"), link)
UNTIL = _("The link works until %(expires_at_moment)s.")
DECLINE = _("You do not want this? Decline on the same page, and no further mail comes.")
ABOUT = LettersAbout(((_("Store"), "store_url"), (_("Suggested by"), "partner")), see=_("See invitation"))
NOT_OFFERED = ABOUT.letter(
    _("The upgrade of your store is not offered any more"),
    _("The upgrade of your store is not offered any more"),
    _("The invitation from %(partner)s is withdrawn. You have nothing to do."),
    is_final=True,
)
WITHDRAWN = ABOUT.letter(
    _("%(company)s: the upgrade invitation is withdrawn"),
    _("The upgrade invitation to %(company)s is withdrawn"),
    _("The link in the owner’s mail no longer works."),
    quote=(_("%(actor)s writes"), "reason_text"),
)
YOURS_IS_UPGRADED = ABOUT.letter(
    _("Your store is upgraded"),
    _("Your store is upgraded"),
    _("The new features of %(store_url)s are there now."),
    is_final=True,
)
UPGRADED = ABOUT.letter(
    _("%(company)s: the store is upgraded"),
    _("The store of %(company)s is upgraded"),
    _("Its page says what comes of the lead."),
)
SENT = ABOUT.letter(
    _("Upgrade of your store, suggested by %(partner)s"),
    _("%(partner)s suggests to upgrade your store"),
    _("%(tenant)s can upgrade %(store_url)s. Read the terms; nothing happens until you agree to them."),
    UNTIL,
    action=READ,
    after=DECLINE,
)
REMINDED = ABOUT.letter(
    _("Reminder: the upgrade of your store, suggested by %(partner)s"),
    _("The upgrade of your store waits for your answer"),
    UNTIL,
    action=READ,
    after=DECLINE,
)
AGREED = ABOUT.letter(
    _("%(company)s: the owner agreed to the upgrade"),
    _("The owner of %(company)s agreed to the upgrade"),
    _("The store is upgraded by %(due_at_moment)s."),
    facts=((_("Agreed by"), "agreed_name"),),
)
DECLINED = ABOUT.letter(
    _("%(company)s: the owner declined the upgrade"),
    _("The owner of %(company)s declined the upgrade"),
    _("The lead is in triage again."),
)
EXPIRED = ABOUT.letter(
    _("%(company)s: the upgrade invitation has expired"),
    _("The upgrade invitation to %(company)s has expired"),
    _("The owner has not answered in time. The lead is in triage again."),
)
LATE = ABOUT.letter(
    _("%(company)s: the upgrade is late"),
    _("The upgrade of %(company)s is late"),
    _("The owner agreed, and the store is not marked as upgraded. It has to be by %(due_at_moment)s."),
)
LETTERS = (
    Telling("upgrade.sent", SENT, (TO_OWNER,)),
    Telling("upgrade.reminded", REMINDED, (TO_OWNER,)),
    Telling("upgrade.agreed", AGREED, TO_BOTH),
    Telling("upgrade.active", by_reader(OWNER, YOURS_IS_UPGRADED, UPGRADED), (TO_OWNER, TO_PARTNER)),
    Telling("upgrade.declined", DECLINED, TO_BOTH),
    Telling("upgrade.expired", EXPIRED, TO_BOTH),
    Telling("upgrade.withdrawn", by_reader(OWNER, NOT_OFFERED, WITHDRAWN), (TO_OWNER, *TO_BOTH)),
    Telling("upgrade.ended", NOT_OFFERED, (TO_OWNER,)),
    Telling("upgrade.late", LATE, (Rule(CHANGES, ((ADMINS,),)),)),
)
