"""Make the self-contained program for the platform this runs on: `python3 segue.py bundle`.

Writes into `dist/`: the folder `segue` (on macOS also `Segue.app`), a compressed archive of it, and on Debian and its
kin a package `segue_VERSION_ARCHITECTURE.deb`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
BUILD = ROOT / "build"
DEPENDS = (
    "libc6 (>= 2.34), libgl1, libegl1, libx11-6, libx11-xcb1, libxkbcommon0, libxkbcommon-x11-0, "
    "libdbus-1-3, libfontconfig1, libglib2.0-0, libgomp1, libpulse0, libssl3 | libssl3t64, "
    "libgssapi-krb5-2, libxcb-cursor0, libxcb-icccm4, "
    "libxcb-image0, libxcb-keysyms1, libxcb-render-util0, libxcb-shape0, libxcb-sync1, libxcb-xfixes0, "
    "libxcb-xkb1, libwayland-cursor0, libwayland-egl1"
)
RECOMMENDS = (
    "pulseaudio | pipewire-pulse, fonts-noto-cjk, ca-certificates, gnome-keyring | kwalletmanager, libxss1, "
    "network-manager, upower"
)
ICON_SIZES = (16, 32, 48, 64, 128, 256, 512)


def version() -> str:
    """The version in pyproject.toml."""
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return found


def draw_icons() -> Path:
    """Render the icon in the sizes and formats that the platforms want; returns the folder."""
    from PySide6.QtCore import QSize  # noqa: PLC0415 - not needed to be imported as a module
    from PySide6.QtGui import QGuiApplication, QIcon  # noqa: PLC0415, TID251 - draws at build time only

    _application = QGuiApplication([])
    folder = BUILD / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    icon = QIcon(str(ROOT / "resources/icons/segue.svg"))
    for size in ICON_SIZES:
        icon.pixmap(QSize(size, size)).save(str(folder / f"{size}.png"))
    largest = icon.pixmap(QSize(256, 256))
    largest.save(str(folder / "segue.ico"))
    icon.pixmap(QSize(512, 512)).save(str(folder / "segue.icns"))
    return folder


def write_metadata() -> None:
    """What tells a program its own version (`importlib.metadata`), as an installed package would have it."""
    folder = BUILD / f"about/segue_player-{version()}.dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: segue-player\nVersion: {version()}\n", "utf-8")


def build() -> Path:
    """Run PyInstaller; returns the folder with the program.

    Raises:
        subprocess.CalledProcessError: it failed, and has said why.
    """
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(BUILD), str(ROOT / ".ci/segue.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    share_duplicates(DIST / "segue")
    strip_python(DIST / "segue")
    return DIST / "segue"


def share_duplicates(folder: Path) -> None:
    """Libraries that lie there twice become one file and links to it; Linux only, where links are at home."""
    if platform.system() != "Linux":
        return
    seen: dict[bytes, Path] = {}
    for path in sorted(folder.rglob("*.so*")):
        if path.is_symlink() or path.stat().st_size < 1 << 16:
            continue
        content = path.read_bytes()
        if (first := seen.setdefault(content, path)) is not path:
            path.unlink()
            path.symlink_to(os.path.relpath(first, path.parent))


def strip_python(folder: Path) -> None:
    """The interpreter without what only its debugger needs; libraries of wheels stay as they are (numpy's break)."""
    if platform.system() != "Linux" or not shutil.which("strip"):
        return
    paths = [path for path in (folder / "_internal").glob("libpython3*.so*") if not path.is_symlink()]
    paths += (folder / "_internal").glob("python3*/lib-dynload/*.so")
    for path in paths:
        subprocess.run(["strip", "--strip-debug", str(path)], check=True)


def pack(folder: Path) -> Path:
    """One compressed file of the folder."""
    name = f"segue-{version()}-{sys.platform}"
    if platform.system() == "Linux":
        target = DIST / f"{name}.tar.xz"
        with tarfile.open(target, "w:xz", preset=6) as archive:
            archive.add(folder, "segue")
        return target
    inside = DIST / "Segue.app" if platform.system() == "Darwin" else folder
    return Path(shutil.make_archive(str(DIST / name), "zip", DIST, inside.name))


def pack_deb(folder: Path, icons: Path) -> Path:
    """A package for Debian and its kin: the program in /opt, a link to it, desktop entry, metadata, icons.

    Raises:
        subprocess.CalledProcessError: dpkg-deb failed.
    """
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "opt/segue", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/segue").symlink_to("/opt/segue/segue")
    share = tree / "usr/share"
    put(ROOT / "resources/desktop/segue.desktop", share / "applications/segue.desktop")
    put(ROOT / "resources/desktop/segue.metainfo.xml", share / "metainfo/segue.metainfo.xml")
    put(ROOT / "LICENSE", share / "doc/segue/copyright")
    put(ROOT / "resources/icons/segue.svg", share / "icons/hicolor/scalable/apps/segue.svg")
    for size in ICON_SIZES:
        put(icons / f"{size}.png", share / f"icons/hicolor/{size}x{size}/apps/segue.png")
    size_kb = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    control = tree / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(
        f"Package: segue\nVersion: {version()}\nArchitecture: {architecture}\nInstalled-Size: {size_kb}\n"
        f"Maintainer: The Segue maintainers <segue@localhost>\nSection: sound\nPriority: optional\n"
        f"Depends: {DEPENDS}\nRecommends: {RECOMMENDS}\n"
        "Description: music player that learns what to play next\n"
        " Segue plays your own music without gaps and learns, on your own computer, what to play next.\n",
        "utf-8",
    )
    target = DIST / f"segue_{version()}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)], check=True)
    return target


def put(source: Path, target: Path) -> None:
    """Copy a file and make the folders it goes into."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def main() -> int:
    """Build, then pack; say what came out and how large it is."""
    icons = draw_icons()
    write_metadata()
    folder = build()
    made = [pack(folder)]
    if shutil.which("dpkg-deb"):
        made.append(pack_deb(folder, icons))
    for path in made:
        sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.0f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
