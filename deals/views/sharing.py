"""A new shared deal, from the page of a company or of a contact: its details, then what qualifies it (D1)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from deals.models import Company, Customer
from deals.selectors import contacts_of
from deals.selectors.deals import can_open, last_currency
from deals.services.deals import DEALS
from deals.services.records import COMPANIES, CONTACTS
from deals.services.sharing import share_with_company, share_with_contact
from deals.states.deals import SHARED_WITH_COMPANY, SHARED_WITH_CONTACT
from deals.tables import CompanyList, ContactList
from partnerhub.accounts.bases import SeatView
from partnerhub.errors import Reason
from partnerhub.records.forms import form_of
from partnerhub.records.making import MakeView
from partnerhub.roles import DEALS_MANAGE
from partnerhub.states import Asks, Dialog


class SharedDealView(MakeView[Customer], SeatView):
    """With a customer that stands on its own. `asked` is what is asked for; it goes on to the deal's page."""

    permission, goes_to_new = DEALS_MANAGE, True
    asked: ClassVar[Asks]
    dialog = Dialog(
        _("New shared deal with %(customer)s"),
        _("The vendor sees it at once, with its customer and its value, and is asked to respond."),
        _("Create shared deal"),
        _("Cancel"),
        _("The deal with %(customer)s is shared."),
    )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.forms = (form_of(cls.asked),)

    def may_have(self, record: Customer) -> bool:
        return record.known_as_id is None

    def line(self, record: Customer) -> str:
        return ""

    def words(self, record: Customer) -> dict[str, Any]:
        return {"customer": record}

    def reasons(self, record: Customer) -> list[Reason]:
        return can_open(self.request.membership)

    def initial(self, record: Customer) -> dict[str, Any]:
        member = self.request.membership
        return {"team": [str(member.pk)], "currency": last_currency(member.partner_id)}

    def choices(self, record: Customer) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The company's contacts, by name; what else is chosen, as in every new deal."""
        member = self.request.membership
        found = {name: DEALS.choices(name, member) for name in ("solutions", "team")}
        if isinstance(record, Company):
            found["contact"] = [(str(one.pk), str(one)) for one in contacts_of(record, member)]
        return found


class ShareWithCompanyView(SharedDealView):
    source, record_list, verb, asked = COMPANIES, CompanyList, share_with_company, SHARED_WITH_COMPANY


class ShareWithContactView(SharedDealView):
    source, record_list, verb, asked = CONTACTS, ContactList, share_with_contact, SHARED_WITH_CONTACT
