"""What qualifies a shared deal: the customer's pain, and the next steps (D1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0027_sharing_checked")]

    operations = [
        migrations.AddField("deal", name, models.TextField(blank=True, db_default="", default="", max_length=4000))
        for name in ("pain", "next_steps")
    ]
