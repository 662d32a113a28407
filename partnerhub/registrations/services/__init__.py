"""Verbs on incentives and registrations (B7, ruling 14)."""

from partnerhub.registrations.services.ending import sweep_incentive_registrations
from partnerhub.registrations.services.incentives import (
    INCENTIVES,
    add_first_incentives,
    add_incentive,
    change_incentive,
    restore_incentive,
    retire_incentive,
)
from partnerhub.registrations.services.records import REGISTRATIONS
from partnerhub.registrations.services.registering import describe_contract, register_for_incentive
from partnerhub.registrations.services.reviewing import (
    approve_amount,
    approve_registration,
    ask_for_changes,
    ask_more_time,
    grant_more_time,
    refuse_more_time,
    reject_registration,
    send_registration,
    send_registration_again,
)
from partnerhub.registrations.services.rules import MOST_RULE_DAYS, change_incentive_rule

__all__ = [
    "INCENTIVES",
    "MOST_RULE_DAYS",
    "REGISTRATIONS",
    "add_first_incentives",
    "add_incentive",
    "approve_amount",
    "approve_registration",
    "ask_for_changes",
    "ask_more_time",
    "change_incentive",
    "change_incentive_rule",
    "describe_contract",
    "grant_more_time",
    "refuse_more_time",
    "register_for_incentive",
    "reject_registration",
    "restore_incentive",
    "retire_incentive",
    "send_registration",
    "send_registration_again",
    "sweep_incentive_registrations",
]
