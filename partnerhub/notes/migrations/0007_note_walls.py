from django.db import migrations

from partnerhub.tenancy.walls import OWN_PARTNER, anchor, by_side, link, wall

# Private to a side: the vendor sees no partner's, a partner neither the vendor's nor another partner's.
SEE = by_side(vendor="side = 'vendor'", partner=f"side = 'partner' AND {OWN_PARTNER}")


class Migration(migrations.Migration):
    dependencies = [("notes", "0006_notes"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("notes_note"),
        link("notes_note", "partner_id", "partners_partner"),
        link("notes_note", "author_id", "accounts_membership"),
        link("notes_note", "deleted_by_id", "accounts_membership"),
        wall("notes_note", see=SEE),
        link("notes_formernote", "partner_id", "partners_partner"),
        link("notes_formernote", "note_id", "notes_note"),
        link("notes_formernote", "author_id", "accounts_membership"),
        wall("notes_formernote", see=SEE),
    ]
