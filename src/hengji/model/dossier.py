"""The dossier: one record of everything an evaluation has. It computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from hengji.model.deadline import Deadline
from hengji.model.evidence import Evidence
from hengji.model.figure import FigureKind
from hengji.model.indicator import Framework, WorkingPaper
from hengji.model.ledger import Ledger
from hengji.model.period import CutOff, Period
from hengji.model.policy_source import PolicySource
from hengji.model.problem import ProblemBook
from hengji.model.programme import Entitlement, Kind, Member, Programme, Stage
from hengji.model.record import record
from hengji.model.survey import Questionnaire
from hengji.model.table import TableDeclaration
from hengji.model.target import GoalForm


@record
class Head:
    """评价项目: dossier.yaml. ``aliases`` give the one name of an institution for each other name that stands in the ledger."""

    name: str
    kind: Kind
    profile: str
    year: int
    jurisdiction: str
    principal: str
    department: str
    evaluator: str
    period: Period
    report_date: str = ""
    report_no: str = ""
    team: tuple[Member, ...] = ()
    stages: tuple[Stage, ...] = ()
    cutoffs: tuple[CutOff, ...] = ()
    programmes: tuple[Programme, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)


@record
class FigureRule:
    """自定义数值: ``formula`` in the policy language over tables and figures, or a ``given`` value with its ``evidence``.

    ``places`` and ``unit`` are for printing; ``quote`` says where in the evidence the value stands.
    """

    id: str
    label: str
    kind: FigureKind
    unit: str = ""
    places: int | None = None
    formula: str = ""
    given: str = ""
    evidence: tuple[str, ...] = ()
    quote: str = ""
    by: str = ""


@record
class Published:
    """已公布数值: what a published report prints for a figure, kept beside what the materials give.

    ``value`` as printed (its decimals are its precision), ``unit`` as printed, ``where`` in the published report.
    """

    figure: str
    value: str
    where: str
    unit: str = ""
    note: str = ""


@record
class ChapterText:
    """章节文字: Markdown that an author adds to the chapter of that id."""

    chapter: str
    text: str


@record
class Dossier:
    """评价档案: everything an evaluation has.

    ``data`` holds raw files byte for byte (funds.csv, data/*, surveys/*.csv); ``digests`` the sha256 of every file.
    """

    head: Head
    framework: Framework = Framework()
    ledger: Ledger = Ledger()
    goal_form: GoalForm | None = None
    surveys: tuple[Questionnaire, ...] = ()
    tables: tuple[TableDeclaration, ...] = ()
    figures: tuple[FigureRule, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    papers: tuple[WorkingPaper, ...] = ()
    problem_book: ProblemBook = ProblemBook()
    deadlines: tuple[Deadline, ...] = ()
    published: tuple[Published, ...] = ()
    policies: tuple[PolicySource, ...] = ()
    chapters: tuple[ChapterText, ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
