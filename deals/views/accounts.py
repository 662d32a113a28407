"""The vendor's own accounts: their list, one to read and change, a new one."""

from http import HTTPStatus
from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from deals.forms.customers import AccountForm
from deals.models import VendorAccount
from deals.selectors import accounts_for
from deals.services import add_account, change_account
from deals.tables import AccountList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.services import remember_opened
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.showing import CHANGES_SHOWN
from partnerhub.roles import ACCOUNTS_MANAGE, ACCOUNTS_VIEW, AUDIT_VIEW
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.records import RecordPage
from partnerhub.web.seen import Again, Meanwhile, attempt
from partnerhub.web.views import Crumb


class AccountsView(ListView):
    """The accounts, and the way to add one, for who may."""

    list_class = AccountList
    template = "deals/accounts.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        return {"manages": self.request.membership.can(ACCOUNTS_MANAGE)}


class NewAccountView(SeatView):
    permission = ACCOUNTS_MANAGE
    forms = (AccountForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(AccountForm(is_new=True))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form, made = AccountForm(request.POST, is_new=True), []
        again = attempt(form, lambda: made.append(add_account(form.values(), by=request.membership)))
        if again:
            return self.shown(form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": made[0].name})
        return redirect(made[0].urls.page)

    def shown(self, form: AccountForm, **again: Unpack[Again]) -> HttpResponseBase:
        context = {"form": form, "crumbs": [*crumbs_above(), (_("New account"), None)]}
        return self.page("deals/new_account.html", context, status=again.get("status", HTTPStatus.OK))


class AccountView(RecordPage):
    """One account to read, to change for who may, and who changed what."""

    permission = {"GET": ACCOUNTS_VIEW, "POST": ACCOUNTS_MANAGE}
    forms = (AccountForm,)
    record_list = AccountList

    def get(self, request: MemberRequest, account_id: UUID) -> HttpResponseBase:
        account = self.account(account_id)
        remember_opened(
            request.membership,
            kind="vendoraccount",
            object_id=account.pk,
            title=account.name,
            path=f"/vendor-accounts/{account.pk}/",
        )
        return self.shown(account, AccountForm.of(account))

    def post(self, request: MemberRequest, account_id: UUID) -> HttpResponseBase:
        account, form = self.account(account_id), AccountForm(request.POST, is_new=False)
        again = attempt(form, lambda: self.keep(account, form))
        if again:
            return self.shown(self.account(account_id), form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect(account.urls.page)

    def keep(self, account: VendorAccount, form: AccountForm) -> None:
        change_account(account.pk, form.values(), by=self.request.membership, seen=form.cleaned_data["version"])

    def account(self, account_id: UUID) -> VendorAccount:
        found = accounts_for(self.request.membership).filter(pk=account_id).first()
        if found is None:
            raise Http404
        return found

    def shown(
        self, account: VendorAccount, form: AccountForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        me = self.request.membership
        context = {
            "account": account,
            "form": form,
            "now": now,
            "manages": me.can(ACCOUNTS_MANAGE),
            "changes": entries_of(timeline_of(account.pk, me)[:CHANGES_SHOWN], me, every=True),
            "audit_url": f"{reverse('events:audit')}?kind=vendoraccount" if me.can(AUDIT_VIEW) else "",
            "crumbs": [*crumbs_above(), (account.name, None)],
        }
        return self.record_page("deals/account.html", account, context, status=status)


def crumbs_above() -> list[Crumb]:
    return [(_("Customers"), None), (_("Vendor accounts"), reverse("deals:accounts"))]
