"""Verbs on clocks and due times (E2)."""

from partnerhub.clocks.services.due_times import change_due_times
from partnerhub.clocks.services.following import follow_lead
from partnerhub.clocks.services.sweeping import catch_up, reckon_anew, sweep_clocks

__all__ = ["catch_up", "change_due_times", "follow_lead", "reckon_anew", "sweep_clocks"]
