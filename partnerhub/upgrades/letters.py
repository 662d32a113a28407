"""What is told about upgrade invitations: kind of event, letter and rules, one row each."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.letters.circles import CHANNEL_MANAGERS, THE_PARTNER
from leads.letters.purposes import ACTIVITY
from notifications.selectors.circles import Address, Circle, Holders, the_vendor
from notifications.selectors.story import Letter, Over, Story, reader_is, when
from notifications.selectors.telling import Rule, Telling
from notifications.services import register_letters
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import INVITATION
from partnerhub.roles import LEADS_VIEW, PROGRAMS_MANAGE
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import link_of

CHANGES = Purpose(
    "upgrade-status",
    gettext_lazy("Upgrade invitations"),
    gettext_lazy("The owner of a store has answered an upgrade invitation, or its time has run out."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=gettext_lazy("Stop mail about upgrade invitations"),
)
OWNER = Circle(
    "store-owner",
    gettext_lazy("Owner of the store"),
    Address("email"),
    gettext_lazy("You get this because %(partner)s, a partner of %(tenant)s, suggested an upgrade of your store."),
)
ADMINS = Circle(
    "programme-admins",
    gettext_lazy("Programme admin"),
    Holders(PROGRAMS_MANAGE, the_vendor),
    gettext_lazy("You get this because you look after the programme of %(tenant)s."),
)
TO_OWNER = Rule(INVITATION, ((OWNER,),))
TO_PARTNER = Rule(CHANGES, THE_PARTNER)
TO_VENDOR = Rule(CHANGES, ((CHANNEL_MANAGERS,),))


def sent(story: Story) -> Letter:
    return Letter(
        subject=_("Upgrade of your store, suggested by %(partner)s") % story,
        heading=_("%(partner)s suggests to upgrade your store") % story,
        paragraphs=[
            _("%(tenant)s can upgrade %(store_url)s. Read the terms; nothing happens until you agree to them.") % story,
            _("The link works until %(moment)s.") % {"moment": _moment(story, "expires_at")},
        ],
        facts=_about(story),
        action=(_("Read the terms"), _link(story)),
        after=_("You do not want this? Decline on the same page, and no further mail comes."),
    )


def reminded(story: Story) -> Letter:
    return Letter(
        subject=_("Reminder: the upgrade of your store, suggested by %(partner)s") % story,
        heading=_("The upgrade of your store waits for your answer") % story,
        paragraphs=[_("The link works until %(moment)s.") % {"moment": _moment(story, "expires_at")}],
        facts=_about(story),
        action=(_("Read the terms"), _link(story)),
        after=_("You do not want this? Decline on the same page, and no further mail comes."),
    )


def withdrawn(story: Story) -> Letter:
    if reader_is(story, OWNER):
        return Letter(
            subject=_("The upgrade of your store is not offered any more"),
            heading=_("The upgrade of your store is not offered any more"),
            paragraphs=[_("The invitation from %(partner)s is withdrawn. You have nothing to do.") % story],
            facts=_about(story),
        )
    text = story.get("reason_text")
    return Letter(
        subject=_("%(company)s: the upgrade invitation is withdrawn") % story,
        heading=_("The upgrade invitation to %(company)s is withdrawn") % story,
        paragraphs=[_("The link in the owner’s mail no longer works.")],
        quote=(_("%(actor)s writes") % story, text) if text else None,
        facts=_about(story),
        action=_see(story),
    )


def agreed(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: the owner agreed to the upgrade") % story,
        heading=_("The owner of %(company)s agreed to the upgrade") % story,
        paragraphs=[_("The store is upgraded by %(moment)s.") % {"moment": _moment(story, "due_at")}],
        facts=[*_about(story), (_("Agreed by"), story["agreed_name"])],
        action=_see(story),
    )


def active(story: Story) -> Letter:
    if reader_is(story, OWNER):
        return Letter(
            subject=_("Your store is upgraded"),
            heading=_("Your store is upgraded"),
            paragraphs=[_("The new features of %(store_url)s are there now.") % story],
            facts=_about(story),
        )
    return Letter(
        subject=_("%(company)s: the store is upgraded") % story,
        heading=_("The store of %(company)s is upgraded") % story,
        paragraphs=[_("The lead is awarded.")],
        facts=_about(story),
        action=_see(story),
    )


def declined(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: the owner declined the upgrade") % story,
        heading=_("The owner of %(company)s declined the upgrade") % story,
        paragraphs=[_("The lead is in triage again.")],
        facts=_about(story),
        action=_see(story),
    )


def expired(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: the upgrade invitation has expired") % story,
        heading=_("The upgrade invitation to %(company)s has expired") % story,
        paragraphs=[_("The owner has not answered in time. The lead is in triage again.")],
        facts=_about(story),
        action=_see(story),
    )


def late(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: the upgrade is late") % story,
        heading=_("The upgrade of %(company)s is late") % story,
        paragraphs=[
            _("The owner agreed, and the store is not marked as upgraded. It has to be by %(moment)s.")
            % {"moment": _moment(story, "due_at")}
        ],
        facts=_about(story),
        action=_see(story),
    )


LETTERS = (
    Telling("upgrade.sent", sent, (TO_OWNER,)),
    Telling("upgrade.reminded", reminded, (TO_OWNER,)),
    Telling("upgrade.agreed", agreed, (TO_PARTNER, TO_VENDOR)),
    Telling("upgrade.active", active, (TO_OWNER, TO_PARTNER)),
    Telling("upgrade.declined", declined, (TO_PARTNER, TO_VENDOR)),
    Telling("upgrade.expired", expired, (TO_PARTNER, TO_VENDOR)),
    Telling("upgrade.withdrawn", withdrawn, (TO_OWNER, TO_PARTNER, TO_VENDOR)),
    Telling("upgrade.ended", withdrawn, (TO_OWNER,)),
    Telling("upgrade.late", late, (Rule(CHANGES, ((ADMINS,),)),)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_letters(LETTERS)


def _link(story: Story) -> str:
    """The link is signed now; it stands in no event and no log. Raises Over once it no longer works."""
    with tenant_scope(story.tenant):
        found = UpgradeInvitation.objects.filter(pk=story["invitation_id"]).first()
    if found is None or not found.is_answerable:
        raise Over
    return link_of(found.pk)


def _see(story: Story) -> tuple[str, str]:
    return _("See invitation"), story["url"]


def _about(story: Story) -> list[tuple[str, str]]:
    return [(_("Store"), story["store_url"]), (_("Suggested by"), story["partner"])]


def _moment(story: Story, key: str) -> str:
    return when(parse_datetime(story[key]) or story.event.occurred_at)
