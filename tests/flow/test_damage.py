"""A file that turns out not to decode: named, marked, left out, and taken up again once it is another one."""

import os
from pathlib import Path

from PySide6.QtCore import Qt

from player.ui.models.nav import PageKind, Place
from player.ui.models.tracks import INDEX_OF


def test_a_damaged_file_is_marked_until_it_changes(running, qtbot, expect_log):
    expect_log("cannot play|no sound can be recognised|is not there")
    app = running.app
    key = app.queue.entries()[0].track_id
    path = Path(app.library.track(key).path)
    whole, status = path.read_bytes(), path.stat()

    def play(wanted):
        app.queue.play_now([wanted])
        running.engine.advance(2_000, step_ms=50)
        app.library._edits.call(lambda: None)
        running.settle()

    away = path.with_suffix(".away")
    path.rename(away)
    play(key)
    away.rename(path)
    assert app.library.track(key).playable  # it was only not there
    try:
        path.write_bytes(bytes(len(whole)))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a dying disk does it
        play(key)
        qtbot.waitUntil(lambda: not app.library.track(key).playable)
        assert app.library.track(key).problem
        assert app.controller.current_track.id != key
        app.suggestions.refresh()
        qtbot.waitUntil(lambda: key not in {entry.track_id for entry in app.queue.entries()})
        running.window.go(Place(PageKind.TRACKS))
        table = running.window.router.page.list.table.tracks
        qtbot.waitUntil(lambda: key in table.ids)
        cell = table.index(table.ids.index(key), INDEX_OF["title"])
        assert cell.data(Qt.ItemDataRole.ToolTipRole) == f"cannot be played: {app.library.track(key).problem}"
        assert "cannot be played" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
        with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
            app.library.scan()
        assert not app.library.track(key).playable  # nothing has changed
    finally:
        path.write_bytes(whole)
    with qtbot.waitSignal(app.library.scan_finished, timeout=20_000):
        app.library.scan()
    assert app.library.track(key).playable
    assert not app.library.track(key).problem
