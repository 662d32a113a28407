"""The list of API tokens."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from partnerhub.accounts.filters import TokenFilter
from partnerhub.accounts.models import ApiToken, Membership, TokenState
from partnerhub.accounts.rights import scope_labels
from partnerhub.accounts.selectors import tokens_for
from partnerhub.accounts.services.many_keys import revoke_tokens
from partnerhub.roles import TOKENS_MANAGE
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.bulk import BulkAct

TONES = {
    TokenState.WORKS: ("good", "checkc"),
    TokenState.BORROWED: ("warn", "alert"),
    TokenState.EXPIRED: ("mute", "clock"),
    TokenState.REVOKED: ("mute", "xc"),
}


def beginning_of(token: ApiToken) -> str:
    return f"{token.prefix}…"


def can_end(token: ApiToken, member: Membership) -> bool:
    return token.revoked_at is None


def maker_of(token: ApiToken) -> str:
    """Who made it, where it acts for somebody else."""
    name = {"name": token.created_by.name}
    if token.membership.is_service:
        return _now("Service member, made by %(name)s") % name
    return _now("made by %(name)s") % name if token.is_borrowed else ""


def token_words(token: ApiToken) -> str:
    return ", ".join(words for _scope, words in scope_labels(token.scopes))


REVOKE_MANY_TOKENS = BulkAct(
    "revoke",
    _("Revoke"),
    TOKENS_MANAGE,
    revoke_tokens,
    _("Programs that use them get no answer from then on. They cannot be brought back."),
    ngettext_lazy("%(count)s token is revoked.", "%(count)s tokens are revoked.", "count"),
    icon="xc",
)
REVOKE_TOKEN = cell.Act(_("Revoke"), "accounts:revoke-token", offered=can_end, asks=True, css="danger")


class TokenList(ListOf):
    """Those of your organisation, newest first, revoked and expired ones too. Never a secret."""

    membership: Membership
    name, title, section = "tokens", _("API tokens"), _("Settings")
    about = _("Keys with which programs act for whoever made them or for a service member, never for another person.")
    counted = ngettext_lazy("%(number)s token", "%(number)s tokens", "count")
    page_name = "accounts:tokens"
    permission = TOKENS_MANAGE
    filter_class = TokenFilter
    default_order = "-created"
    columns = (
        Column("name", pgettext_lazy("of a thing", "Name"), always=True, cell=cell.Text("name", beginning_of)),
        Column("member", _("Acts for"), cell=cell.Text("membership.name", maker_of)),
        Column("scopes", _("May"), css="mid", cell=cell.Text(token_words)),
        Column("state", _("State"), css="state", cell=cell.Status("state", TokenState, TONES)),
        Column("expires", _("Expires"), cell=cell.Day("expires_at")),
        Column("used", _("Last used"), css="late", cell=cell.Ago("last_used_at", _("never"))),
        Column("created", _("Created"), "created_at", css="late", shown=False, cell=cell.Day("created_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Acts("name", (REVOKE_TOKEN,))),
    )
    bulk = (REVOKE_MANY_TOKENS,)
    nothing_found = Blank("key", _("No token matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "key",
        _("No tokens yet"),
        _(
            "A token lets a program of yours use the API: send and read from your own system what you would on the"
            " pages."
        ),
    )

    def rows(self) -> QuerySet[Any]:
        return tokens_for(self.membership)
