"""Reading partners. Every look-up starts from those whom the member manages."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partnerhub.partners.models import PROFILE, Partner
from partnerhub.roles import PARTNERS_MANAGE, PARTNERS_VIEW, VENDOR
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.folding import search_words


def managed_partners(membership: Any) -> QuerySet[Partner]:
    """The partners whom this member looks after: all of them, for who sees partners on the vendor side.

    The one place that decides whose partners are whose: list, page, verbs, API and invitations start here.
    """
    rows: QuerySet[Partner] = Partner.objects.filter(is_active=True)
    return rows if membership.side == VENDOR and membership.can(PARTNERS_VIEW) else rows.none()


def partner_managed(membership: Any, partner_id: UUID) -> Partner:
    """One partner. Raises Partner.DoesNotExist alike for one that is foreign, of others, or not there."""
    return managed_partners(membership).get(pk=partner_id)


def fields_of(partner: Partner, membership: Any) -> Fields:
    """Which fields of the profile this member may change now."""
    lock = None if membership.can(PARTNERS_MANAGE) else Lock(_("Your roles do not include this."))
    return all_fields(PROFILE, lock)


def with_words(rows: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners with every word of the text in name or website."""
    for word in search_words(words):
        rows = rows.filter(Q(name_key__contains=word) | Q(website__icontains=word))
    return rows
