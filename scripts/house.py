# SPDX-License-Identifier: EUPL-1.2
"""The house's own rules, each a function that names what breaks it.

No library checks these: how long a file may be, which names a room's files have, that Swedish
stands in gettext, that templates and styles hold no leftovers.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 400
MAX_TEMPLATE_COLUMN = 300
CODE = {".py", ".html", ".css", ".js"}

#: A notion without web: what each name holds is told in the README.
DOMAIN = {
    "apps", "audit", "conditions", "enums", "events", "models", "permissions", "querysets",
    "receivers", "selectors", "services", "signals", "specs", "tasks",
}  # fmt: skip
#: What a notion has beside them because it is about just that.
OWN = {
    "casework/access": {"sql", "tokens"},
    "casework/consultation": {"rendering"},
    "casework/initiatives": {"answers", "basis", "rendering"},
    "casework/journal": {"digests", "inserting", "row_audit", "seal", "triggers"},
    "casework/inbox": {"sources", "suggestions"},
    "casework/meetings": {"minutes_word", "rendering"},
    # No notion but the arithmetic of some: each file is a method by its name.
    "casework/methods": {"apportion", "budget", "compare", "kemeny", "robust", "scores", "solver"},
    "casework/preset": {"founding", "loader"},
    "casework/prioritisation": {"dry_runs", "money", "rows", "suggestions"},
    "casework/process": {
        "calendar", "graph", "line", "machine", "mandates", "obstacles", "progress", "statistics",
        "transitions", "ways",
    },
    # No notion but what children read: each file is a kind of thing from outside.
    "casework/reading": {"jail", "mails", "markup", "pages", "texts"},
    "casework/register": {
        "audit_rows", "days", "gate", "history", "importing", "lists", "lookup", "number_audit",
        "numbers", "obstacles", "packages", "state", "uploads",
    },
    "city/content": {"ensure", "texts"},
    "city/account": {"adapters", "demo_accounts", "middleware", "receivers"},
    "city/initiatives": {"author_views"},
    "desk/documents": {"template_views"},
    "desk/initiatives": {"table_views"},
    "desk/journal": {"changes", "events"},
    "desk/planning": {"calendar_views", "criteria_forms", "criteria_views"},
    "desk/organisation": {
        "appointing", "backends", "editors", "ending", "form_views", "middleware", "passwords",
        "question_forms",
    },
    "desk/process": {"actions", "dashboard"},
    "desk/register": {"bulk", "letter_forms", "term_viewsets"},
    "desk/follow_up": {"bulk"},
}  # fmt: skip
#: A notion at the desk.
DESK = {
    "apps", "case_actions", "forms", "filters", "links", "lookups", "panels", "permissions",
    "places", "policies", "presenters", "tables", "urls", "views", "viewsets", "wagtail_hooks",
}  # fmt: skip
#: A notion of the city's own pages.
CITY = {"apps", "forms", "links", "models", "presenters", "selectors", "urls", "views"}
#: Folders that a room may have; what lies in them is free.
FOLDERS = {"management", "migrations", "static", "templates", "templatetags"}

#: Swedish that is content rather than words of the program: editors and typography own it, it is
#: the language of the documents and of the searched texts, or it is plain Python beside Django,
#: whose faults are told in the one language that Swedish public records are kept in.
SWEDISH_CONTENT = {
    "site/city/content/texts.py", "site/ui/hyphens.py", "site/ui/ordering.py", "search/ranking.py",
    "docgen/content.py", "docgen/layout.py", "docgen/sections.py",
    "docgen/services/first_draft.py", "docgen/trial.py",
    "casework/preset/founding.py", "casework/reading/mails.py", "casework/register/numbers.py",
    "casework/register/gate.py", "casework/register/packages.py",
    "site/ops/management/commands/seed_load.py",
}  # fmt: skip
SWEDISH_FOLDERS = ("docgen/engine/", "search/text/")
SWEDISH_ROOTS = ("site/", "casework/", "docgen/", "search/")
GETTEXT_MODULE = "django.utils.translation"

BLOCKS = {
    "autoescape", "block", "blocktranslate", "cache", "comment", "filter", "for", "if",
    "ifchanged", "spaceless", "verbatim", "with",
}  # fmt: skip


def tracked(*suffixes: str) -> list[Path]:
    """Every file that git follows or would follow, with one of the endings."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    paths = [ROOT / line for line in listing.stdout.splitlines()]
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length_faults() -> list[str]:
    """Name code files that want splitting by notion."""
    faults = []
    for path in tracked(*CODE):
        if "migrations" in path.parts:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            faults.append(f"{_name(path)}: {lines} lines, at most {MAX_LINES}")
    return faults


