"""The engine's messages are known by their words."""

import pytest

from player.audio._process import NOT_STARTED
from player.audio._values import PROCESS_LOST, PROCESS_LOST_AGAIN
from player.audio.engine._core import DEVICE_LOST, WAITS
from player.audio.engine._port import NO_OUTPUT, NOT_ANSWERING
from player.audio.engine._stage import NO_SOUND
from player.domain import FileError
from player.playback._messages import _known, translated
from tests.audio.test_decoder import decode


def test_messages_about_the_output_are_known() -> None:
    known = _known()
    assert f"{NO_OUTPUT} {WAITS}" in known
    assert f"{NOT_ANSWERING} {WAITS}" in known
    assert {NOT_STARTED, PROCESS_LOST, PROCESS_LOST_AGAIN} <= set(known)
    assert DEVICE_LOST in known
    assert NO_SOUND in known
    assert (
        translated("“t1” is not there; the default output is used.") == "“t1” is not there; the default output is used."
    )
    assert translated("Not yet implemented in FFmpeg") == "Not yet implemented in FFmpeg"


@pytest.mark.parametrize("content", [None, b"", b"no sound at all" * 500])
def test_reasons_why_a_file_does_not_play_are_known(tmp_path, content) -> None:
    path = tmp_path / "x.flac"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        decode(str(path))
    reason = caught.value.why
    assert translated(reason) == reason.removeprefix("cannot be opened: ")
    assert translated(reason) in _known()
