"""Asking for runs, carrying them on, and what is over."""

from partnerhub.bulk.services.asking import Runs, retry_run, stop_run, undo_run, why_no_undo
from partnerhub.bulk.services.sweeping import sweep_runs
from partnerhub.bulk.services.working import carry_on

__all__ = ["Runs", "carry_on", "retry_run", "stop_run", "sweep_runs", "undo_run", "why_no_undo"]
