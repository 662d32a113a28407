"""The forms of imports: a file, and where its columns go."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.imports.importers import ImportField
from partnerhub.imports.models import ImportJob
from partnerhub.imports.services.mappings import MAPPING_NAME_LENGTH
from partnerhub.web.fields import VisibleField
from partnerhub.web.formats import size_text
from partnerhub.web.seen import SeenForm, version_in

COLUMN = "column-"
ACCEPTED = ".csv,.txt,.xlsx"
SAVE_AS, SHARE = "mapping_name", "mapping_shared"
"""What a mapping is saved as, where it is: fields beside those of the importer."""


class FileForm(forms.Form):
    """The file; what it is is found out when it is read."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": settings.ATTACHMENT_MAX_BYTES}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _now(
            "CSV or Excel (.xlsx), at most %(size)s and 100,000 rows. The first row names the columns."
        ) % {"size": size_text(settings.ATTACHMENT_MAX_BYTES)}


class MappingForm(SeenForm):
    """Name and sharing of a saved mapping, and the version that was read."""

    name = VisibleField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=MAPPING_NAME_LENGTH,
        error_messages={"required": _("Give the mapping a name.")},
    )
    is_shared = forms.BooleanField(
        label=_("Share this mapping"),
        help_text=_("Everybody of your organisation who imports such files can use it."),
        required=False,
    )


def saving_fields() -> dict[str, Any]:
    """The fields of the form that save a mapping when it is checked."""
    return {
        SAVE_AS: VisibleField(
            label=_("Save this mapping as"),
            help_text=_(
                "The next file with these headings is mapped so by itself. Under the name of a mapping of yours, that"
                " one is changed."
            ),
            max_length=MAPPING_NAME_LENGTH,
            required=False,
        ),
        SHARE: forms.BooleanField(
            label=_("Share this mapping"),
            help_text=_("Everybody of your organisation who imports such files can use it."),
            required=False,
        ),
    }


def column_fields(
    job: ImportJob,
    fields: Sequence[ImportField],
    samples: Sequence[Sequence[str]],
    mapping: Mapping[str, str],
) -> dict[str, Any]:
    """A field of the form for each column: where it goes, at first by this mapping. Its help is what stands in the
    first rows."""
    choices = [("", _("Leave it out")), *((one.name, one.label) for one in fields)]
    return {
        f"{COLUMN}{at}": forms.ChoiceField(
            label=heading or _now("Column %(number)s") % {"number": at + 1},
            choices=choices,
            required=False,
            initial=mapping.get(str(at), ""),
            help_text=_sample(at, samples),
        )
        for at, heading in enumerate(job.headings)
    }


def mapping_in(data: Mapping[str, Any], job: ImportJob) -> dict[str, str]:
    """Number of a column → field, as the form sent it."""
    sent = {str(at): data.get(f"{COLUMN}{at}", "") for at in range(len(job.headings))}
    return {at: name for at, name in sent.items() if name}


def version_sent(data: Mapping[str, Any]) -> int:
    """The version of the import that the form was made of."""
    return version_in(data.get("version"))


def _sample(at: int, samples: Sequence[Sequence[str]]) -> str:
    return " · ".join(row[at] for row in samples if at < len(row) and row[at])[:120]
