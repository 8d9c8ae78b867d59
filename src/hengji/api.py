"""What a program may rely on. Everything else may change.

Reading and judging: ``evaluate`` a folder, ``load`` it or ``open_files`` it from bytes, ``evaluate_opened``, and
``write_reports``. Policies: ``read_policy`` and ``calculate`` over tables. The values they give: ``Money``, ``Figure``,
``Finding``, ``Document``. Reports in one format: the modules ``docx``, ``pdf``, ``html``, ``xlsx`` of ``hengji.reports``.
"""

from hengji.engines.reference import calculate
from hengji.model.document import Document
from hengji.model.figure import Figure, display
from hengji.model.finding import Finding, Severity
from hengji.model.money import Money
from hengji.policies.loading import read_policy
from hengji.reports.traces import tree
from hengji.work.evaluate import document_of, evaluate, evaluate_opened, write_reports
from hengji.work.load import load, open_files

__all__ = (
    "Document",
    "Figure",
    "Finding",
    "Money",
    "Severity",
    "calculate",
    "display",
    "document_of",
    "evaluate",
    "evaluate_opened",
    "load",
    "open_files",
    "read_policy",
    "tree",
    "write_reports",
)
