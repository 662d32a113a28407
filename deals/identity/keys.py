"""What a business is found by: a few words, of which one in common is enough to be taken for the same one."""

from dataclasses import dataclass

from deals.hosts import is_shared
from deals.identity.domains import mail_domain, own_domain
from deals.identity.names import name_core
from deals.identity.phones import phone_digits
from deals.identity.places import place_key
from partnerhub.web.folding import host_of


@dataclass(frozen=True)
class BusinessFacts:
    """What is known of a business and the person there; empty where nothing is."""

    name: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    postcode: str = ""


def keys_of(facts: BusinessFacts) -> list[str]:
    """The keys of a business, sorted. What many share is in none by itself, only beside the name.

    `d` its own domain, by website or mail · `h` its name on a host that many share · `n` its name at a place ·
    `p` its phone number with its name.
    """
    core, host = name_core(facts.name), _host(facts.website)
    keys = {f"d:{domain}" for domain in (own_domain(host), mail_domain(facts.email)) if domain}
    if core:
        if host and is_shared(host):
            keys.add(f"h:{host}:{core}")
        if facts.country and facts.postcode:
            keys.add(f"n:{facts.country.lower()}:{place_key(facts.postcode)}:{core}")
        if number := phone_digits(facts.phone, facts.country):
            keys.add(f"p:{number}:{core}")
    return sorted(keys)


def _host(website: str) -> str:
    try:
        return host_of(website)
    except ValueError:
        return ""
