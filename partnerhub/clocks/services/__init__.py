"""Verbs on clocks and due times (E2)."""

from partnerhub.clocks.services.answering import keep_answer_times
from partnerhub.clocks.services.due_times import change_due_times
from partnerhub.clocks.services.following import keep_clocks
from partnerhub.clocks.services.running import register_step, run_clock, run_until, stop_clock
from partnerhub.clocks.services.sweeping import begin_clocks, catch_up, reckon_anew, sweep_clocks

__all__ = [
    "begin_clocks",
    "catch_up",
    "change_due_times",
    "keep_answer_times",
    "keep_clocks",
    "reckon_anew",
    "register_step",
    "run_clock",
    "run_until",
    "stop_clock",
    "sweep_clocks",
]
