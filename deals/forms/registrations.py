"""The form of the tenant's rules for deal registrations."""

from django.utils.translation import gettext_lazy as _

from deals.words import REGISTRATION_RULE_FIELDS
from partnerhub.records.forms import RulesForm
from partnerhub.web.fields import NumberField

NO_NUMBER = {"required": _("Enter a number from 1 to 730.")}


class DealRegistrationRuleForm(RulesForm):
    """For how many days a registered deal protects its customer, and how many more an extension adds."""

    protected_days = NumberField(label=REGISTRATION_RULE_FIELDS["protected_days"], error_messages=NO_NUMBER)
    extended_days = NumberField(label=REGISTRATION_RULE_FIELDS["extended_days"], error_messages=NO_NUMBER)
