"""What the vendor's people are told of an import of leads: once, in the place of a letter for each (E16)."""

from copy import copy

from leads.selectors.imported import leads_entered_for
from partnerhub.events.models import Audience, Event
from partnerhub.events.services import record
from partnerhub.imports.models import ImportJob

IMPORTED_LEADS = "leads"
"""What importers are called whose rows are leads."""


def tell_of_import(event: Event) -> None:
    """Tell the vendor that an import of a partner's is done, or undone; of its own, each partner that has leads
    by it. Nothing where nothing came of it."""
    job = ImportJob.objects.select_related("partner", "membership__user").get(pk=event.subject_id)
    if job.importer != IMPORTED_LEADS:
        return
    if job.partner is None:
        _tell_partners(job, event)
        return
    data = dict(event.data) | {"partner_name": job.partner.name, "url": f"/leads/?partner={job.partner_id}"}
    if event.kind == "importjob.finished" and job.done:
        record("importjob.leads_brought", job, actor=job.membership, data=data, audience=Audience.VENDOR)
    if event.kind == "importjob.undone" and job.undone:
        record("importjob.leads_withdrawn", job, actor=job.membership, data=data, audience=Audience.VENDOR)


def _tell_partners(job: ImportJob, event: Event) -> None:
    if event.kind != "importjob.finished" or not job.done:
        return
    by = job.membership
    for partner_id, name, many in leads_entered_for(job.pk):
        theirs = copy(job)
        theirs.partner_id = partner_id  # whose event it is
        data = {"done": many, "partner_name": name, "url": "/leads/"}
        record("importjob.leads_entered", theirs, actor=by, data=data)
