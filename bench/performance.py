"""The page of the manual about speed: runs the benchmarks, keeps what came of them, writes the page.

Run: python -m bench.performance [PART …] [--take PART=FILE …] --write. A part that is not named keeps what it has; FILE holds what
its command printed with --json. Without --write the commands are only listed. Those of 100 million rows and more take long.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.contenders import Home
from bench.contest import ROOT, interpreter
from docs.pages import performance

PARTS: Mapping[str, tuple[str, ...]] = {
    "award_1m": ("bench.entitlements", "--rows", "1000000"),
    "award_10m": ("bench.entitlements", "--rows", "10000000"),
    "award_100m": ("bench.entitlements", "--rows", "100000000"),
    "sets": ("bench.entitlements", "--rows", "10000000", "--only", "institution", "sets"),
    "library": ("bench.library",),
    "web": ("bench.web", "--rounds", "7"),
    "spark": ("bench.spark", "--rows", "10000000"),
    "county": ("bench.county",),
    "store": ("bench.store",),
    "scale": ("bench.scale",),
    "intake": ("bench.intake",),
    "review": ("bench.review",),
}
LIBRARIES = ("duckdb", "polars", "pandas", "pyarrow", "openfisca-core", "policyengine-core", "pyspark", "fastexcel")
PAGE = ROOT / "docs" / "manual" / "performance.md"


def run(part: str) -> Any:
    """What the command of a part prints."""
    command = [sys.executable, "-m", *PARTS[part], "--json"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{part}: {done.stderr}")
    return json.loads(done.stdout)


def circumstances() -> dict[str, object]:
    """The day, the machine and the versions of what takes part."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 the day of whoever runs it
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(memory / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": _versions(),
    }


def _processor() -> str:
    """As the system calls it; only the architecture where it does not say."""
    said = Path("/proc/cpuinfo")
    lines = said.read_text("utf-8").splitlines() if said.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            asked = [
                interpreter(Home.THEIRS),
                "-c",
                f"from importlib.metadata import version; print(version('{name}'))",
            ]
            said = subprocess.run(asked, capture_output=True, text=True, check=False)
            if said.returncode == 0:
                found[name] = said.stdout.strip()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="、".join(PARTS))
    parser.add_argument("--take", action="append", default=[], metavar="PART=FILE")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    taken = dict(each.split("=", 1) for each in given.take)
    if strangers := {*given.parts, *taken} - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(strangers))}; there are {', '.join(PARTS)}")
    if not given.write:
        for part, command in PARTS.items():
            print(f"{part:12} python -m {' '.join(command)} --json")
        return
    kept = performance.kept()
    for part in (*given.parts, *taken):
        result = json.loads(Path(taken[part]).read_text("utf-8")) if part in taken else run(part)
        kept[part] = {"circumstances": circumstances(), "result": result}
        performance.KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"{part}: kept in {performance.KEPT.relative_to(ROOT)}")
    PAGE.write_text(performance.page(), "utf-8", newline="\n")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
