"""The vendored MathJax, and how it is made."""

import hashlib
import io
import json
import tarfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.mathjax import (
    MANIFEST,
    MATHJAX,
    PACKAGES,
    Package,
    VendorError,
    checksums,
    npm_pack,
    write,
)


@pytest.fixture(scope="module")
def manifest() -> dict:
    """The manifest in the repository."""
    return json.loads((MATHJAX / MANIFEST).read_text(encoding="utf-8"))


def test_every_vendored_file_is_as_the_manifest_says(manifest):
    """No file is missing, added or changed."""
    assert checksums(MATHJAX) == manifest["sha256"]


def test_manifest_is_of_the_packages_named(manifest):
    """What is in the repository is what the tool would fetch."""
    assert manifest["packages"] == {
        package.name: {"version": package.version, "integrity": package.integrity}
        for package in PACKAGES
    }


def test_licence_stands_beside_the_files():
    """The licence travels with the code."""
    assert "Apache License" in (MATHJAX / "LICENSE").read_text(encoding="utf-8")


def test_no_speech_is_vendored():
    """Of the accessibility code only the assistive MathML is there."""
    assert [path.name for path in (MATHJAX / "a11y").iterdir()] == ["assistive-mml.js"]
    assert not (MATHJAX / "sre").exists()


@pytest.fixture
def delivery(tmp_path: Path) -> tuple[Package, Callable[[Package, Path], Path]]:
    """A small package and a way to fetch it."""
    files = {"package/a.js": b"a", "package/sub/b.js": b"b", "package/c.txt": b"c"}
    tarball = tmp_path / "small.tgz"
    with tarfile.open(tarball, "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    digest = b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    package = Package(
        name="small",
        version="1.0.0",
        integrity=f"sha512-{digest}",
        into="inner",
        files=("*.js",),
        without=("*/b.js",),
    )
    return package, lambda _package, _folder: tarball


def test_only_wanted_files_are_written(delivery, tmp_path):
    """The patterns choose; the manifest has the checksum of each file and nothing else."""
    package, fetch = delivery
    folder = tmp_path / "out"
    write(folder, [package], fetch)
    # sha256 of the letter a, as `printf a | sha256sum` gives it
    letter_a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert json.loads((folder / MANIFEST).read_text())["sha256"] == {"inner/a.js": letter_a}
    assert (folder / "inner" / "a.js").read_bytes() == b"a"


def test_old_files_do_not_stay(delivery, tmp_path):
    """A file that is no longer vendored is gone."""
    package, fetch = delivery
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old.js").write_text("old")
    write(folder, [package], fetch)
    assert not (folder / "old.js").exists()


def test_another_tarball_is_refused_and_nothing_changes(delivery, tmp_path):
    """A package that is not the expected one is not unpacked; the old files stay."""
    package, fetch = delivery
    folder = tmp_path / "out"
    write(folder, [package], fetch)
    before = checksums(folder)
    (tmp_path / "small.tgz").write_bytes(b"something else")
    with pytest.raises(VendorError, match="small"):
        write(folder, [package], fetch)
    assert checksums(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small.tgz"]


def test_without_npm_one_sentence_says_so(tmp_path, monkeypatch):
    """A machine without npm is told what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VendorError, match=r"install Node\.js"):
        npm_pack(PACKAGES[0], tmp_path)
