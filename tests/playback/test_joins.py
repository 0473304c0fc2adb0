"""How one track leads to the next."""

from dataclasses import replace

import pytest

from player.domain import AlbumId, Gain, Ms, Settings, Track, TrackId
from player.playback._joins import UNKNOWN_DB, album_goes_on, crossfade_ms, source_of
from tests.playback.playing import Player


def track(album: int | None, number: int | None, disc: int | None = None, length: int = 200_000) -> Track:
    return Track(
        TrackId(1),
        "/a.flac",
        "a",
        album_id=AlbumId(album) if album else None,
        track_no=number,
        disc_no=disc,
        duration_ms=Ms(length),
        gain=Gain(track_db=-6.0, track_peak=0.5, album_db=-8.0, album_peak=0.9),
    )


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        (track(1, 1), track(1, 2), True),
        (track(1, 9, disc=1), track(1, 1, disc=2), True),
        (track(1, 1), track(1, 3), False),
        (track(1, 2), track(1, 1), False),
        (track(1, 1), track(2, 2), False),
        (track(None, 1), track(None, 2), False),
        (track(1, None), track(1, None), False),
        (track(1, 9, disc=1), track(1, 2, disc=2), False),
        (track(1, 1), None, False),
    ],
)
def test_albums_in_order_are_recognised(before: Track, after: Track | None, goes_on: bool) -> None:
    assert album_goes_on(before, after) is goes_on


def test_crossfade_spares_albums_and_short_tracks() -> None:
    settings = Settings(crossfade_ms=6_000)
    assert crossfade_ms(track(1, 1), track(2, 1), settings) == 6_000
    assert crossfade_ms(track(1, 1), track(1, 2), settings) == 0
    assert crossfade_ms(track(1, 1), track(2, 1, length=12_000), settings) == 0


def test_the_gain_is_the_albums_where_the_album_plays() -> None:
    assert source_of(track(1, 1), Settings(), album=True).gain_db == -8.0
    assert source_of(track(1, 1), Settings(), album=False).gain_db == -6.0
    assert source_of(track(1, 1), Settings(gain_mode="off"), album=True).gain_db == 0.0
    assert source_of(track(1, 1), Settings(preamp_db=20.0), album=False).gain_db == pytest.approx(6.02, abs=0.01)


def test_a_track_of_unknown_loudness_plays_as_loud_as_those_near_it() -> None:
    plain = track(1, 1)
    bare, expected = replace(plain, gain=Gain()), replace(plain, gain=Gain(expected_db=-3.5))
    assert source_of(bare, Settings(), album=False).gain_db == UNKNOWN_DB
    assert source_of(expected, Settings(preamp_db=1.0), album=True).gain_db == -2.5
    assert source_of(expected, Settings(gain_mode="off"), album=True).gain_db == 0.0


def test_what_is_measured_while_it_sounds_is_led_there_unheard(player: Player) -> None:
    changes: list[tuple[float, int]] = []
    player.engine.set_gain = lambda token, gain_db, *, over_ms: changes.append((gain_db, over_ms))
    track = player.track(gain=Gain(expected_db=-8.0))
    player.play(track)
    player.library[track] = replace(player.library[track], gain=Gain(track_db=-6.0))
    player.controller.gains_changed()
    assert changes == [(-6.0, 10_000)]


def test_an_album_keeps_its_gain_to_the_last_track_also_when_skipping(player: Player) -> None:
    gain = Gain(track_db=-3.0, album_db=-9.0)
    album = [player.track(album_id=AlbumId(1), track_no=number, gain=gain) for number in (1, 2, 3)]
    gains: list[float] = []
    play, set_next = player.engine.play, player.engine.set_next
    player.engine.play = lambda source, *rest, **more: (gains.append(source.gain_db), play(source, *rest, **more))
    player.engine.set_next = lambda source, *rest, **more: (
        gains.append(source.gain_db) if source else None,
        set_next(source, *rest, **more),
    )
    player.play(*album)
    player.controller.next()
    player.pass_time(3_000)
    assert player.heard == [1, 2, 3]
    assert set(gains) == {-9.0}
    player.play(album[0])
    assert gains[-1] == -3.0


def test_a_change_of_the_gain_is_heard_at_once(player: Player) -> None:
    """In what sounds and in what follows; the last track of an album keeps the album's gain."""
    gain = Gain(track_db=-3.0, album_db=-9.0)
    album = [player.track(album_id=AlbumId(1), track_no=number, gain=gain) for number in (1, 2)]
    led: list[tuple[int, float]] = []
    real = player.engine.set_gain
    player.engine.set_gain = lambda token, gain_db, *, over_ms: (
        led.append((token, gain_db)),
        real(token, gain_db, over_ms=over_ms),
    )
    player.play(*album)
    player.controller.apply(Settings(preamp_db=-2.0))
    assert led == [(1, -11.0)]
    player.pass_time(1_500)
    assert player.heard == [1, 2]
    player.controller.apply(Settings(preamp_db=1.0))
    assert led[-1][1] == -8.0
    player.controller.apply(Settings(gain_mode="off"))
    assert led[-1][1] == 0.0
