# SPDX-License-Identifier: EUPL-1.2
"""A small Word engine on lxml and zipfile. Pure Python: nothing here knows Django.

A template is an ordinary .docx in which each place is a content control whose alias (and tag)
is a field key. There is no code in a template, so nothing to inject, and every place can be
read back from the finished document.

The output depends on the values, the template and :data:`ENGINE_VERSION` only. Raise the version
whenever the bytes for the same input change.
"""

ENGINE_VERSION = "1.2"
