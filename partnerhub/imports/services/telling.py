"""What was said of all rows of an import, read by the importer's forms as they are now."""

from partnerhub.bulk.services.doing import checked_form, sent_again
from partnerhub.imports.importers import Importer, SaidOfAll
from partnerhub.imports.models import ImportJob


def told_by(importer: Importer, job: ImportJob, *, with_same: bool = True) -> SaidOfAll:
    """What holds for the rows. Raises Refused where it does not hold any more: a program was closed meanwhile."""
    chosen = SaidOfAll(chosen=checked_form(importer.choose_form(sent_again(job.chosen))))
    if not with_same:
        return chosen
    return SaidOfAll(chosen.chosen, checked_form(importer.same_form(chosen, sent_again(job.same))))
