"""What stands in a cell of a list: as markup for the page, and as a value for a spreadsheet.

A cell is made ready once per page (`html`, `value`) and called for each row: rows are written in Python, because a
template took half of a page's CPU for them. Everything that a person typed goes through `escape`.
"""

from partnerhub.web.lists.cells.acts import Act, Acts
from partnerhub.web.lists.cells.figures import Ago, Date, Day, Moment, Money, Number, Phone
from partnerhub.web.lists.cells.ground import DASH, NO_CELL, Cell, Control, Look, Markup, Read, Reader, Writer, reader
from partnerhub.web.lists.cells.words import Both, Code, Link, Mail, Outside, Person, Status, Tag, Tags, Text, YesNo

__all__ = [
    "DASH",
    "NO_CELL",
    "Act",
    "Acts",
    "Ago",
    "Both",
    "Cell",
    "Code",
    "Control",
    "Date",
    "Day",
    "Link",
    "Look",
    "Mail",
    "Markup",
    "Moment",
    "Money",
    "Number",
    "Outside",
    "Person",
    "Phone",
    "Read",
    "Reader",
    "Status",
    "Tag",
    "Tags",
    "Text",
    "Writer",
    "YesNo",
    "reader",
]
