"""Reading partners. Every look-up starts from those whom the member manages."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.partners.models import PROFILE, Partner
from partnerhub.partners.states import looked_after
from partnerhub.roles import PARTNERS_ALL, PARTNERS_MANAGE, PARTNERS_VIEW, VENDOR
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.folding import fold, search_words
from partnerhub.web.visibility import EVERYTHING, NOTHING, Empty, Holds, Rule, Some


def seen_by(membership: Seat) -> Rule:
    """Which partners this member may see: all of them, for who sees partners on the vendor side."""
    return EVERYTHING if membership.side == VENDOR and membership.can(PARTNERS_VIEW) else NOTHING


def managed_by(membership: Seat) -> Rule:
    """Which of them this member looks after (roles.md): those that name them, and those that name nobody.

    Lists of them and invitations start here; of one partner `why_not_managed` says it with its reason.
    """
    seen = seen_by(membership)
    if membership.can(PARTNERS_ALL):
        return seen
    return seen & (Empty("managers") | named_for(membership))


def named_for(membership: Seat) -> Rule:
    """The partners that name this member, or a colleague for whom they cover (E28)."""
    return Some.of(*(Holds("managers", one) for one in membership.stands_for(PARTNERS_MANAGE)))


def seen_partners(membership: Seat) -> QuerySet[Partner]:
    """Every partner that this member may see."""
    return Partner.objects.filter(seen_by(membership).lookup(), is_active=True)


def managed_partners(membership: Seat) -> QuerySet[Partner]:
    """The partners whom this member looks after."""
    return Partner.objects.filter(managed_by(membership).lookup(), is_active=True)


def partner_seen(membership: Seat, partner_id: UUID) -> Partner:
    """One partner. Raises Partner.DoesNotExist alike for one that is foreign, and not there."""
    return seen_partners(membership).get(pk=partner_id)


def why_not_managed(partner: Partner, membership: Seat) -> list[Reason]:
    """Why this member does not change the partner, whom they see; nothing where they may."""
    reason = looked_after(partner, membership)
    return [] if reason.ok else [reason]


def partner_fields(partner: Partner, membership: Seat) -> Fields:
    """Which fields of the profile this member may change now."""
    if not membership.can(PARTNERS_MANAGE):
        return all_fields(PROFILE, Lock(_("Your roles do not include this.")))
    reasons = why_not_managed(partner, membership)
    return all_fields(PROFILE, Lock(reasons[0].text) if reasons else None)


def with_words(rows: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners with every word of the text in name or website."""
    for word in search_words(words):
        rows = rows.filter(Q(name_key__contains=word) | Q(website__icontains=word))
    return rows


def partners_called(rows: QuerySet[Partner], text: str) -> QuerySet[Partner]:
    """Those of these partners with this id or name, or with it as a part of their name, whole names first."""
    with suppress(ValueError):
        return rows.filter(pk=UUID(text))
    words = fold(text)
    found = rows.filter(name_key__contains=words)
    return found.order_by(Case(When(name_key=words, then=0), default=1), "name_key")
