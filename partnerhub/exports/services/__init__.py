"""Verbs of exports: asked for, written by the worker, downloaded, stopped; and what is over."""

from partnerhub.exports.services.asking import ask_again, ask_export, note_download, stop_export
from partnerhub.exports.services.records import EXPORTS
from partnerhub.exports.services.sweeping import sweep_exports
from partnerhub.exports.services.working import carry_exports_on

__all__ = [
    "EXPORTS",
    "ask_again",
    "ask_export",
    "carry_exports_on",
    "note_download",
    "stop_export",
    "sweep_exports",
]
