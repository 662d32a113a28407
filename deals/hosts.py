"""Websites on which many businesses have a page of their own: their host tells no business from another."""

import re

SHARED_HOSTS = frozenset(
    {
        "allegro.pl",
        "amazon.co.uk",
        "amazon.com",
        "amazon.de",
        "booking.com",
        "business.site",
        "carrd.co",
        "ebay.com",
        "ebay.de",
        "etsy.com",
        "facebook.com",
        "fb.com",
        "fb.me",
        "g.page",
        "github.io",
        "goo.gl",
        "google.com",
        "instagram.com",
        "linkedin.com",
        "linktr.ee",
        "lieferando.de",
        "maps.app.goo.gl",
        "medium.com",
        "olx.pl",
        "pinterest.com",
        "pyszne.pl",
        "sites.google.com",
        "t.me",
        "thefork.com",
        "threads.net",
        "tiktok.com",
        "tripadvisor.com",
        "twitter.com",
        "ubereats.com",
        "vinted.com",
        "wa.me",
        "wolt.com",
        "x.com",
        "xing.com",
        "yelp.com",
        "youtu.be",
        "youtube.com",
    }
)
"""The one list of them. A business that has a host of its own below one (`cafe.github.io`) is known by that."""
IN_FRONT = r"(?:m|mobile|business|web|[a-z]{2}(?:-[a-z]{2})?)\."  # for phones, or for a country
SHARED = f"^(?:{IN_FRONT})?(?:{'|'.join(re.escape(host) for host in sorted(SHARED_HOSTS))})$"
"""The same as a pattern that Python and PostgreSQL read alike."""


def is_shared(host: str) -> bool:
    """Whether many businesses share this host (as `host_of` gives it), also as its page for phones or for a country."""
    return re.match(SHARED, host) is not None


def own_host(host: str) -> str:
    """The host, if it can be the business's own; else nothing, and the business is known by its name."""
    return "" if is_shared(host) else host
