"""Companies and contacts that a person merged point to the one that was kept, and are out of the search."""

import django.db.models.deletion
from django.db import migrations

from deals.search import COMPANIES, CONTACTS
from partnerhub.tenancy.models import TenantForeignKey
from partnerhub.tenancy.searching import search_again
from partnerhub.tenancy.walls import link_later

# The column that the former release reads: it goes along where two contacts change their addresses.
ADDRESS_CHANGED = """
    CREATE FUNCTION deals_contact_address_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
        NEW.email := nullif(NEW.address, '');
        IF EXISTS (
            SELECT FROM deals_contact WHERE tenant_id = NEW.tenant_id AND company_id = NEW.company_id
                AND email = NEW.address AND id <> NEW.id
        ) THEN
            NEW.email := NULL;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER address_changed BEFORE UPDATE OF address ON deals_contact FOR EACH ROW
        WHEN (NEW.address <> OLD.address) EXECUTE FUNCTION deals_contact_address_changed();
"""
NOT_CHANGED = "DROP TRIGGER address_changed ON deals_contact; DROP FUNCTION deals_contact_address_changed();"


class Migration(migrations.Migration):
    dependencies = [("deals", "0012_vendor_accounts_search"), ("partners", "0002_walls")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=name,
                field=TenantForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=f"deals.{model}",
                ),
            )
            for model in ("company", "contact")
            for name in ("merged_into", "known_as")
        ),
        *(
            link_later(f"deals_{model}", f"{name}_id", f"deals_{model}")
            for model in ("company", "contact")
            for name in ("merged_into", "known_as")
        ),
        migrations.RunSQL(ADDRESS_CHANGED, NOT_CHANGED),
        search_again(COMPANIES),
        search_again(CONTACTS),
    ]
