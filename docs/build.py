"""Write the generated pages of the manual; with --check, write nothing and fail when one is stale.

A page is a function in ``docs/pages`` that gives the text of the file named here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pages import command_line, dossier_format, glossary, policy_language, scoring_methods

DOCS = Path(__file__).parent
PAGES: Mapping[str, Callable[[], str]] = {
    "../GLOSSARY.md": glossary.page,
    "manual/command-line.md": command_line.page,
    "manual/dossier.md": dossier_format.page,
    "manual/scoring.md": scoring_methods.page,
    "manual/policy-language.md": policy_language.page,
}


def main(arguments: list[str]) -> int:
    stale = [
        name
        for name, page in PAGES.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text("utf-8") != page()
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is stale: run python docs/build.py")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), "utf-8", newline="\n")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
