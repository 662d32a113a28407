"""Files of rows are read: what they are, row by row, within bounds."""

from partnerhub.imports.reading.bounds import MOST_CELL, MOST_FILE_COLUMNS, MOST_ROWS, PREVIEWED
from partnerhub.imports.reading.files import ReadFile, read_file

__all__ = ["MOST_CELL", "MOST_FILE_COLUMNS", "MOST_ROWS", "PREVIEWED", "ReadFile", "read_file"]
