"""Registrable domains, by the public suffix list that comes with the package: no network is asked.

Its private part counts too: `cafe.github.io` and `shop.myshopify.com` are domains of their own.
"""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from deals.hosts import is_shared
from deals.identity.mailboxes import is_free_mail
from partnerhub.web.folding import email_domain, host_name

EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
"""Kept for examples (RFC 2606): nobody registered them, and every business of a trial has a host below one."""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=1024)
def registrable_domain(host: str) -> str:
    """`shop.cafe.co.uk` → `cafe.co.uk`; empty for a public suffix itself and for what is no host."""
    try:
        return str(_suffixes().privatesuffix(host_name(host)) or "")
    except ValueError:
        return ""


def own_domain(host: str) -> str:
    """The domain that can only be one business's own; empty where many share it.

    Below a shared one that gives its customers hosts (`cafe.jimdo.com`), the host itself is the business's own.
    """
    domain = registrable_domain(host)
    if not domain or is_shared(host) or host in EXAMPLES:
        return ""
    return host_name(host) if is_shared(domain) or domain in EXAMPLES else domain


def mail_domain(email: str) -> str:
    """The domain of an address, if it is the business's own; empty for free providers, shared hosts and no address."""
    try:
        host = email_domain(email)
    except ValueError:
        return ""
    return "" if is_free_mail(host) else own_domain(host)
