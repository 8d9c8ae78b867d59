"""The shape of the house: sizes, late imports, the glossary, a page for each check."""

import ast
import dataclasses
import enum
import importlib
import pkgutil
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import hengji.model

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for path in (ROOT / "src" / "hengji").rglob("*.py")
    if "migrations" not in path.parts  # Django writes these
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LATE_IMPORTS = ("cli/", "work/")
"""Where an import inside a function is a way to start fast; elsewhere it needs its reason in LATE_FILES."""
LATE_FILES = {
    "checks/s300_full_marks_for_amounts_off_the_standard.py": "few reports score amounts, and the grammar of statements is slow to load",
    "engines/columnar/__init__.py": "only tables in memory are explained by the reference engine",
    "engines/columnar/store.py": "few policies count working days",
    "engines/columnar/watching.py": "threads are slow to load, and nobody waits for most runs",
    "engines/duck.py": "the package around the extension is wanted for tables in memory alone, and is slow to load",
    "engines/columnar/spark_session.py": "pyspark is an extra, and nothing that does without it may load it",
    "engines/fitting.py": "only the name of a file that is missing has to be likened to others",
    "engines/grids.py": "openpyxl is only loaded for workbooks",
    "model/cells.py": "only a word that is none of the choices has to be likened to them",
    "model/patterns.py": "the insides of re may be elsewhere in a later Python, which does without them",
    "policies/faults.py": "only what is misspelled has to be likened to anything",
    "reading/formats.py": "a text is no zip file",
    "reading/opening.py": "a text needs neither lxml nor pdfium",
    "scoring/judged.py": "few standards take a median, and statistics is slow to load",
    "storage/decoded.py": "what is kept decoded needs no YAML, which is slow to load",
    "storage/policy_packs.py": "the product's own packs come first, and what else is installed takes time to find out",
    "web/apps.py": "models can be loaded only once Django knows the application",
    "web/serving.py": "nothing of Django may be imported before its settings stand in the environment",
}


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT / "src" / "hengji").as_posix() for path in paths]


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_a_file_can_be_read_whole(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{lines} lines"


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_a_function_fits_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_imports_stand_at_the_top(path: Path) -> None:
    name = path.relative_to(ROOT / "src" / "hengji").as_posix()
    if name.startswith(LATE_IMPORTS) or name in LATE_FILES:
        return
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            late = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not late, f"{function.name} imports late"


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_no_forbidden_constructions(path: Path) -> None:
    assert path.name != "utils.py"
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.name != "__getattr__"
        if isinstance(node, ast.ClassDef):
            assert all(keyword.arg != "metaclass" for keyword in node.keywords)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Dict | ast.Set):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            assert isinstance(target, ast.Name)
            named_by_django = target.id == "urlpatterns"
            assert named_by_django or target.id.lstrip("_").isupper(), f"{target.id} is mutable module state"


def model_classes() -> list[str]:
    classes = set()
    for module in pkgutil.iter_modules(hengji.model.__path__):
        contents = vars(importlib.import_module(f"hengji.model.{module.name}"))
        for name, value in contents.items():
            own = isinstance(value, type) and value.__module__.startswith("hengji.model") and not name.startswith("_")
            if own and (dataclasses.is_dataclass(value) or issubclass(value, enum.Enum | int)):
                classes.add(name)
    return sorted(classes)


@pytest.mark.parametrize("name", model_classes())
def test_a_model_class_is_in_the_glossary(name: str) -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")
    assert f"`{name}`" in glossary


def check_modules() -> list[Path]:
    return sorted(path for path in (ROOT / "src/hengji/checks").glob("*.py") if re.match(r"[a-z]\d{3}_", path.name))


@pytest.mark.parametrize("path", check_modules(), ids=[path.stem for path in check_modules()])
def test_a_check_has_its_page_with_failing_and_passing_cases(path: Path) -> None:
    page = ROOT / "tests" / "checks" / f"{path.stem[:4]}.md"
    text = page.read_text("utf-8")
    assert "## 应当发现" in text
    assert "## 不应发现" in text


def imported() -> set[str]:
    """The top-level names that the product imports from outside, wherever an import stands."""
    nodes = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    packages = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"hengji"}
    return {name.lstrip("_") for name in packages}  # an extension module belongs to the package that it is named after


@pytest.mark.parametrize("name", sorted(imported()))
def test_what_is_imported_is_declared(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(each for extra in extras.keys() - {"dev"} for each in extras[extra])]
    declared = {re.split(r"[<>=\[; ]", each)[0].lower().replace("_", "-") for each in wanted}
    providing = {each.lower().replace("_", "-") for each in packages_distributions().get(name, [name])}
    assert providing & declared, f"{name} is not among the dependencies of pyproject.toml"
    reasons = (ROOT / "docs/decisions/0007-few-requirements.md").read_text("utf-8").lower()
    assert any(each in reasons for each in providing), f"decision 7 does not say what {name} is for"


KEPT = sorted(
    path
    for pattern in ("*.*", ".ci/*", *(f"{folder}/**/*" for folder in ("bench", "docs", "examples", "src", "tests")))
    for path in ROOT.glob(pattern)
    if path.suffix in {".py", ".md", ".yaml", ".toml", ""} and path.is_file() and path.name != ".gitignore"
)


def test_nothing_of_this_machine_is_named() -> None:
    forbidden = re.compile("|".join(("/" + "work/", "pypi" + "[.]org", "index" + "-url")))
    assert KEPT
    assert [path for path in KEPT if forbidden.search(path.read_text("utf-8"))] == []
