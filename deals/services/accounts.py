"""The vendor's own accounts: added and changed by its people, by page and by API (rulings 12)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from deals.identity import BusinessFacts, keys_of, own_domain
from deals.identity.domains import mail_domain
from deals.models import VendorAccount
from deals.services.records import VENDOR_ACCOUNTS
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.records.values import plain
from partnerhub.roles import ACCOUNTS_MANAGE
from partnerhub.web.folding import fold, host_of, readable_host

FIELDS = ("name", "domains", "customer_since", "seller", "is_managed", "do_not_refer")
MOST_DOMAINS = 50


@transaction.atomic
def add_account(values: Mapping[str, Any], *, by: Seat) -> VendorAccount:
    """Keep a business that the vendor knows. Raises Refused by field, NotPermitted."""
    _require(by)
    account = VendorAccount()
    for name, value in _in_shape({"name": "", **values}, account).items():
        setattr(account, name, value)
    account.save()
    after = {name: plain(getattr(account, name)) for name in FIELDS}
    record(
        "vendoraccount.added",
        account,
        actor=by,
        after=after,
        data=VENDOR_ACCOUNTS.event_data(account),
        audience="vendor",
    )
    return account


@transaction.atomic
def change_account(account_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> VendorAccount:
    """Change what is known of it. Raises VendorAccount.DoesNotExist, Stale, Refused by field, NotPermitted."""
    _require(by)
    account = VENDOR_ACCOUNTS.locked(account_id, by=by, seen=seen)
    wanted = {name: value for name, value in changes.items() if name in FIELDS}
    return VENDOR_ACCOUNTS.edit("vendoraccount.changed", account, _in_shape(wanted, account), by=by, audience="vendor")


def domains_in(texts: Iterable[str]) -> list[str]:
    """The registrable domains that these hosts, websites or addresses name, once each.

    Raises Refused for what is none, for one that many businesses share, and for too many.
    """
    found: dict[str, None] = {}
    for text in texts:
        if domain := _domain(text.strip()):
            found[domain] = None
    if len(found) > MOST_DOMAINS:
        raise Refused(Reason("too_many", _("At most %(most)s domains.") % {"most": MOST_DOMAINS}, field="domains"))
    return list(found)


def _domain(text: str) -> str:
    if not text:
        return ""
    try:
        found = mail_domain(text) if "@" in text else own_domain(host_of(text))
    except ValueError:
        said = _("%(text)s is not a domain. Write one like shop.example.") % {"text": text[:60]}
        raise Refused(Reason("invalid", said, field="domains")) from None
    if not found:
        said = _("Many businesses share %(text)s: it can’t tell one from another.") % {"text": text[:60]}
        raise Refused(Reason("shared", said, field="domains"))
    return found


def _in_shape(values: Mapping[str, Any], account: VendorAccount) -> dict[str, Any]:
    """The columns to write, with those that repeat them for finding. Raises Refused by field."""
    fields = dict(values)
    if "name" in fields and not fold(fields["name"]):
        raise Refused(Reason("name_missing", _("Enter a name."), field="name"))
    if "domains" in fields:
        fields["domains"] = domains_in(fields["domains"] or [])
    name, domains, seller = (fields.get(one, getattr(account, one)) for one in ("name", "domains", "seller"))
    readable = " ".join(f"{domain} {readable_host(domain)}" for domain in domains)
    fields["name_key"] = fold(name)[:200]
    fields["keys"] = sorted({key for domain in domains for key in keys_of(BusinessFacts(website=domain))})
    fields["search_text"] = fold(f"{name} {readable} {seller}")
    return fields


def _require(by: Seat) -> None:
    if not by.can(ACCOUNTS_MANAGE):
        raise NotPermitted(ACCOUNTS_MANAGE)
