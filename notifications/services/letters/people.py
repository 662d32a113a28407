"""Letters about seats, roles and the safety of an account."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.selectors.story import Letter, Over, Story, role_word, when
from notifications.services.tokens import confirmation_path
from partnerhub.accounts.links import invitation_path
from partnerhub.accounts.services.handover import words_for
from partnerhub.events.services import SYSTEM
from partnerhub.roles import PARTNER
from partnerhub.tenancy.scope import tenant_scope


def access_requested(story: Story) -> Letter:
    names = {"person": story["requester_name"], "role": role_word(story["role"])}
    message = story.get("message")
    return Letter(
        subject=_("%(person)s asks for the role %(role)s") % names,
        heading=_("%(person)s asks for the role %(role)s") % names,
        paragraphs=[_("Grant it or refuse it in one step. The first to decide closes the request.")],
        quote=(_("%(person)s writes") % names, message) if message else None,
        facts=[(_("Person"), names["person"]), (_("Email"), story["requester_email"]), (_("Role"), names["role"])],
        action=(_("Decide on the request"), story["url"]),
    )


def access_granted(story: Story) -> Letter:
    names = {"role": role_word(story["role"]), "actor": story["actor"]}
    return Letter(
        subject=_("You have the role %(role)s now") % names,
        heading=_("You have the role %(role)s now") % names,
        paragraphs=[_("%(actor)s granted your request. The role holds at once; you need not sign in again.") % names],
        quote=_answer(story),
        facts=[(_("Your roles"), _roles(story, "roles"))],
        action=(_("Go on where you were"), story.get("url") or "/"),
    )


def access_refused(story: Story) -> Letter:
    names = {"role": role_word(story["role"]), "actor": story["actor"]}
    return Letter(
        subject=_("Your request for the role %(role)s was refused") % names,
        heading=_("Your request for the role %(role)s was refused") % names,
        paragraphs=[_("%(actor)s decided on it. Your other roles stay as they are.") % names],
        quote=_answer(story),
        action=(_("Go to the portal"), "/"),
    )


def roles_changed(story: Story) -> Letter:
    return Letter(
        subject=_("Your roles at %(tenant)s were changed") % story,
        heading=_("Your roles at %(tenant)s were changed") % story,
        paragraphs=[_("%(actor)s changed them. The change holds at once; you need not sign in again.") % story],
        facts=[(_("Given"), _roles(story, "given")), (_("Taken away"), _roles(story, "taken"))],
        action=(_("Go to the portal"), "/"),
    )


def invited(story: Story) -> Letter:
    """The link is made now, from the stored invitation; it stands in no event and no log."""
    with tenant_scope(story.tenant):
        path = invitation_path(story["invitation_id"])
    if not path:
        raise Over
    expires = parse_datetime(story["expires_at"])
    facts = [(_("Portal"), story["tenant"]), (_("Organisation"), story.get("partner_name"))]
    facts.append((_("Roles"), _roles(story, "roles")))
    return Letter(
        subject=_invited_by(story, whole=False),
        heading=_("You are invited to %(tenant)s") % story,
        paragraphs=[
            _invited_by(story, whole=True),
            _("The link works once, for this address only, until %(moment)s.")
            % {"moment": when(expires or story.event.occurred_at)},
        ],
        facts=facts,
        action=(_("Accept the invitation"), path),
        after=_("You did not expect this? Then ignore it: without the link nothing happens."),
    )


def removed(story: Story) -> Letter:
    ended = {"since": when(story.event.occurred_at), "actor": story["actor"], "tenant": story.tenant.name}
    asked = story.raw("ask") or []
    return Letter(
        subject=_("Your access to %(tenant)s has ended") % ended,
        heading=_("Your access to %(tenant)s has ended") % ended,
        paragraphs=[
            _("%(actor)s removed it. Since %(since)s you can no longer open its pages.") % ended,
            _("What you did there is kept. If this is a mistake, ask one of these people: they can give it back.")
            if asked
            else _("What you did there is kept."),
        ],
        facts=[(name, email) for name, email in asked],
        action=(_("Go to the portal"), "/"),
    )


def took_over(story: Story) -> Letter:
    names = {"from": story["from_name"], "actor": story["actor"]}
    return Letter(
        subject=_("You look after what was %(from)s’s") % names,
        heading=_("You look after what was %(from)s’s") % names,
        paragraphs=[_("%(actor)s handed it over to you: %(from)s no longer does this. It is yours now:") % names],
        facts=[(_("Handed over"), ", ".join(words_for(story.raw("kinds"))))],
        action=(_("Look at it"), story["url"]),
    )


def token_created(story: Story) -> Letter:
    token = story.event.after
    names = {"holder": str(token.get("acts_as", "")), "tenant": story["tenant"]}
    acts = _("A new API token acts for %(holder)s") if story.raw("is_service") else _("A new API token acts for you")
    return Letter(
        subject=_("A new API token of yours at %(tenant)s") % names,
        heading=acts % names,
        paragraphs=[
            _("%(actor)s created it. If you do not know of it, revoke it and change your password at once.") % story
        ],
        facts=[
            (pgettext("of a thing", "Name"), str(token.get("name", ""))),
            (_("Begins with"), str(token.get("prefix", ""))),
        ],
        action=(_("Go to the portal"), "/"),
    )


def token_revoked(story: Story) -> Letter:
    token = story.event.before
    names = {"holder": str(token.get("acts_as", "")), "tenant": story["tenant"]}
    why = _("It acted for %(holder)s. A token acts for whoever made it or for a service member, for nobody else.")
    return Letter(
        subject=_("An API token of yours at %(tenant)s was revoked") % names,
        heading=_("An API token of yours was revoked"),
        paragraphs=[
            _("%(actor)s revoked it. Programs that use it get no answer any more.") % story,
            *([why % names] if story.raw("is_borrowed") else []),
        ],
        facts=[
            (pgettext("of a thing", "Name"), str(token.get("name", ""))),
            (_("Begins with"), str(token.get("prefix", ""))),
        ],
        action=(_("Go to the portal"), "/"),
    )


def address_proposed(story: Story) -> Letter:
    return Letter(
        subject=_("Confirm this address for mail from %(tenant)s") % story,
        heading=_("Confirm this address"),
        paragraphs=[
            _("%(name)s wants mail from %(tenant)s to come here. Until it is confirmed, it goes where it went before.")
            % story
        ],
        action=(_("Confirm this address"), confirmation_path(story["membership_id"], story["address"])),
        after=_("You did not expect this? Then ignore it: without the link nothing happens."),
    )


def address_changed(story: Story) -> Letter:
    return Letter(
        subject=_("Mail from %(tenant)s goes to another address now") % story,
        heading=_("Mail goes to another address now"),
        paragraphs=[
            _("%(actor)s changed the preferred email at %(tenant)s. This is the last mail to this address.") % story,
            _("If that was not you, sign in, change it back and change your password."),
        ],
        facts=[
            (pgettext("address before", "From"), story["former_address"]),
            (pgettext("address now", "To"), story["address"]),
        ],
        action=(_("Look at the settings"), "/settings/communication/"),
    )


def _invited_by(story: Story, *, whole: bool) -> str:
    """Who invites, for which organisation they act, and where to; the installation itself opens a portal."""
    names = {"actor": story["actor"], "tenant": story["tenant"], "of": _inviting_organisation(story)}
    if story.event.actor_side == SYSTEM.side:
        return (
            _("Your partner portal %(tenant)s is open. You are invited to run it.") % names
            if whole
            else _("You are invited to run the partner portal of %(tenant)s") % names
        )
    if not whole:
        return _("%(actor)s of %(of)s invites you to %(tenant)s") % names
    if partner := story.get("partner_name"):
        words = names | {"partner": partner}
        return _("%(actor)s of %(of)s invites you to the partner portal of %(tenant)s, to act for %(partner)s.") % words
    return _("%(actor)s of %(of)s invites you to the partner portal of %(tenant)s.") % names


def _inviting_organisation(story: Story) -> str:
    """For whom the inviter acts. Events of a former release do not say it."""
    own = story.get("partner_name") if story.event.actor_side == PARTNER else story["tenant"]
    return story.get("inviter_organisation") or own


def _roles(story: Story, key: str) -> str:
    return ", ".join(role_word(role) for role in story.raw(key) or [])


def _answer(story: Story) -> tuple[str, str] | None:
    answer = story.get("answer")
    return (_("%(actor)s writes") % story, answer) if answer else None
