"""A customer that was wrongly made of two: the other one is taken out, with what was chosen."""

from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from deals.forms.customers import SplitCompanyForm, SplitContactForm, TakeOutForm
from deals.models import Company, Contact, Customer
from deals.services import split_company, split_contact
from deals.tables import CompanyList, ContactList
from deals.views.merging import OfMergeables
from partnerhub.accounts.requests import MemberRequest
from partnerhub.web.dialogs import Ask
from partnerhub.web.seen import Again, attempt


class SplitView(OfMergeables):
    """Asks what the other one is, and makes it."""

    def get(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        one = self.customer()
        return self.shown(one, self.form(one, initial={"version": one.version}))

    def post(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        one, made = self.customer(), []
        form = self.form(one, request.POST)
        again = attempt(form, lambda: made.append(self.split(one, form)))
        if again:
            return self.shown(self.customer(), form, **again)
        messages.success(request, self.done_words() % {"name": made[0]})
        return self.done(made[0].urls.page)

    def shown(self, one: Customer, form: TakeOutForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=self.question() % {"name": one},
            record=_("What you do not choose stays with %(name)s.") % {"name": one},
            confirm=_("Split"),
            keep=_("Keep it one"),
            back=one.urls.page,
        )
        return self.asks(ask, form, crumbs=self.crumbs(one, _("Split")), **again)

    def form(self, one: Customer, *args: Any, **kwargs: Any) -> TakeOutForm:
        """The form of what is asked about this one."""
        raise NotImplementedError

    def split(self, one: Customer, form: TakeOutForm) -> Customer:
        """Do it. Returns the new one."""
        raise NotImplementedError

    def question(self) -> str:
        """The title, with a place for the name."""
        raise NotImplementedError

    def done_words(self) -> str:
        """What is said then, with a place for the name of the new one."""
        raise NotImplementedError


class SplitCompanyView(SplitView):
    """With the chosen people and records."""

    kind, record_list = "company", CompanyList
    forms = (SplitCompanyForm,)

    def form(self, one: Customer, *args: Any, **kwargs: Any) -> TakeOutForm:
        assert isinstance(one, Company)  # noqa: S101 - for the type checker
        return SplitCompanyForm(*args, company=one, member=self.request.membership, **kwargs)

    def split(self, one: Customer, form: TakeOutForm) -> Customer:
        return split_company(one.pk, by=self.request.membership, **form.arguments())

    def question(self) -> str:
        return _("Take another business out of %(name)s?")

    def done_words(self) -> str:
        return _("%(name)s is a company of its own now.")


class SplitContactView(SplitView):
    """With the chosen records."""

    kind, record_list = "contact", ContactList
    forms = (SplitContactForm,)

    def form(self, one: Customer, *args: Any, **kwargs: Any) -> TakeOutForm:
        assert isinstance(one, Contact)  # noqa: S101 - for the type checker
        return SplitContactForm(*args, contact=one, member=self.request.membership, **kwargs)

    def split(self, one: Customer, form: TakeOutForm) -> Customer:
        return split_contact(one.pk, by=self.request.membership, **form.arguments())

    def question(self) -> str:
        return _("Take another person out of %(name)s?")

    def done_words(self) -> str:
        return _("%(name)s is a contact of their own now.")
