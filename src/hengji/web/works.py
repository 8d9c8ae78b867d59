"""The kinds of long work that the workbench does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengji.web import receiving
from hengji.web.comparing import compare
from hengji.web.jobs import Progress, Work
from hengji.web.keeping import keep
from hengji.web.models import Job
from hengji.web.projections import evaluated
from hengji.web.reviewing import review
from hengji.work.evaluate import FORMATS, NAME, written


def report(job: Job, progress: Progress) -> dict[str, Any]:
    """The report of a revision in all formats, kept as blobs; names and digests."""
    assert job.dossier is not None
    digest = job.arguments["revision"]
    total = len(FORMATS) + 1
    progress("计算", 0, total)
    evaluation, _ = evaluated(digest)
    if evaluation is None:
        return {"files": {}}
    steps = iter(range(1, total + 1))
    files = written(evaluation, lambda doing: progress(doing, next(steps), total))
    kept = {f"{NAME}.{suffix}": keep(content) for suffix, content in files.items()}
    return {"files": kept, "revision": digest}


KINDS: Mapping[str, Work] = {"report": report, "review": review, "compare": compare, receiving.KIND: receiving.read}
"""By the name under which they are asked for."""

TITLES: Mapping[str, tuple[str, str]] = {
    "report": ("写出报告", "report"),
    "review": ("审核报告", "review"),
    "compare": ("计算各份档案", "compare"),
    receiving.KIND: ("读取来件", "data"),
}
"""By the same name: what the work is called, and the address where its result stands (of the dossier, or of the ``key`` in its arguments)."""
