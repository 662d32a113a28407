"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.receipts import views

app_name = "receipts"
urlpatterns = [
    path("leads/<uuid:lead_id>/receipt/", views.ReceiptView.as_view(), name="receipt"),
    path("leads/<uuid:lead_id>/receipt.pdf", views.PdfView.as_view(), name="pdf"),
    path("receipts/", views.CheckView.as_view(), name="check"),
]
