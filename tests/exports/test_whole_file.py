"""A file is there as a whole, or what stood there before is."""

import os

import pytest

from fall_line.exports._whole_file import draft_for, whole_file


@pytest.fixture(params=[None, "old"])
def path(request, tmp_path):
    """A path under which there is nothing, or an old file."""
    file = tmp_path / "a.txt"
    if request.param:
        file.write_text(request.param)
    return file


def standing(path):
    return {one.name: one.read_text() for one in path.parent.iterdir()}


def test_a_complete_file_takes_the_name(path):
    with whole_file(path) as file:
        file.write("ä\nb\r\n")
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]
    assert path.read_bytes() == "ä\nb\r\n".encode()


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, OSError, SystemExit])
@pytest.mark.parametrize("kind", [draft_for, whole_file])
def test_a_failure_leaves_what_was_there(path, kind, failure):
    before = standing(path)

    def half():
        with kind(path) as draft:
            draft.write_text("half") if kind is draft_for else draft.write("half")
            raise failure

    with pytest.raises(failure):
        half()
    assert standing(path) == before


def test_until_it_is_complete_the_old_one_is_read(path):
    before = path.read_text() if path.exists() else None
    with whole_file(path) as file:
        file.write("new" * 100_000)
        assert (path.read_text() if path.exists() else None) == before
    assert path.read_text() == "new" * 100_000


def test_the_draft_has_the_suffix_and_is_hidden(path):
    with draft_for(path) as draft:
        assert draft.parent == path.parent
        assert draft.suffix == ".txt"
        assert draft.name.startswith(".")


def test_two_drafts_do_not_meet(path):
    with draft_for(path) as one, draft_for(path) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert standing(path) == {"a.txt": "one"}


@pytest.mark.parametrize("kind", [draft_for, whole_file])
def test_what_is_in_the_way_is_told_before_the_work(tmp_path, kind):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old")
    ways = {"folder": IsADirectoryError, "none/a.txt": FileNotFoundError, "file/a.txt": NotADirectoryError}
    for name, failure in ways.items():
        with pytest.raises(failure), kind(tmp_path / name):
            pytest.fail("nothing should be written")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder"]
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_link_s_name_is_taken_and_its_target_left(tmp_path):
    (tmp_path / "target").write_text("old")
    os.symlink(tmp_path / "target", tmp_path / "link")
    with whole_file(tmp_path / "link") as file:
        file.write("new")
    assert (tmp_path / "link").read_text() == "new"
    assert (tmp_path / "target").read_text() == "old"