def room_faults() -> list[str]:
    """Name files whose name tells nothing of what is in them: each room has the same ones."""
    faults = []
    for path in tracked(".py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] == "site":
            parts = parts[1:]
        if len(parts) < 3 or parts[0] not in {"casework", "desk", "city"}:
            continue
        allowed = {"casework": DOMAIN, "desk": DESK, "city": CITY}[parts[0]]
        room = "/".join(parts[:2])
        first = parts[2].removesuffix(".py")
        if first != "__init__" and first not in allowed | OWN.get(room, set()) | FOLDERS:
            faults.append(f"{_name(path)}: {room} has no {first!r}; see scripts/house.py")
    return faults


def swedish_faults() -> list[str]:
    """Name Swedish words that do not pass through gettext."""
    faults = []
    for path in tracked(".py"):
        name = _name(path)
        if not name.startswith(SWEDISH_ROOTS) or name.startswith(SWEDISH_FOLDERS):
            continue
        if name in SWEDISH_CONTENT:
            continue
        if {"migrations", "demo", "tests"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fine = _translated(tree) | _docstrings(tree)
        faults += [
            f"{name}:{node.lineno}: {node.value[:60]!r} is not in gettext"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search("[åäöÅÄÖ]", node.value)
            and id(node) not in fine
        ]
    return faults


def _translated(tree: ast.AST) -> set[int]:
    """The constants that are arguments of a gettext function, whatever it is called here."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == GETTEXT_MODULE
        for alias in node.names
    }
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names
        for argument in node.args
        for inner in ast.walk(argument)
    }


def _docstrings(tree: ast.AST) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


#: Data for a script is no code: no browser runs it.
_OWN_CODE = re.compile(
    r"""<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:\ssrc=|\stype="application/json"))"""
)


def template_faults() -> list[str]:
    """Name leftovers in templates: own styles and scripts, endless lines, blocks left open."""
    faults = []
    for path in tracked(".html"):
        if "templates" not in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            where = f"{_name(path)}:{number}"
            if len(line) > MAX_TEMPLATE_COLUMN:
                faults.append(f"{where}: {len(line)} characters, at most {MAX_TEMPLATE_COLUMN}")
            if _OWN_CODE.search(line):
                faults.append(f"{where}: a style, script or handler of its own")
        faults += [f"{_name(path)}: {fault}" for fault in _open_blocks(text)]
    return faults


def _open_blocks(text: str) -> list[str]:
    """Tags that are closed twice, never, or in the wrong order."""
    text = re.sub(r"\{#.*?#\}", "", text)
    opened: list[str] = []
    for tag in re.findall(r"\{%-?\s*(\w+)", text):
        if tag in BLOCKS:
            opened.append(tag)
        elif tag.removeprefix("end") in BLOCKS and (not opened or opened.pop() != tag[3:]):
            return [f"{tag} closes nothing"]
    return [f"{tag} is left open" for tag in opened]


def style_faults() -> list[str]:
    """Name selectors that a stylesheet sets twice in the same place."""
    faults = []
    for path in tracked(".css"):
        seen = Counter(_selectors(path.read_text(encoding="utf-8")))
        faults += [
            f"{_name(path)}: {' '.join(where)} is set {count} times"
            for where, count in seen.items()
            if count > 1
        ]
    return faults


def _selectors(css: str) -> list[tuple[str, ...]]:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found: list[tuple[str, ...]] = []
    inside: list[str] = []
    words = ""
    for character in css:
        if character == "{":
            inside.append(" ".join(words.split()))
            words = ""
        elif character == "}":
            if not inside[-1].startswith("@"):
                found.append(tuple(inside))
            inside.pop()
            words = ""
        elif character == ";":
            words = ""
        else:
            words += character
    return found


def script_faults() -> list[str]:
    """Name scripts that do not parse; without node on the machine nothing is asked."""
    node = shutil.which("node")
    if node is None:
        return []
    faults = []
    for path in tracked(".js"):
        done = subprocess.run(
            [node, "--check", str(path)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            faults.append(f"{_name(path)}: {done.stderr.strip()[:400]}")
    return faults


def admin_faults() -> list[str]:
    """Name domain code that knows Wagtail's admin: what people see of it lies in site/desk."""
    return [
        f"{_name(path)}: {name}"
        for path in tracked(".py")
        if _name(path).startswith(("casework/", "search/", "docgen/"))
        for name in re.findall(
            r"^(?:from|import) (wagtail\.admin\S*)", path.read_text("utf-8"), re.M
        )
    ]
