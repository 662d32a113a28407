"""What each kind of event says to whoever is told of it: words only; how they look is the template's matter."""

from collections.abc import Callable

from notifications.services.letters import leads, people
from notifications.services.letters.story import Letter, Over, Story, register_words

LETTERS: dict[str, Callable[[Story], Letter]] = {
    "lead.submitted": leads.submitted,
    "lead.assigned": leads.assigned,
    "lead.assignment_undone": leads.assignment_undone,
    "lead.started": leads.started,
    "lead.info_asked": leads.info_asked,
    "lead.info_corrected": leads.info_corrected,
    "lead.info_taken_back": leads.info_taken_back,
    "lead.info_given": leads.info_given,
    "lead.awarded": leads.awarded,
    "lead.refused": leads.refused,
    "lead.withdrawn": leads.withdrawn,
    "lead.team_named": leads.team_named,
    "lead.appealed": leads.appealed,
    "lead.reopened": leads.reopened,
    "lead.support_asked": leads.support_asked,
    "lead.award_questioned": leads.award_questioned,
    "lead.award_taken_back": leads.award_taken_back,
    "note.shared": leads.shared_message,
    "access.requested": people.access_requested,
    "access.granted": people.access_granted,
    "access.refused": people.access_refused,
    "member.roles_changed": people.roles_changed,
    "member.removed": people.removed,
    "member.took_over": people.took_over,
    "member.invited": people.invited,
    "token.created": people.token_created,
    "token.revoked": people.token_revoked,
    "communication.address_proposed": people.address_proposed,
    "communication.address_changed": people.address_changed,
}
"""One letter for each kind that the table of rules names."""

__all__ = ["LETTERS", "Letter", "Over", "Story", "register_words"]
