"""PartnerHub on one machine with nothing installed: PostgreSQL, Valkey, a mail box, and the runner behind `make demo`.

Nothing here is imported by the portal itself, and nothing here imports a Django app when it is loaded.
"""
