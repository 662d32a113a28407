from django.db import migrations

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    dependencies = [("notes", "0009_edited_message_walls")]

    operations = [link_checked("notes_sharedmessage", "deleted_by_id")]
