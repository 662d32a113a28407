from django.db import migrations, models

from partnerhub.tenancy.walls import OWN_PARTNER, SIDE, TENANT, own_partner

SEE_FILE = f"({SIDE} = 'vendor' AND NOT is_private) OR {SIDE} = 'system' OR ({SIDE} = 'partner' AND {OWN_PARTNER})"


def policy(see: str) -> str:
    return f"ALTER POLICY wall ON notes_attachment USING ({TENANT} AND ({see})) WITH CHECK ({TENANT} AND ({see}))"


class Migration(migrations.Migration):
    dependencies = [("notes", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="is_private",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(policy(SEE_FILE), policy(own_partner())),
    ]
