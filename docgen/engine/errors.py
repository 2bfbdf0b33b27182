# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong, each with a Swedish message fit for the person at the desk."""


class DocumentError(Exception):
    """Base of the engine's errors; ``str()`` is a message for people."""


class TemplateError(DocumentError):
    """The template cannot be used as it is."""


class UnsafeFile(DocumentError):
    """A file from outside that must not be opened further."""


class UnreadableDocument(DocumentError):
    """A returned document that could not be read in the time and memory allowed."""
