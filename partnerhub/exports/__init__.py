"""Lists as files that are written apart: asked for, written by the worker, fetched by a link that expires (E16)."""
