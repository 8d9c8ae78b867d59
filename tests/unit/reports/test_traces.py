from fractions import Fraction

from tests.unit.reports.samples import figures

from hengji.model.figure import Figure, FigureKind, Source, SourceKind
from hengji.reports.traces import Standing, as_data, as_text, exact, listed, tree
from hengji.reports.widths import width


def money(name: str, fen: int, inputs: tuple[str, ...] = (), sources: tuple[Source, ...] = ()) -> Figure:
    return Figure(name, name, FigureKind.MONEY, Fraction(fen), "万元", 2, "各项相加", inputs, sources)


def row(line: int) -> Source:
    return Source(SourceKind.ROW, f"第{line}人", "花名册.csv", line)


def test_a_rate_traces_down_to_ledger_rows() -> None:
    trace = tree("资金.预算执行率", figures())
    assert [child.id for child in trace.children] == ["资金.拨付", "资金.到位"]
    assert trace.depth == 3
    leaf = trace.children[0].children[0].children[0]
    assert leaf.id == "资金.拨付.机构运营补助.省级"
    assert (leaf.sources[0].file, leaf.sources[0].line, leaf.depth) == ("funds.csv", 2, 0)


def test_a_figure_used_twice_is_one_trace() -> None:
    book = {
        each.id: each
        for each in (money("合", 2, ("左", "右")), money("左", 1, ("底",)), money("右", 1, ("底",)), money("底", 1))
    }
    left, right = tree("合", book).children
    assert left.children[0] is right.children[0]


def test_a_circle_ends_where_it_comes_round() -> None:
    book = {"甲": money("甲", 1, ("乙",)), "乙": money("乙", 1, ("甲",))}
    again = tree("甲", book).children[0].children[0]
    assert (again.id, again.standing, again.children) == ("甲", Standing.CYCLE, ())
    assert "循环引用" in as_text(tree("甲", book))


def test_an_unknown_figure_is_named_as_missing() -> None:
    trace = tree("甲", {"甲": money("甲", 1, ("乙",))})
    assert trace.children[0].standing is Standing.MISSING
    assert "乙 = —（没有这个数值）" in as_text(trace)


def test_the_terminal_shows_branches_formulas_and_places() -> None:
    book = {
        "资金.到位": money("资金.到位", 3_000_000, ("资金.到位.省级",)),
        "资金.到位.省级": money(
            "资金.到位.省级", 3_000_000, (), (Source(SourceKind.LEDGER, "省级到位", "funds.csv", 7, "财社〔2021〕3号"),)
        ),
    }
    assert as_text(tree("资金.到位", book)) == (
        "资金.到位 = 3.00万元\n"
        "│  算式：各项相加\n"
        "└─ 资金.到位.省级 = 3.00万元\n"
        "   │  算式：各项相加\n"
        "   └─ 台账：省级到位（财社〔2021〕3号，funds.csv 第7行）"
    )


def test_no_line_is_wider_than_the_terminal() -> None:
    for columns in (60, 80, 120):
        assert all(width(line) <= columns for line in as_text(tree("资金.到位率", figures()), columns).split("\n"))


def test_a_figure_met_again_is_not_unfolded_again() -> None:
    book = {"合": money("合", 2, ("底", "底")), "底": money("底", 1, (), (row(1),))}
    assert as_text(tree("合", book)).count("第1人") == 1


def test_exact_value_only_where_printing_rounded() -> None:
    assert exact(money("甲", 5_025_600_00)) == ""
    assert exact(money("甲", 5_025_612_34)) == "5,025,612.34元"
    assert exact(Figure("率", "率", FigureKind.RATE, Fraction(1, 3), "%", 2)) == "33.333333…%"
    assert exact(Figure("率", "率", FigureKind.RATE, Fraction(1, 8), "%", 1)) == ""
    assert exact(Figure("率", "率", FigureKind.RATE, Fraction(1, 8), "%", 0)) == "12.5%"


def test_many_sources_keep_all_their_lines() -> None:
    lines = listed(tuple(row(line) for line in (*range(2, 32), *range(40, 80), 99)))
    assert len(lines) == 31
    assert lines[-1] == "另有41条：花名册.csv 第40—79、99行"


def test_the_data_holds_every_source_once() -> None:
    shared = row(5)
    data = as_data({"甲": money("甲", 1, (), (shared,)), "乙": money("乙", 1, (), (shared, row(6)))})
    assert data["sources"] == [["数据行", "第5人", "花名册.csv 第5行", ""], ["数据行", "第6人", "花名册.csv 第6行", ""]]
    assert data["figures"]["乙"]["sources"] == [0, 1]  # type: ignore[index]
