"""What a start loads before the window is painted: nothing that only later work needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from player.paths import Profile
from player.storage import Database

LATER = {
    "alembic",
    "av",
    "implicit",
    "keyring",
    "mutagen",
    "onnxruntime",
    "rapidfuzz",
    "recommender",
    "scipy",
    "soxr",
    "watchfiles",
}
"""Modules that scanning, playing, choosing, searching or upgrading load when they begin."""

PROGRAM = """
import sys
from pathlib import Path
from player.app import App
from player.paths import Profile
from player.ui.start import make_application, make_look
from player.ui.window_host import WindowHost
application = make_application(["segue"])
app = App(Profile.at(Path(sys.argv[1])))
host = WindowHost(application, app, make_look(application, app.settings.value, app.profile.cache))
host.show()
host.window.grab()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
host.close()
host.dispose()
app.close()
"""


def test_the_first_paint_waits_for_nothing_that_is_needed_later(profile: Profile, database: Database) -> None:
    database.close()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(profile.data)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    loaded = set(done.stdout.split())
    assert "sqlalchemy" in loaded
    assert loaded & LATER == set()
