"""Runs as JSON."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from partnerhub.bulk.models import Run
from partnerhub.bulk.selectors import run_told, was_done
from partnerhub.bulk.states import Became
from partnerhub.web.problems import problem


def run_json(run: Run) -> dict[str, Any]:
    """A run with its first results."""
    told = run_told(run)
    return {
        "id": str(run.pk),
        "list": run.list_name,
        "act": run.act_name,
        "undoes": str(run.of) if run.is_undo else None,
        "state": run.state,
        "reason": run.reason,
        "total": run.total,
        "done": run.done,
        "failed": run.failed,
        "left": run.left,
        "created_at": run.created_at,
        "ended_at": run.ended_at,
        "results": [run_result_json(key, result) for key, result in told.rows],
        "more": results_url(run, told.further),
    }


def results_url(run: Run, since: int | None, *, only_failed: bool = False) -> str | None:
    """Where the results from a batch on are told; None where there are none."""
    if since is None:
        return None
    only = "&only=failed" if only_failed else ""
    return f"{reverse('api-bulk-run-results', args=[run.pk])}?from={since}{only}"


def run_result_json(key: UUID, told: dict[str, Any]) -> dict[str, Any]:
    """What became of one row."""
    if was_done(told):
        return {"id": str(key), "ok": True} | ({"version": told["version"]} if "version" in told else {})
    kind, status = ("stale", 412) if told["became"] == Became.STALE else ("refused", 409)
    return {"id": str(key), "ok": False, "problem": problem(status, " ".join(told["texts"]), kind=kind)}
