"""Writes the text of each search function beside the app that declares it."""

from django.core.management.base import BaseCommand

from partnerhub.tenancy.searching import file_of, function_of, searched_tables


class Command(BaseCommand):
    help = "Write the whole text of each search function into the .sql file that a test compares with the database."

    def handle(self, *args: object, **options: object) -> None:
        for table in searched_tables():
            file = file_of(table)
            file.parent.mkdir(exist_ok=True)
            file.write_text(function_of(table))
            self.stdout.write(str(file))
