"""Which stored track a scanned file is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from player.domain import ScannedTrack
from player.storage.library._identity import Holder, Plan, identify, shown_artist
from player.storage.schema import TrackState
from tests.storage.songs import song


def holder(key: int, file: ScannedTrack, **changes: Any) -> Holder:
    """The stored track of a file that was scanned before."""
    stored = Holder(
        key,
        file.path,
        file.start_ms,
        superseded=False,
        state=TrackState.PRESENT,
        audio_key=file.audio_key,
        size=file.size,
        mtime_ns=file.mtime_ns,
        title=file.title,
        artist=shown_artist(file),
        album=file.album,
        duration_ms=file.duration_ms,
    )
    return replace(stored, **changes)


def kept(_: Holder) -> bool:
    return False


def gone(_: Holder) -> bool:
    return True


def ids(plan: Plan) -> dict[int, int]:
    return {at: found.id for at, found in plan.holders.items()}


def test_a_new_file_is_nobody() -> None:
    assert identify([song("/a.flac")], [], kept) == Plan()


def test_a_retagged_file_stays() -> None:
    old = song("/a.flac")
    assert ids(identify([replace(old, title="New", size=7)], [holder(1, old)], kept)) == {0: 1}


def test_a_file_whose_sound_cannot_be_told_stays_by_its_place() -> None:
    old = song("/a.flac")
    assert ids(identify([replace(old, audio_key=None)], [holder(1, old)], kept)) == {0: 1}


def test_a_copy_is_new() -> None:
    old = song("/a.flac")
    assert ids(identify([replace(old, path="/copy.flac")], [holder(1, old)], kept)) == {}


def test_a_vanished_track_moves_to_where_its_sound_is() -> None:
    old = song("/a.flac")
    missing = holder(1, old, state=TrackState.MISSING)
    assert ids(identify([replace(old, path="/b/c.flac")], [missing], kept)) == {0: 1}


def test_a_track_whose_file_is_gone_moves_before_anyone_said_so() -> None:
    old = song("/a.flac")
    assert ids(identify([replace(old, path="/b/c.flac")], [holder(1, old)], gone)) == {0: 1}


def test_swapped_files_keep_their_sounds() -> None:
    one, two = song("/1.flac", audio_key="one"), song("/2.flac", audio_key="two")
    files = [replace(one, path="/2.flac"), replace(two, path="/1.flac")]
    plan = identify(files, [holder(1, one), holder(2, two)], kept)
    assert ids(plan) == {0: 1, 1: 2}
    assert plan.superseded == []


def test_a_ring_of_three_keeps_its_sounds() -> None:
    songs = [song(f"/{name}.flac", audio_key=name) for name in "abc"]
    files = [replace(songs[at], path=songs[(at + 1) % 3].path) for at in range(3)]
    assert ids(identify(files, [holder(at + 1, old) for at, old in enumerate(songs)], kept)) == {0: 1, 1: 2, 2: 3}


def test_a_place_taken_by_another_sound_supersedes_its_track() -> None:
    old = song("/a.flac", title="Old")
    plan = identify([song("/a.flac", title="Other", audio_key="other")], [holder(1, old)], kept)
    assert ids(plan) == {}
    assert [track.id for track in plan.superseded] == [1]


def test_a_reencoded_file_stays() -> None:
    old = song("/a.flac", title="Song", artists=("A",))
    new = replace(old, audio_key="smaller", duration_ms=old.duration_ms + 40)
    assert ids(identify([new], [holder(1, old)], kept)) == {0: 1}


def test_another_length_is_another_recording() -> None:
    old = song("/a.flac")
    new = replace(old, audio_key="live", duration_ms=old.duration_ms * 2)
    assert ids(identify([new], [holder(1, old)], kept)) == {}


def test_a_converted_file_beside_stays() -> None:
    old = song("/x/a.flac")
    missing = holder(1, old, state=TrackState.MISSING)
    new = replace(old, path="/x/a.opus", audio_key="smaller")
    assert ids(identify([new], [missing], kept)) == {0: 1}


def test_equal_sounds_are_paired_by_folder_and_name() -> None:
    album, best = song("/old/album/01.flac", audio_key="s"), song("/old/best/07.flac", audio_key="s")
    known = [holder(1, album, state=TrackState.MISSING), holder(2, best, state=TrackState.MISSING)]
    files = [replace(best, path="/new/best/07.flac"), replace(album, path="/new/album/01.flac")]
    assert ids(identify(files, known, kept)) == {0: 2, 1: 1}


def test_parts_of_a_cue_sheet_are_told_apart_by_their_start() -> None:
    parts = [song("/disc.flac", start_ms=start, title=str(start)) for start in (0, 100, 200)]
    known = [holder(at + 1, part, state=TrackState.MISSING) for at, part in enumerate(parts)]
    moved = [replace(part, path="/moved.flac") for part in reversed(parts)]
    assert ids(identify(moved, known, kept)) == {0: 3, 1: 2, 2: 1}


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.booleans())
def test_however_files_are_shuffled_each_sound_keeps_its_track(order: list[int], vanished: set[int], far: bool) -> None:
    songs = [song(f"/m/{at}.flac", audio_key=f"s{at}") for at in range(6)]
    known = [
        holder(at + 1, old, state=TrackState.MISSING if at in vanished else TrackState.PRESENT)
        for at, old in enumerate(songs)
    ]
    folder = "/elsewhere" if far else "/m"
    files = [replace(songs[sound], path=f"{folder}/{place}.flac") for place, sound in enumerate(order)]
    assert ids(identify(files, known, gone)) == {at: sound + 1 for at, sound in enumerate(order)}


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), max_size=8, unique_by=lambda pair: pair[0]),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), max_size=8, unique_by=lambda pair: pair[0]),
    st.booleans(),
)
def test_no_track_is_two_files_and_none_is_lost(
    before: list[tuple[int, str]], after: list[tuple[int, str]], all_gone: bool
) -> None:
    known = [
        holder(at + 1, song(f"/{place}.flac", audio_key=sound, title=sound)) for at, (place, sound) in enumerate(before)
    ]
    files = [song(f"/{place}.flac", audio_key=sound, title=sound) for place, sound in after]
    plan = identify(files, known, gone if all_gone else kept)
    used = [found.id for found in plan.holders.values()]
    assert len(used) == len(set(used))
    assert not {track.id for track in plan.superseded} & set(used)
    taken = {file.path for file in files}
    for track in known:
        if track.id not in used:
            assert track.path not in taken or track in plan.superseded
