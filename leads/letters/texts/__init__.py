"""Letters about leads. The partner's people and the vendor's hear the same event in different words.

Every subject begins with the company, so that mail programs keep the letters about one lead together.
"""

from leads.letters.texts.decisions import (
    appealed,
    award_questioned,
    award_taken_back,
    awarded,
    let_stand,
    refused,
    reopened,
    started,
    withdrawn,
)
from leads.letters.texts.imports import brought, brought_back, entered_together
from leads.letters.texts.people import assigned, assignment_undone, entered_for, shared_message, team_named
from leads.letters.texts.questions import corrected, info_asked, info_corrected, info_given, info_taken_back
from leads.letters.texts.submitting import made_a_deal, submitted, support_asked

__all__ = [
    "appealed",
    "assigned",
    "assignment_undone",
    "award_questioned",
    "award_taken_back",
    "awarded",
    "brought",
    "brought_back",
    "corrected",
    "entered_for",
    "entered_together",
    "info_asked",
    "info_corrected",
    "info_given",
    "info_taken_back",
    "let_stand",
    "made_a_deal",
    "refused",
    "reopened",
    "shared_message",
    "started",
    "submitted",
    "support_asked",
    "team_named",
    "withdrawn",
]
