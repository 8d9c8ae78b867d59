"""The database store: commits against what was read, merges, restores, exports, and a chain that proves itself."""

import pytest

from hengji.storage.archive import pack, unpack
from hengji.web import store
from hengji.web.models import Blob, Dossier, StoredRevision

FILES = {"dossier.yaml": b"name: 1\n", "funds.csv": b"a\n"}


@pytest.fixture
def small(db: None) -> Dossier:
    return store.create(FILES, "主评人", "新建档案")


def test_a_commit_is_the_whole_and_knows_the_one_before(small: Dossier) -> None:
    first = small.head
    done = store.commit(small, first, {"funds.csv": b"b\n", "papers/甲.md": b"c"}, "评价人员", "登记资金")
    assert store.files_of(done.digest) == {**FILES, "funds.csv": b"b\n", "papers/甲.md": b"c"}
    assert store.files_of(first) == FILES
    assert [each.parent for _, each in store.chain_of(small)] == ["", first]


def test_two_people_on_different_files_merge(small: Dossier) -> None:
    base = small.head
    store.commit(small, base, {"funds.csv": b"b\n"}, "甲", "登记资金")
    done = store.commit(small, base, {"dossier.yaml": b"name: 2\n"}, "乙", "改名")
    assert store.files_of(done.digest) == {"dossier.yaml": b"name: 2\n", "funds.csv": b"b\n"}


def test_two_people_on_one_file_see_both_sides_and_nothing_is_written(small: Dossier) -> None:
    base = small.head
    theirs = store.commit(small, base, {"funds.csv": b"b\n"}, "甲", "登记资金")
    done = store.commit(small, base, {"funds.csv": b"c\n", "papers/甲.md": b"c"}, "乙", "登记资金")
    (conflict,) = done.conflicts
    assert (conflict.path, store.blob(conflict.theirs)) == ("funds.csv", b"b\n")
    assert Dossier.objects.get().head == theirs.digest


def test_a_file_is_deleted_and_comes_back(small: Dossier) -> None:
    first = small.head
    store.commit(small, first, {"funds.csv": None}, "甲", "删除台账")
    assert "funds.csv" not in store.files_of(small.head)
    store.restore(small, first, "甲")
    assert store.files_of(small.head) == FILES
    assert StoredRevision.objects.count() == 3


def test_nothing_new_makes_no_revision(small: Dossier) -> None:
    assert store.commit(small, small.head, {"funds.csv": b"a\n"}, "甲", "没有改动").digest == small.head
    assert StoredRevision.objects.count() == 1


def test_an_archive_takes_its_history_to_another_database(small: Dossier) -> None:
    store.commit(small, small.head, {"funds.csv": b"b\n"}, "甲", "登记资金")
    archive = store.exported(small)
    chain = list(store.chain_of(small))
    opened, findings = unpack("包.zip", pack(archive))
    assert opened is not None, findings
    StoredRevision.objects.all().delete()
    Dossier.objects.all().delete()
    Blob.objects.all().delete()
    again = store.imported(opened, "乙")
    assert list(store.chain_of(again)) == chain
    assert list(store.verified(again)) == []


def test_a_touched_database_does_not_verify(small: Dossier) -> None:
    store.commit(small, small.head, {"funds.csv": b"b\n"}, "甲", "登记资金")
    assert list(store.verified(small)) == []
    StoredRevision.objects.filter(number=1).update(who="别人")
    assert [each.code for each in store.verified(small)] == ["h101"]
    StoredRevision.objects.filter(number=1).update(who="主评人")
    Blob.objects.filter(content=b"b\n").update(content=b"9\n")
    assert [each.code for each in store.verified(small)] == ["h102"]


def test_what_is_said_of_a_revision_fits_its_columns_and_still_verifies(small: Dossier) -> None:
    store.commit(small, small.head, {"funds.csv": b"b\n"}, "甲" * 200, "改" * 500)
    newest = StoredRevision.objects.get(digest=small.head)
    assert (len(newest.who), len(newest.why)) == (150, 400)
    assert list(store.verified(small)) == []
