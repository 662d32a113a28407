"""What a partner is looked for."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from leads.states.choices import Industry
from partnerhub.ranking.selectors import RankingAsked
from partnerhub.ranking.selectors.scores import MOST_COMPARED
from partnerhub.ranking.states import DealSize
from partnerhub.web.fields import TextField, WordField
from partnerhub.web.sorting import country_choices

WHATEVER = ("", _("Any"))


def _programs() -> list[tuple[str, str]]:
    rows = Program.objects.order_by("position").values_list("pk", "name")
    return [("", str(_("Any"))), *((str(key), name) for key, name in rows)]


class RankingForm(forms.Form):
    """What an address says that is no choice is passed over."""

    country = WordField(label=_("Country"), choices=lambda: [WHATEVER, *country_choices()], required=False)
    program = WordField(label=_("Program"), choices=_programs, required=False)
    solution = TextField(label=_("Solution"), max_length=100, required=False)
    industry = WordField(label=_("Industry"), choices=[WHATEVER, *Industry.choices], required=False)
    size = WordField(label=_("Value of the deal"), choices=[WHATEVER, *DealSize.choices], required=False)

    def asked(self) -> RankingAsked:
        self.is_valid()
        found: Mapping[str, str] = {name: value for name, value in self.cleaned_data.items() if value}
        program = found.get("program")
        said = {name: found.get(name, "") for name in ("country", "solution", "industry", "size")}
        return RankingAsked(program=UUID(program) if program else None, **said)


def compared_ids(query: QueryDict) -> list[UUID]:
    """The partners of `?compare=id,id,id`, or of ticked boxes, once each: the first three. Raises ValueError."""
    said = ",".join(query.getlist("compare"))[:500].split(",")
    return [UUID(key) for key in dict.fromkeys(word.strip() for word in said if word.strip())][:MOST_COMPARED]
