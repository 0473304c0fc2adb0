"""Whatever a listener does: every play is reported once, views stay in step, the queue's layers hold."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.domain import Origin, RepeatMode, StartReason, TrackId
from tests.playback.following import Follower, suggestions
from tests.playback.playing import Player

ACTS = {
    "next": lambda player, _n: player.controller.next(),
    "previous": lambda player, _n: player.controller.previous(),
    "pause": lambda player, _n: player.controller.play_pause(),
    "stop": lambda player, _n: player.controller.stop(),
    "play": lambda player, _n: player.controller.play(),
    "seek": lambda player, n: player.controller.seek(100 * n),
    "pick": lambda player, n: player.queue.play_now([TrackId(1 + n % 8)]),
    "album": lambda player, n: player.queue.play_now([TrackId(k) for k in (1, 2, 3, 4)], n % 4, StartReason.ALBUM),
    "add": lambda player, n: player.queue.add([TrackId(1 + n % 8)]),
    "before": lambda player, n: player.queue.play_next([TrackId(1 + n % 8)]),
    "jump": lambda player, n: [player.queue.jump(e.id) for e in player.queue.entries()[n % 5 : n % 5 + 1]],
    "remove": lambda player, n: player.queue.remove([e.id for e in player.queue.entries()[n % 5 : n % 5 + 2]]),
    "move": lambda player, n: [player.queue.move(e.id, n % 7) for e in player.queue.entries()[n % 3 : n % 3 + 1]],
    "gather": lambda player, n: player.queue.gather([e.id for e in player.queue.entries()[n % 5 :: 2]], n % 6),
    "pin": lambda player, n: [player.queue.pin(e.id, n % 2 == 0) for e in player.queue.entries()[-1:]],
    "clear": lambda player, _n: player.queue.clear(),
    "undo": lambda player, _n: player.edits.undo(),
    "redo": lambda player, _n: player.edits.redo(),
    "shuffle": lambda player, n: player.queue.set_modes(shuffle=n % 2 == 0),
    "repeat": lambda player, n: player.queue.set_modes(repeat=list(RepeatMode)[n % 3]),
    "stop after": lambda player, n: player.queue.set_modes(stop_after_current=n % 2 == 0),
    "fade": lambda player, n: player.set(crossfade_ms=100 * (n % 2)),
    "refill": lambda player, n: player.queue.refill(suggestions(*(1 + (n + k) % 8 for k in range(4)))),
    "time": lambda player, n: player.pass_time(40 * n),
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 30)), min_size=5, max_size=40))
def test_nothing_a_listener_does_breaks_the_books(acts: list[tuple[str, int]], qapp: object, tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.album(4, 600)
    player.tracks(4, 600)
    follower = Follower(player.queue)
    try:
        for name, number in acts:
            ACTS[name](player, number)
            player.engine.turn()
            check_rows(player, follower)
        player.pass_time(100)
    finally:
        player.controller.close()
    assert Counter(event.start for event in player.finished) == Counter(player.started)
    assert player.problems == []


def check_rows(player: Player, follower: Follower) -> None:
    """Views are in step, identities are unique, suggestions stand last."""
    entries = player.queue.entries()
    assert follower.rows == list(entries)
    assert len({entry.id for entry in entries}) == len(entries)
    origins = [entry.origin for entry in entries]
    assert origins == sorted(origins, key=lambda origin: origin is Origin.SUGGESTED)
