"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.quotes import views
from partnerhub.records.paths import record_paths

app_name = "quotes"
urlpatterns = [
    *record_paths("programme/products/", views.ProductPage, listing=views.ProductsView, new=views.NewProductView),
    *record_paths("deals/quotes/", views.QuotePage, steps=views.QuoteStepView),
    path("deals/<uuid:deal_id>/quotes/new/", views.NewQuoteView.as_view(), name="new"),
    path("deals/<uuid:deal_id>/quotes/<int:number>/", views.NumberedQuoteView.as_view(), name="numbered"),
    path("deals/<uuid:deal_id>/quotes/<int:number>/pdf/", views.NumberedPdfView.as_view(), name="pdf"),
    path("quotes/<str:token>/", views.QuoteLinkView.as_view(), name="customer"),
]
