from django.db import migrations

from partnerhub.tenancy.walls import link, link_later, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [("notes", "0008_edited_messages"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        link_later("notes_sharedmessage", "deleted_by_id", "accounts_membership"),
        link("notes_formermessage", "partner_id", "partners_partner"),
        link("notes_formermessage", "message_id", "notes_sharedmessage"),
        link("notes_formermessage", "author_id", "accounts_membership"),
        wall("notes_formermessage", see=own_partner()),
    ]
