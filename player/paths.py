"""Where everything is: shipped data, the profile (all of the user's state), cache and logs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from player.domain import ProfileError

APP = "Segue"


def shipped(*parts: str) -> Path:
    """A shipped file or folder: `resources/...` or `migrations/...`, from a checkout, a wheel or a bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath(*parts)


def version() -> str:
    """Return the version of this program; in a checkout, the one its pyproject.toml names."""
    from importlib import metadata  # noqa: PLC0415 - a hundredth of a second that few need

    try:
        return metadata.version("segue-player")
    except metadata.PackageNotFoundError:
        import tomllib  # noqa: PLC0415 - likewise

        text = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text("utf-8")
        return str(tomllib.loads(text)["project"]["version"])


def start_command() -> str:
    """What starts this program on the command line: from a checkout its bootstrap, else the installed command."""
    bare = Path(__file__).resolve().parent.parent / "segue.py"
    return "python3 segue.py" if not getattr(sys, "frozen", False) and bare.exists() else "segue"


@dataclass(frozen=True, slots=True)
class Profile:
    """The places of one user's state.

    Attributes:
        data: Database, settings, models; worth a backup.
        cache: Thumbnails and other things that can be made again.
        logs: Log files.
    """

    data: Path
    cache: Path
    logs: Path

    @classmethod
    def standard(cls) -> Profile:
        """The platform's standard places.

        Raises:
            ProfileError: the user has no home folder.
        """
        dirs = platformdirs.PlatformDirs(APP, appauthor=False)
        try:
            return cls(Path(dirs.user_data_dir), Path(dirs.user_cache_dir), Path(dirs.user_log_dir))
        except RuntimeError as error:
            raise ProfileError("You have no home folder here. Set HOME, or choose a folder: --profile DIR") from error

    @classmethod
    def at(cls, folder: Path) -> Profile:
        """Everything in one folder (`--profile DIR`)."""
        folder = folder.absolute()
        return cls(folder, folder / "cache", folder / "logs")

    @property
    def database(self) -> Path:
        """The SQLite database."""
        return self.data / "segue.db"

    @property
    def models(self) -> Path:
        """Folder of the models trained here."""
        return self.data / "models"

    def make(self) -> None:
        """Make the folders.

        Raises:
            OSError: a folder cannot be made.
        """
        for folder in (self.data, self.cache, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
