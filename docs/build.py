"""Write the generated pages; with --check, write nothing and fail when one is stale.

A page is a function in ``docs/pages`` that gives the text of the file named here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.pages import (
    checks,
    command_line,
    dossier_format,
    glossary,
    mutation,
    performance,
    policy_language,
    scoring_methods,
)

ROOT = Path(__file__).parents[1]
PAGES: Mapping[str, Callable[[], str]] = {
    "GLOSSARY.md": glossary.page,
    "docs/manual/checks.md": checks.page,
    "docs/manual/command-line.md": command_line.page,
    "docs/manual/dossier.md": dossier_format.page,
    "docs/manual/scoring.md": scoring_methods.page,
    "docs/manual/mutation.md": mutation.page,
    "docs/manual/performance.md": performance.page,
    "docs/manual/policy-language.md": policy_language.page,
}


def main(arguments: list[str]) -> int:
    stale = {name: text for name, page in PAGES.items() if (text := page()) != standing(ROOT / name)}
    if "--check" in arguments:
        for name in stale:
            print(f"{name} is stale: run python -m docs.build")
        return 1 if stale else 0
    for name, text in stale.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, "utf-8", newline="\n")
        print(f"wrote {name}")
    return 0


def standing(path: Path) -> str:
    """What stands in the file now."""
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
