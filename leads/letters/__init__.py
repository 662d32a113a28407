"""What is told about leads: kind of event, letter and rules, one row each."""

from dataclasses import replace
from datetime import timedelta

from leads.letters import texts
from leads.letters.circles import (
    FORMER_REPRESENTATIVE,
    NAMED,
    PARTNER_ADMINS,
    REPRESENTATIVE,
    REPRESENTS_IMPORTED,
    SECONDS,
    SUBMITTER,
    THE_MANAGERS,
    THE_PARTNER,
    WHO_WORKS_IT,
)
from leads.letters.purposes import CHANGES, CONFIRMATION, NEW, SHARED_MESSAGE
from leads.letters.words import lead_words, told_answers
from notifications.selectors.mentions import TO_MENTIONED
from notifications.selectors.telling import Rule, Telling
from notifications.services import register_letters, register_words
from partnerhub.roles import PARTNER, VENDOR

UNDO_TIME = timedelta(seconds=20)
TO_THE_PARTNER = Rule(CHANGES, THE_PARTNER)
TO_WHO_WORKS_IT = Rule(CHANGES, WHO_WORKS_IT)
TO_WHO_REPRESENTS_IMPORTED = Rule(CHANGES, ((REPRESENTS_IMPORTED,),))

LETTERS = (
    Telling(
        "lead.submitted",
        texts.submitted,
        (
            Rule(CONFIRMATION, ((SUBMITTER,),), confirms=True, unless="together"),
            Rule(NEW, THE_MANAGERS, unless="together"),
        ),
    ),
    Telling(
        "lead.assigned",
        texts.assigned,
        (Rule(CHANGES, THE_PARTNER, unless="of_many"), Rule(CHANGES, ((REPRESENTATIVE,),), unless="of_many")),
        wait=UNDO_TIME,
    ),
    Telling(
        "lead.assignment_undone",
        texts.assignment_undone,
        (TO_THE_PARTNER, Rule(CHANGES, ((FORMER_REPRESENTATIVE,),))),
    ),
    Telling("lead.let_stand", texts.let_stand, (TO_THE_PARTNER,)),
    Telling("lead.started", texts.started, (TO_THE_PARTNER,)),
    Telling("lead.info_asked", texts.info_asked, (TO_THE_PARTNER,)),
    Telling("lead.info_corrected", texts.info_corrected, (TO_THE_PARTNER,)),
    Telling("lead.info_taken_back", texts.info_taken_back, (TO_THE_PARTNER,)),
    Telling(
        "lead.info_given",
        texts.info_given,
        (TO_MENTIONED, TO_WHO_WORKS_IT),
    ),
    Telling(
        "lead.corrected",
        texts.corrected,
        (Rule(CHANGES, THE_PARTNER, acted_by=VENDOR), Rule(CHANGES, WHO_WORKS_IT, acted_by=PARTNER)),
    ),
    Telling("lead.awarded", texts.awarded, (TO_THE_PARTNER,)),
    Telling("lead.refused", texts.refused, (TO_THE_PARTNER,)),
    Telling("lead.withdrawn", texts.withdrawn, (Rule(CHANGES, WHO_WORKS_IT, unless="together"),)),
    Telling("importjob.leads_brought", texts.brought, (Rule(NEW, THE_MANAGERS), TO_WHO_REPRESENTS_IMPORTED)),
    Telling("importjob.leads_entered", texts.entered_together, (Rule(CHANGES, ((PARTNER_ADMINS,),)),)),
    Telling("importjob.leads_withdrawn", texts.brought_back, (Rule(CHANGES, THE_MANAGERS), TO_WHO_REPRESENTS_IMPORTED)),
    Telling("lead.entered_for", texts.entered_for, (Rule(CHANGES, THE_PARTNER, unless="together"),)),
    Telling("lead.team_named", texts.team_named, (Rule(CHANGES, ((NAMED,),)),)),
    Telling("lead.appealed", texts.appealed, (Rule(CHANGES, THE_MANAGERS),)),
    Telling("lead.reopened", texts.reopened, (TO_THE_PARTNER,)),
    Telling("lead.support_asked", texts.support_asked, (TO_WHO_WORKS_IT,)),
    Telling("lead.converted", texts.made_a_deal, (TO_WHO_WORKS_IT,)),
    Telling("lead.award_questioned", texts.award_questioned, (Rule(CHANGES, ((SECONDS,),)),)),
    Telling("lead.award_taken_back", texts.award_taken_back, (TO_THE_PARTNER,)),
    Telling(
        "note.shared",
        texts.shared_message,
        (
            replace(TO_MENTIONED, unless="answers"),
            Rule(SHARED_MESSAGE, THE_PARTNER, acted_by=VENDOR),
            Rule(SHARED_MESSAGE, WHO_WORKS_IT, acted_by=PARTNER, unless="answers"),
        ),
        about="lead",
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    register_words("lead", lead_words, answers=told_answers)
    register_letters(LETTERS)
