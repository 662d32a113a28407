"""The letters of the shared packages: kind of event, letter, rules, one row each. Other apps register their own."""

from notifications.selectors.circles import (
    FORMER_ADDRESS,
    FORMER_MEMBER,
    INVITED,
    MEMBER,
    NEW_ADDRESS,
    SUCCESSOR,
    THE_ADMINISTRATORS,
    VENDOR_ADMINISTRATORS,
)
from notifications.selectors.mentions import MENTION_LETTERS
from notifications.selectors.telling import Rule, Telling
from notifications.services.letters import people
from notifications.states.purposes import ACCESS_DECISION, ACCESS_REQUEST, HAND_OVER, INVITATION_MAIL, SECURITY

WHO_DECIDES = ((THE_ADMINISTRATORS,), (VENDOR_ADMINISTRATORS,))
THEMSELVES = ((MEMBER,),)
DECIDED = Rule(ACCESS_DECISION, THEMSELVES)

LETTERS = (
    Telling("access.requested", people.access_requested, (Rule(ACCESS_REQUEST, WHO_DECIDES),)),
    Telling("access.granted", people.access_granted, (DECIDED,)),
    Telling("access.refused", people.access_refused, (DECIDED,)),
    Telling(
        "member.roles_changed",
        people.roles_changed,
        (Rule(ACCESS_DECISION, THEMSELVES, unless="access_request_id"),),
    ),
    Telling("member.removed", people.removed, (Rule(ACCESS_DECISION, ((FORMER_MEMBER,),)),)),
    Telling("member.took_over", people.took_over, (Rule(HAND_OVER, ((SUCCESSOR,),)),)),
    Telling("member.invited", people.invited, (Rule(INVITATION_MAIL, ((INVITED,),)),)),
    Telling("token.created", people.token_created, (Rule(SECURITY, THEMSELVES, confirms=True),)),
    Telling("token.revoked", people.token_revoked, (Rule(SECURITY, THEMSELVES),)),
    Telling(
        "communication.address_proposed", people.address_proposed, (Rule(SECURITY, ((NEW_ADDRESS,),), confirms=True),)
    ),
    Telling(
        "communication.address_changed", people.address_changed, (Rule(SECURITY, ((FORMER_ADDRESS,),), confirms=True),)
    ),
    *MENTION_LETTERS,
)
