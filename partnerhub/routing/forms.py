"""The forms of routing: one rule, and the fallbacks of the programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leads.models import Program
from leads.states.choices import Industry, OwnerLanguage
from partnerhub.claims.forms import ToPartnerField
from partnerhub.partners.models import Tier
from partnerhub.routing.models import ProgramFallback, RuleSet
from partnerhub.routing.selectors import (
    PERIODS,
    USUAL_PERIOD,
    Fairness,
    fairness,
    members_named,
    names_of_targets,
    programs_named,
    queues_named,
)
from partnerhub.routing.states import RoutingRule, RuleHours, Spread, TargetKind
from partnerhub.web.fields import TextField, WordField
from partnerhub.web.folding import fold
from partnerhub.web.seen import SeenForm
from partnerhub.web.sorting import country_choices

MOST_WORDS = 250
Label = str | Promise
Choosable = Iterable[tuple[str, Label]] | Callable[[], list[tuple[str, str]]]
FallbackRows = Sequence[tuple[Program, ProgramFallback | None]]
FIELD_OF = {
    TargetKind.REPRESENTATIVE: "members",
    TargetKind.GROUP: "members",
    TargetKind.PARTNER: "partner",
    TargetKind.QUEUE: "queues",
}
ANY = _("None chosen: any.")
COMMAS = _("Separated by commas. Empty: any.")


def _several(label: Label, choices: Choosable, help_text: Label = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]  # the stubs want text: a lazy one is as good
        choices=choices,
        required=False,
        help_text=help_text,  # type: ignore[arg-type]  # the same
        widget=forms.CheckboxSelectMultiple,
    )


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))[:MOST_WORDS]


class RuleForm(SeenForm):
    """One rule: which leads it takes, and who gets them. Those who are chosen have a weight each once it is saved."""

    name = TextField(label=_("Name"), max_length=80, error_messages={"required": _("Enter a name.")})
    programs = _several(_("Program"), lambda: [*programs_named().items()], ANY)
    countries = _several(_("Country"), country_choices, ANY)
    postcodes = TextField(label=_("Postcode begins with"), max_length=1000, required=False, help_text=COMMAS)
    languages = _several(_("Language"), OwnerLanguage.choices, ANY)
    industries = _several(_("Industry"), Industry.choices, ANY)
    solutions = TextField(
        label=_("Solution"),
        max_length=1000,
        required=False,
        help_text=_("A word of what the business uses or wants. Separated by commas. Empty: any."),
    )
    tiers = _several(
        _("Partner’s tier"),
        lambda: [(str(key), name) for key, name in Tier.objects.filter(is_retired=False).values_list("pk", "name")],
        ANY,
    )
    hours = WordField(label=_("Working hours"), choices=RuleHours.choices, required=False)
    kind = WordField(
        label=_("Where leads go"),
        choices=TargetKind.choices,
        error_messages={"required": _("Choose where leads go.")},
        help_text=_("Leads of partners go to representatives; leads of your own are offered or queued."),
    )
    members = _several(_("Representatives"), lambda: [*members_named().items()], _("For one, or for a group."))
    partners = _several(_("Partners"), list, _("Without its tick, a partner is left out."))
    partner = ToPartnerField(
        label=_("Another partner"),
        required=False,
        help_text=_("Who is offered leads of your own: its name, or a part of it."),
    )
    queues = _several(_("Queue"), lambda: [*queues_named().items()], _("Where leads of your own wait."))
    spread = WordField(label=_("How several share"), choices=Spread.choices, required=False)
    most = forms.IntegerField(
        label=_("Open leads at most"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Whoever has as many gets no more by this rule. Empty: no limit."),
    )

    def __init__(self, *args: Any, rule: RoutingRule | None = None, **kwargs: Any) -> None:
        """`rule`: as it is saved. Its partners can be left out, and those who share it have a weight each."""
        super().__init__(*args, **kwargs)
        names = names_of_targets([rule]) if rule else {}
        self._offer_partners(names if rule and rule.kind == TargetKind.PARTNER else {})
        for key in rule.targets if rule and len(rule.targets) > 1 else ():
            self.fields[f"weight_{key}"] = forms.IntegerField(
                label=_("Weight of %(name)s") % {"name": names.get(key, "?")},
                min_value=1,
                max_value=100,
                required=False,
                initial=rule.weights.get(key, 1) if rule else 1,
            )

    def _offer_partners(self, names: Mapping[str, str]) -> None:
        if names:
            self.fields["partners"].choices = [*names.items()]  # type: ignore[attr-defined]  # one of choices
        else:
            del self.fields["partners"]

    @classmethod
    def of(cls, rule_set: RuleSet, number: int | None = None, data: QueryDict | None = None) -> "RuleForm":
        """The form of rule `number`, or of a new one."""
        if number is None:
            return cls(data, initial={"version": rule_set.version, "kind": TargetKind.REPRESENTATIVE})
        rule = rule_set.parsed[number - 1]
        shown = rule.kept()
        shown["partners" if rule.kind == TargetKind.PARTNER else FIELD_OF[TargetKind(rule.kind)]] = list(rule.targets)
        shown |= {"postcodes": ", ".join(rule.postcodes), "solutions": ", ".join(rule.solutions)}
        shown |= {"most": rule.most or None, "version": rule_set.version}
        return cls(data, initial=shown, rule=rule)

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        kind = sent.get("kind")
        if kind and (field := FIELD_OF[TargetKind(kind)]) in sent and not self._targets(kind):
            self.add_error(field, _("Choose who gets the leads."))
        return sent

    def _targets(self, kind: str) -> list[str]:
        sent = self.cleaned_data
        if kind != TargetKind.PARTNER:
            return list(sent[FIELD_OF[TargetKind(kind)]])
        added = [str(sent["partner"].pk)] if sent["partner"] else []
        return list(dict.fromkeys([*sent.get("partners", ()), *added]))

    def rule(self) -> dict[str, Any]:
        """The rule as the verb takes it."""
        sent = self.cleaned_data
        targets = self._targets(sent["kind"])
        weights = {key: sent.get(f"weight_{key}") or 1 for key in targets}
        same = ("name", "kind", "programs", "countries", "languages", "industries", "tiers", "hours")
        return {name: sent[name] for name in same} | {
            "postcodes": [word.replace(" ", "").upper() for word in _listed(sent["postcodes"])],
            "solutions": [fold(word) for word in _listed(sent["solutions"])],
            "spread": sent["spread"] or Spread.LOAD,
            "most": sent["most"] or 0,
            "targets": targets,
            "weights": weights,
        }


def _days(many: int) -> str:
    return ngettext("The last %(many)s day", "The last %(many)s days", many) % {"many": many}


class PeriodForm(forms.Form):
    """Which leads the report on fairness is of; what an address says that is no choice is passed over."""

    program = WordField(label=_("Program"), choices=lambda: [("", _("All")), *programs_named().items()], required=False)
    days = WordField(label=_("Period"), choices=lambda: [(str(many), _days(many)) for many in PERIODS], required=False)

    @classmethod
    def asked(cls, query: QueryDict) -> "PeriodForm":
        sent = {"program": query.get("program", ""), "days": query.get("days", "") or str(USUAL_PERIOD)}
        form = cls(sent)
        return form if form.is_valid() else cls.asked(QueryDict())

    def report(self) -> Fairness:
        program, days = self.cleaned_data["program"], int(self.cleaned_data["days"])
        return fairness([UUID(program)] if program else [UUID(key) for key in programs_named()], days)


class FallbacksForm(forms.Form):
    """The fallback of each program."""

    def __init__(self, *args: Any, rows: FallbackRows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [("", _("Nobody: they wait in Unassigned")), *members_named().items()]
        for program, row in rows:
            self.fields[str(program.pk)] = WordField(
                label=program.name,
                choices=able,
                required=False,
                initial=str(row.representative_id) if row and row.representative_id else "",
            )

    def refuse(self, text: str) -> None:
        self.add_error(None, text)


def rule_at(rule_set: RuleSet, number: int) -> RoutingRule | None:
    """Rule `number` (from 1) of a set; None: it has none."""
    rules = rule_set.parsed
    return rules[number - 1] if 0 < number <= len(rules) else None
