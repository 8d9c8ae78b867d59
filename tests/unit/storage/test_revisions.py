"""Revisions: named by what they say, merged by file, and proved from the first to the last."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.revision import Change, ChangeKind, Conflict, Revision
from hengji.storage.revisions import changes, digest_of, manifest_of, merge, verify

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MANIFESTS = st.dictionaries(st.sampled_from("甲乙丙丁"), st.sampled_from(["1", "2", "3"]))


def chain(*states: dict[str, bytes]) -> tuple[list[tuple[str, Revision]], dict[str, bytes]]:
    found: list[tuple[str, Revision]] = []
    blobs: dict[str, bytes] = {}
    for number, files in enumerate(states):
        parent = found[-1][0] if found else ""
        revision = Revision(parent, manifest_of(files), "主评人", WHEN + timedelta(days=number), "修改底稿")
        found.append((revision.digest, revision))
        blobs |= {digest_of(content): content for content in files.values()}
    return found, blobs


def test_the_digest_is_of_all_that_a_revision_says() -> None:
    one = Revision("", {"甲": "1"}, "主评人", WHEN, "建立档案")
    others = [
        replace(one, parent="0"),
        replace(one, manifest={"甲": "2"}),
        replace(one, who="评价人员"),
        replace(one, when=WHEN + timedelta(microseconds=1)),
        replace(one, why="修改"),
    ]
    assert len({each.digest for each in (one, *others)}) == 6


def test_the_digest_is_of_the_moment_not_of_how_it_is_written() -> None:
    here = WHEN.astimezone(timezone(timedelta(hours=8)))
    one = Revision("", {"乙": "2", "甲": "1"}, "主评人", WHEN, "建立档案")
    assert one.digest == Revision("", {"甲": "1", "乙": "2"}, "主评人", here, "建立档案").digest


def test_different_files_merge_and_the_same_file_is_shown_from_both_sides() -> None:
    base = {"甲": "1", "乙": "1", "丙": "1"}
    merged = merge(base, {"甲": "2", "乙": "2", "丙": "1"}, {"甲": "1", "乙": "3", "丁": "1"})
    assert merged.manifest == {"甲": "2", "乙": "3", "丁": "1"}
    assert merged.conflicts == (Conflict("乙", "1", "2", "3"),)


def test_deleting_what_another_changed_is_a_conflict() -> None:
    assert merge({"甲": "1"}, {}, {"甲": "2"}).conflicts == (Conflict("甲", "1", "", "2"),)


@given(MANIFESTS, MANIFESTS)
def test_a_side_that_did_nothing_gives_way(base: dict[str, str], other: dict[str, str]) -> None:
    assert merge(base, base, other).manifest == other
    assert merge(base, other, base).manifest == other
    assert merge(base, other, other) == merge(base, base, other)


@given(MANIFESTS, MANIFESTS, MANIFESTS)
def test_merging_is_even_handed(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    one, two = merge(base, mine, theirs), merge(base, theirs, mine)
    disputed = {each.path for each in one.conflicts}
    assert disputed == {each.path for each in two.conflicts}
    for path in (base.keys() | mine.keys() | theirs.keys()) - disputed:
        assert one.manifest.get(path) == two.manifest.get(path)


@given(MANIFESTS, MANIFESTS)
def test_changes_lead_from_one_state_to_the_other(older: dict[str, str], newer: dict[str, str]) -> None:
    state = dict(older)
    for change in changes(older, newer):
        if change.kind is ChangeKind.REMOVED:
            del state[change.path]
        else:
            assert (change.path in older) == (change.kind is ChangeKind.CHANGED)
            state[change.path] = newer[change.path]
    assert state == newer


def test_what_was_changed_is_named() -> None:
    assert changes({"甲": "1", "乙": "1"}, {"乙": "2", "丙": "1"}) == (
        Change("丙", ChangeKind.ADDED),
        Change("乙", ChangeKind.CHANGED),
        Change("甲", ChangeKind.REMOVED),
    )


def test_an_untouched_chain_holds() -> None:
    revisions, blobs = chain({"甲": b"1"}, {"甲": b"2"}, {"甲": b"2", "乙": b"3"})
    assert list(verify(revisions, blobs.get, "档案")) == []


def test_whatever_is_touched_is_found() -> None:
    revisions, blobs = chain({"甲": b"1"}, {"甲": b"2"}, {"甲": b"3"})
    rewritten = [revisions[0], (revisions[1][0], replace(revisions[1][1], who="别人")), revisions[2]]
    assert [each.place.item for each in verify(rewritten, blobs.get, "档案")] == ["第2版"]
    assert [each.code for each in verify(revisions[1:], blobs.get, "档案")] == ["h101"]
    lost = {digest: content for digest, content in blobs.items() if content != b"2"}
    assert [(each.code, each.place.item) for each in verify(revisions, lost.get, "档案")] == [("h102", "第2版")]
    forged = {digest: b"9" if content == b"3" else content for digest, content in blobs.items()}
    assert [(each.code, each.place.item) for each in verify(revisions, forged.get, "档案")] == [("h102", "第3版")]
