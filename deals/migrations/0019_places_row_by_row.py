"""Whether a business without a website is another one than the one called so already, by its place, is told row by row.

Before, that was looked up for a whole set at once, so that a row did not know the place that one before it had brought.
A row says by which key it is known at a place of its own (`apart_key`). Code that does not, as the former release's, has
found the key itself. Two places can't be one where both say country or postcode, and say otherwise.

Of two contacts that a row may be, both of its own set and so of one moment, it is the later one.
"""

from importlib import import_module

from django.db import migrations

MANY = import_module("deals.migrations.0016_remember_many")
SETS = import_module("deals.migrations.0018_remember_in_sets")
LETTERS = "lower(regexp_replace({}.postcode, '[^[:alnum:]]', '', 'g'))"
BY_NAME = "        RETURN QUERY " + MANY.BY_NAME
AT_ITS_PLACE = f"""
        IF one.host = '' AND one.postcode <> '' AND one.apart_key IS NOT NULL AND EXISTS (
            SELECT FROM deals_company named WHERE named.tenant_id = of_tenant AND named.partner_id = of_partner
                AND named.host = '' AND named.name_key = one.name_key
                AND ((named.country <> '' AND one.country <> '' AND named.country <> one.country)
                    OR (named.postcode <> '' AND {LETTERS.format("named")} <> {LETTERS.format("one")}))
        ) THEN
            one.name_key := one.apart_key;
        END IF;
{BY_NAME}"""
LEFT = "postcode text, is_plain boolean)\n        WHERE is_plain IS NOT TRUE"
NEWEST = "known_as_id IS NULL DESC, updated_at DESC"


def told(body: str, *changes: tuple[str, str]) -> str:
    """The function of 0018 with these of its words changed, each of which stands there once."""
    for old, new in changes:
        if body.count(old) != 1:
            raise ValueError(f"The function is another one: {old}")
        body = body.replace(old, new)
    return body


COMPANIES = SETS.in_sets(MANY.REMEMBER_COMPANIES, "deals_company", SETS.PLAIN_COMPANIES)
CONTACTS = SETS.in_sets(MANY.REMEMBER_CONTACTS, "deals_contact", SETS.PLAIN_CONTACTS)


class Migration(migrations.Migration):
    dependencies = [("deals", "0018_remember_in_sets")]

    operations = [
        migrations.RunSQL(
            told(COMPANIES, (BY_NAME, AT_ITS_PLACE), (LEFT, LEFT.replace("text, is_", "text, apart_key text, is_"))),
            COMPANIES,
        ),
        migrations.RunSQL(told(CONTACTS, (NEWEST, f"{NEWEST}, id DESC")), CONTACTS),
    ]
