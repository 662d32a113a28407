from django.db import migrations

from partnerhub.tenancy.walls import anchor, door, link, own_partner, reader_sees, wall

# Two numbers past the wall: a partner may not see what others store, but there is one limit for the tenant.
ROOM = """
CREATE FUNCTION attachment_room(subject uuid) RETURNS TABLE (on_subject bigint, in_tenant bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT
        (SELECT count(*) FROM notes_attachment
            WHERE tenant_id = here.tenant AND subject_id = subject AND deleted_at IS NULL),
        (SELECT coalesce(sum(size), 0) FROM notes_attachment
            WHERE tenant_id = here.tenant AND deleted_at IS NULL)
    FROM (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid AS tenant) here
$$
"""


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("notes_sharedmessage"),
        link("notes_sharedmessage", "partner_id", "partners_partner"),
        link("notes_sharedmessage", "author_id", "accounts_membership"),
        wall("notes_sharedmessage", see=own_partner()),
        link("notes_attachment", "partner_id", "partners_partner"),
        link("notes_attachment", "message_id", "notes_sharedmessage"),
        link("notes_attachment", "uploaded_by_id", "accounts_membership"),
        link("notes_attachment", "deleted_by_id", "accounts_membership"),
        wall("notes_attachment", see=own_partner()),
        reader_sees("notes_attachment"),
        door("attachment_room(uuid)", ROOM),
    ]
