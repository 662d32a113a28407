"""`make demo`: the whole portal on this machine, kept running until Ctrl-C."""

from .runner import reset, run

__all__ = ["reset", "run"]
