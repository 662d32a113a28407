"""A look at the new reference, beside the work on the table."""

from django.db import migrations

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("deals", "0026_sharing")]

    operations = [link_checked("deals_deal", "vendor_contact_id")]
