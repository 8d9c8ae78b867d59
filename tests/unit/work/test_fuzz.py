"""Whatever bytes stand in a dossier, it is read with findings and never stops."""

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.work.broken import EXAMPLES, assert_plain

from hengji.model.finding import Severity
from hengji.storage.folder import read_folder
from hengji.work.evaluate import evaluate_opened
from hengji.work.load import open_files

PIECES = (
    b"\xff", b"\x00", b"\n", b"\r", b":", b"- ", b"{", b"[", b"]", b'"', b"'", b"|", b"#", b"&a", b"*a", b"!!int ", b",",
    b"---\n", b"{{", b"}}", b"%", b"=", b"1", b"-", b".", b"99999999999999999999", b"1e999", b"0", "万元".encode(),
    "，".encode(), "（".encode(), "”".encode(), "÷".encode(), "合计".encode(), "\u3000".encode(), "é".encode("gb18030"),
)  # fmt: skip


@cache
def files_of(name: str) -> dict[str, bytes]:
    return read_folder(EXAMPLES / name)[0]


@st.composite
def broken_files(draw: st.DrawFn) -> dict[str, bytes]:
    """An example in which some bytes of one to three files are cut, doubled or replaced."""
    files = dict(files_of(draw(st.sampled_from(["boshan-2021", "weiyang-2020", "yangquan-2022"]))))
    for path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3, unique=True)):
        content = files[path]
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, len(content)))
            end = min(len(content), start + draw(st.integers(0, 40)))
            piece = draw(st.sampled_from([*PIECES, content[start:end] * 2]))
            content = content[:start] + piece + content[end:]
        files[path] = content
    return files


@given(broken_files())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_broken_byte_stops_an_evaluation(files: dict[str, bytes]) -> None:
    opened, findings = open_files(files)
    if opened is not None:
        findings = evaluate_opened(opened, findings).findings
    else:
        assert any(finding.severity is Severity.ERROR for finding in findings)
    for finding in findings:
        assert_plain(finding)


@given(
    st.dictionaries(
        st.sampled_from(["dossier.yaml", "indicators.yaml", "funds.csv", "data/tables.yaml"]), st.binary(max_size=200)
    )
)
@settings(max_examples=40, deadline=None)
def test_no_file_of_noise_stops_the_reading(noise: dict[str, bytes]) -> None:
    _, findings = open_files(files_of("boshan-2021") | noise)
    for finding in findings:
        assert_plain(finding)
