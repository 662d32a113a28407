"""Addresses of the deals pages, below the tenant."""

from django.urls import path

from deals.tables import AccountList
from deals.views import (
    AccountsView,
    AccountView,
    CloneDealView,
    CompanyView,
    ContactView,
    DealMessageView,
    DealNoteView,
    DealRegistrationRuleView,
    DealRegistrationView,
    DealStepView,
    DealsView,
    DealView,
    DuplicateView,
    MergeCompanyView,
    MergeContactView,
    NewAccountView,
    NewDealView,
    ShareWithCompanyView,
    ShareWithContactView,
    SplitCompanyView,
    SplitContactView,
    UnmergeCompanyView,
    UnmergeContactView,
)
from partnerhub.notes.tabs import talk_paths
from partnerhub.records.paths import record_paths
from partnerhub.web.lists.pages import list_paths

app_name = "deals"
urlpatterns = [
    path("deals/<uuid:deal_id>/clone/", CloneDealView.as_view(), name="deal-clone"),
    *talk_paths("deals/", DealMessageView, DealNoteView),
    *record_paths("deals/", DealView, steps=DealStepView, listing=DealsView, new=NewDealView),
    *record_paths("deal-registrations/", DealRegistrationView),
    path("programme/deal-registrations/", DealRegistrationRuleView.as_view(), name="registration-rules"),
    *record_paths("companies/", CompanyView),
    *record_paths("contacts/", ContactView),
    *record_paths("duplicates/", DuplicateView),
    path("companies/<uuid:company_id>/share/", ShareWithCompanyView.as_view(), name="company-share"),
    path("contacts/<uuid:contact_id>/share/", ShareWithContactView.as_view(), name="contact-share"),
    path("companies/<uuid:company_id>/merge/", MergeCompanyView.as_view(), name="company-merge"),
    path("companies/<uuid:company_id>/unmerge/", UnmergeCompanyView.as_view(), name="company-unmerge"),
    path("companies/<uuid:company_id>/split/", SplitCompanyView.as_view(), name="company-split"),
    path("contacts/<uuid:contact_id>/split/", SplitContactView.as_view(), name="contact-split"),
    path("contacts/<uuid:contact_id>/merge/", MergeContactView.as_view(), name="contact-merge"),
    path("contacts/<uuid:contact_id>/unmerge/", UnmergeContactView.as_view(), name="contact-unmerge"),
    *list_paths("vendor-accounts/", AccountList, "accounts", AccountsView),
    path("vendor-accounts/new/", NewAccountView.as_view(), name="new-account"),
    path("vendor-accounts/<uuid:account_id>/", AccountView.as_view(), name="account"),
]
