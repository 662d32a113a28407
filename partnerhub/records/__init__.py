"""The life of any record with a machine: version, lock, step, difference, timeline, and the pages and API of its steps.

An app declares its kind of record once, as `Records` (`kinds`), or without a machine as `Kept` (`kept`); all other
modules of the room take that declaration.
"""
