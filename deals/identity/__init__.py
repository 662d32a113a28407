"""Who is who: the one room in which values are brought into the form that tells businesses and people apart (E1).

A value that several businesses or people share is never identity by itself: a page on a social network, on a
marketplace or below a site builder, a mailbox of a free provider, a mailbox that a team reads.
"""

from deals.identity.domains import mail_domain, own_domain
from deals.identity.keys import BusinessFacts, keys_of
from deals.identity.mailboxes import is_free_mail, is_team_mailbox
from deals.identity.names import are_alike, likeness, name_core
from deals.identity.phones import phone_digits
from deals.identity.places import apart_key, place_key

__all__ = [
    "BusinessFacts",
    "apart_key",
    "are_alike",
    "is_free_mail",
    "is_team_mailbox",
    "keys_of",
    "likeness",
    "mail_domain",
    "name_core",
    "own_domain",
    "phone_digits",
    "place_key",
]
