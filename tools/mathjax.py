"""Vendor MathJax: ``python -m tools.mathjax`` makes ``docs/assets/mathjax`` from npm packages.

Readers' browsers load MathJax from the site itself, so the few files a page can ask for are kept in
the repository, unchanged, with a manifest of their checksums beside them. npm is needed here only.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

MATHJAX = Path(__file__).resolve().parents[1] / "docs" / "assets" / "mathjax"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package and what of it is vendored."""

    name: str
    version: str
    integrity: str
    """What npm publishes for the tarball: ``sha512-`` and the digest in base 64."""
    into: str
    """Folder below ``docs/assets/mathjax``; empty for that folder itself."""
    files: tuple[str, ...]
    """Patterns of the paths to take; ``*`` also matches slashes."""
    without: tuple[str, ...] = ()
    """Patterns of paths to leave out again."""


PACKAGES = (
    Package(
        name="mathjax",
        version="4.1.3",
        integrity="sha512-BN/8Pkgn7G1pIDYJqd9md+JHsE/jydSYbyOZnSdSA0WziuVO8mRxdYiWFumkVVly"
        "/8U+hm9DpIIoWuvySverzw==",
        into="",
        # Speech is left out: its explorer takes the links out of formulas and is 1 MB a page.
        files=(
            "LICENSE",
            "startup.js",
            "core.js",
            "input/tex.js",
            "input/tex/extensions/*.js",
            "output/chtml.js",
            "a11y/assistive-mml.js",
        ),
        # Each needs a font of its own, which is not vendored.
        without=("*/bbm.js", "*/bboldx.js", "*/dsfont.js"),
    ),
    Package(
        name="@mathjax/mathjax-newcm-font",
        version="4.1.3",
        integrity="sha512-gzAB3dFHilHX1l5x2xUqRL+1jDQt3Fyza1DkEMVXWC4E8SvsGdlgEza47HYi2WhV"
        "cgfkvf4zgUGzuhbq3Pjlew==",
        into="fonts/mathjax-newcm-font",
        files=("chtml.js", "chtml/*"),
    ),
    Package(
        name="@mathjax/mathjax-mhchem-font-extension",
        version="4.1.3",
        integrity="sha512-WFx0IooitEJq1TXc9V941o8eaZdICSPn8FpsIBDdhkMhb0if61jCvk6vtQN84dlL"
        "nNEorK011NfpirMkHYygSQ==",
        into="fonts/mathjax-mhchem-font-extension",
        files=("chtml.js", "chtml/*"),
    ),
)


class VendorError(Exception):
    """A package could not be fetched, or is not the one that was expected."""


def npm_pack(package: Package, folder: Path) -> Path:
    """Return the tarball of `package`, fetched by npm into `folder`.

    Raises:
        VendorError: npm is not installed, or did not deliver.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise VendorError("npm is not installed: install Node.js, which brings it.")
    command = [npm, "pack", "--silent", f"{package.name}@{package.version}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise VendorError(f"npm could not fetch {package.name}: {done.stderr.strip()}")
    return folder / done.stdout.split()[-1]


def check_integrity(package: Package, tarball: Path) -> None:
    """Return when `tarball` is the published one.

    Raises:
        VendorError: its digest is another.
    """
    found = "sha512-" + b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise VendorError(
            f"{package.name} {package.version} has integrity {found}, not {package.integrity}."
        )


def wanted(package: Package, path: str) -> bool:
    """Return whether the file at `path` inside `package` is vendored."""
    return any(fnmatchcase(path, pattern) for pattern in package.files) and not any(
        fnmatchcase(path, pattern) for pattern in package.without
    )


def contents(package: Package, tarball: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every wanted file of `tarball`; the path is the vendored one."""
    with tarfile.open(tarball) as archive:
        for member in archive:
            path = member.name.removeprefix("package/")
            stream = archive.extractfile(member)
            if stream is not None and wanted(package, path):
                yield f"{package.into}/{path}".lstrip("/"), stream.read()


def checksums(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below `folder`, the manifest apart, by its relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def write(
    folder: Path,
    packages: Sequence[Package] = PACKAGES,
    fetch: Callable[[Package, Path], Path] = npm_pack,
) -> None:
    """Make `folder` again from `packages`, whose tarballs `fetch` delivers.

    The old folder is replaced only when every file has arrived.

    Raises:
        VendorError: a package is missing or not the expected one; `folder` is as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".mathjax-") as scratch:
        fresh = Path(scratch) / "fresh"
        for package in packages:
            tarball = fetch(package, Path(scratch))
            check_integrity(package, tarball)
            for path, data in contents(package, tarball):
                target = fresh / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        manifest = {
            "made_by": "python -m tools.mathjax",
            "licence": "Apache-2.0, see LICENSE",
            "packages": {
                package.name: {"version": package.version, "integrity": package.integrity}
                for package in packages
            },
            "sha256": checksums(fresh),
        }
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)


def main() -> int:
    """Vendor MathJax and return the exit status: 0, or 2 with one sentence on standard error."""
    try:
        write(MATHJAX)
    except VendorError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in MATHJAX.rglob("*") if path.is_file())
    print(f"{MATHJAX}: {len(checksums(MATHJAX))} files, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
