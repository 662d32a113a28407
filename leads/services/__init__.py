"""The verbs of leads. Every change of a lead is one of these, whoever asks: page, API, task."""

from leads.services.aside import (
    award_upgraded,
    hold_for_review,
    look_again,
    note_answer_times,
    note_due,
    note_protection,
    note_share,
    refuse_again,
    set_aside,
    stop_for_objection,
    take_up_again,
)
from leads.services.awards import keep_award, question_award, take_back_award
from leads.services.converting import convert_lead
from leads.services.imported import tell_of_import
from leads.services.many import LeadToBe, check_many, submit_many
from leads.services.many_back import withdraw_many
from leads.services.partner import appeal_lead, ask_for_support, withdraw_lead
from leads.services.people import name_team
from leads.services.questions import (
    answer_by_message,
    answer_question,
    ask_for_information,
    correct_question,
    take_back_question,
)
from leads.services.reading import note_reading, readers_of
from leads.services.routed import route_leads, stand_in
from leads.services.submission import (
    clear_discarded_files,
    discard_draft,
    drop_draft_file,
    new_lead_id,
    restore_draft,
    save_draft,
    submit_lead,
)
from leads.services.triage import (
    assign_lead,
    assign_leads,
    award_lead,
    award_leads,
    differences_of,
    let_lead_stand,
    mark_seen,
    refuse_lead,
    refuse_leads,
    reopen_lead,
    start_lead,
    undo_assignment,
    undo_assignments,
    unmark_seen,
)
from leads.services.vendor_fields import note_vendor_answers
from leads.services.vendor_leads import enter_lead, hand_out, take_in, take_out
from leads.services.verdicts import Conflicting

__all__ = [
    "Conflicting",
    "LeadToBe",
    "answer_by_message",
    "answer_question",
    "appeal_lead",
    "ask_for_information",
    "ask_for_support",
    "assign_lead",
    "assign_leads",
    "award_lead",
    "award_leads",
    "award_upgraded",
    "check_many",
    "clear_discarded_files",
    "convert_lead",
    "correct_question",
    "differences_of",
    "discard_draft",
    "drop_draft_file",
    "enter_lead",
    "hand_out",
    "hold_for_review",
    "keep_award",
    "let_lead_stand",
    "look_again",
    "mark_seen",
    "name_team",
    "new_lead_id",
    "note_answer_times",
    "note_due",
    "note_protection",
    "note_reading",
    "note_share",
    "note_vendor_answers",
    "question_award",
    "readers_of",
    "refuse_again",
    "refuse_lead",
    "refuse_leads",
    "reopen_lead",
    "restore_draft",
    "route_leads",
    "save_draft",
    "set_aside",
    "stand_in",
    "start_lead",
    "stop_for_objection",
    "submit_lead",
    "submit_many",
    "take_back_award",
    "take_back_question",
    "take_in",
    "take_out",
    "take_up_again",
    "tell_of_import",
    "undo_assignment",
    "undo_assignments",
    "unmark_seen",
    "withdraw_lead",
    "withdraw_many",
]
