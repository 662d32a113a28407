"""Imports: files of rows, whose columns are mapped to fields, checked, written in parts, and taken back (E16)."""
