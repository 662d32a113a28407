from django.db import migrations

from partnerhub.tenancy.walls import anchor, own_partner, reader_sees, wall


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        anchor("partners_partner"),
        wall("partners_partner", see=own_partner("id")),
        reader_sees("partners_partner"),
    ]
