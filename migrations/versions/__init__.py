"""The revisions: one line, numbered."""
