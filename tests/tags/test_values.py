"""Numbers, dates, gains, ratings, people and genres out of what taggers really write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen import id3

from player.tags import _values as values
from player.tags._bag import Bag
from player.tags._text import MAX_TEXT, clean, clean_long, unique
from player.tags.read._people import genres, people, several, sort_names
from tests.tags._files import ape_file, asf_file, id3_file, mp4_file, text, vorbis_file


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2003", "2003"),
        ("2003-05", "2003-05"),
        ("2003-05-06", "2003-05-06"),
        ("2003-05-06T12:00:00", "2003-05-06"),
        ("2003-05-06 12:00:00", "2003-05-06"),
        ("2003/5/6", "2003-05-06"),
        ("2003.05", "2003-05"),
        ("20030506", "2003-05-06"),
        ("06.05.2003", "2003-05-06"),
        ("2003-00-00", "2003"),
        ("2003-13-45", "2003"),
        ("c. 1969", "1969"),
        ("1969 (remastered)", "1969"),
        ("0000", ""),
        ("", ""),
        ("unknown", ""),
        ("99", ""),
    ],
)
def test_date(written: str, read: str) -> None:
    assert values.date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3/12", (3, 12)),
        ("03", (3, None)),
        (" 3 / 12 ", (3, 12)),
        ("3 of 12", (3, 12)),
        ("A1", (1, None)),
        ("0/0", (None, None)),
        ("3/", (3, None)),
        ("/12", (None, None)),
        ("x", (None, None)),
        ("999999999999", (None, None)),
    ],
)
def test_number_and_total(written: str, read: tuple[int | None, int | None]) -> None:
    assert values.pair(written) == read


def test_gains() -> None:
    assert values.gain_db("-6.54 dB") == -6.54
    assert values.gain_db("+3,2") == 3.2
    assert values.gain_db("\u22121.5 dB") == -1.5
    assert values.gain_db("nan") is None
    assert values.gain_db("-900") is None
    assert values.r128_gain_db("-256") == 4.0
    assert values.r128_gain_db("99999") is None
    assert values.r128_gain_db("x") is None
    assert values.sound_check_db(" 000003E8 000003E8 0 0") == 0
    assert values.sound_check_db("xyz") is None
    assert values.peak("0.99") == 0.99
    assert values.peak("0") is None


def test_opus_gain_counts_from_r128(tmp_path: Path) -> None:
    track = vorbis_file(tmp_path / "a.opus", {"R128_TRACK_GAIN": "-512", "R128_ALBUM_GAIN": "0"})
    assert (track.gain.track_db, track.gain.album_db) == (3.0, 5.0)


def test_sound_check_of_itunes(tmp_path: Path) -> None:
    track = mp4_file(tmp_path / "a.m4a", {"iTunNORM": " 00002710 00001388 0 0 0 0 0 0 0 0"})
    assert track.gain.track_db == -10
    frame = id3.COMM(encoding=0, lang="eng", desc="iTunNORM", text=[" 00002710 00001388 0 0 0 0 0 0 0 0"])
    track = id3_file(tmp_path / "a.mp3", frame)
    assert (track.gain.track_db, track.comment) == (-10, "")


def test_volume_frame(tmp_path: Path) -> None:
    track = id3_file(tmp_path / "a.mp3", id3.RVA2(desc="track", channel=1, gain=-4.5, peak=0.5))
    assert (track.gain.track_db, track.gain.track_peak) == (-4.5, pytest.approx(0.5, abs=0.01))


@pytest.mark.parametrize(
    ("byte", "stars"),
    [(1, 1), (13, 0.5), (54, 1.5), (64, 2), (118, 2.5), (128, 3), (186, 3.5), (196, 4), (242, 4.5), (255, 5), (102, 2)],
)
def test_popularimeter(tmp_path: Path, byte: int, stars: float) -> None:
    track = id3_file(tmp_path / "a.mp3", id3.POPM(email="Windows Media Player 9 Series", rating=byte, count=7))
    assert track.rating == pytest.approx(stars / 5)
    assert track.tagged_play_count == 7


def test_popularimeter_without_count_or_rating(tmp_path: Path) -> None:
    track = id3_file(tmp_path / "a.mp3", id3.POPM(email="x", rating=0))
    assert (track.rating, track.tagged_play_count) == (None, None)


@pytest.mark.parametrize(
    ("tags", "rating"),
    [
        ({"RATING:someone@example.org": "0.8"}, 0.8),
        ({"RATING": "80"}, 0.8),
        ({"RATING": "4"}, 0.8),
        ({"RATING": "0.5"}, 0.5),
        ({"RATING": "0"}, None),
        ({"RATING": "great"}, None),
        ({"FMPS_RATING": "0.6", "RATING": "100"}, 0.6),
    ],
)
def test_vorbis_rating(tmp_path: Path, tags: dict[str, str], rating: float | None) -> None:
    assert vorbis_file(tmp_path / "a.flac", tags).rating == rating


@pytest.mark.parametrize(("value", "rating"), [(1, 0.2), (25, 0.4), (50, 0.6), (75, 0.8), (99, 1.0), (0, None)])
def test_windows_rating(tmp_path: Path, value: int, rating: float | None) -> None:
    assert asf_file(tmp_path / "a.wma", {"WM/SharedUserRating": value}).rating == rating


def test_other_ratings(tmp_path: Path) -> None:
    assert ape_file(tmp_path / "a.wv", {"Rating": "3,5"}).rating == 0.7
    assert mp4_file(tmp_path / "a.m4a", {"rate": "60"}).rating == 0.6
    assert id3_file(tmp_path / "a.mp3", text("TXXX:FMPS_Rating", "0.9")).rating == 0.9


def credited(shown: list[str], listed: list[str] = [], *, ids: int = 0, joined: bool = False):  # noqa: B006
    bag = Bag(joined=joined)
    for name in shown:
        bag.add("artist", name)
    for name in listed:
        bag.add("artists", name)
    return people(bag, "artist", "artists", ids)


def test_people() -> None:
    assert credited(["AC/DC"]) == (("AC/DC",), "")
    assert credited(["AC/DC"], joined=True) == (("AC/DC",), "")
    assert credited(["AC/DC"], joined=True, ids=1) == (("AC/DC",), "")
    assert credited(["One/Two"], joined=True, ids=2) == (("One", "Two"), "One/Two")
    assert credited(["One / Two"]) == (("One", "Two"), "One / Two")
    assert credited(["One; Two;Three"]) == (("One", "Two", "Three"), "One; Two;Three")
    assert credited(["One feat. Two & Three"]) == (("One", "Two & Three"), "One feat. Two & Three")
    assert credited(["One (ft. Two)"]) == (("One", "Two"), "One (ft. Two)")
    assert credited(["Feature Film"]) == (("Feature Film",), "")
    assert credited(["Simon & Garfunkel"]) == (("Simon & Garfunkel",), "")
    assert credited(["A & B feat. C"], ["A", "B", "C"]) == (("A", "B", "C"), "A & B feat. C")
    assert credited(["A", "B"]) == (("A", "B"), "")
    assert credited(["A", "a", " "]) == (("A",), "")
    assert credited([]) == ((), "")
    assert credited(["Earth &amp; Fire"]) == (("Earth & Fire",), "")


def test_id3v23_lists_are_told_apart_by_ids(tmp_path: Path) -> None:
    ids = [f"{number}1111111-2222-4333-8444-555555555555" for number in (1, 2)]
    frames = [text("TPE1", "One", "Two"), text("TXXX:ARTISTS", "One", "Two"), text("TXXX:MusicBrainz Artist Id", *ids)]
    track = id3_file(tmp_path / "a.mp3", *frames, version=3)
    assert track.artists == ("One", "Two")
    assert track.mb_artist_ids == tuple(ids)


def test_id3v23_dates_become_one(tmp_path: Path) -> None:
    track = id3_file(tmp_path / "a.mp3", text("TDRC", "2003-05-06"), text("TDOR", "1969-01-02"), version=3)
    assert (track.date, track.original_date) == ("2003-05-06", "1969")


def test_sort_names() -> None:
    assert sort_names(["Uno; Due"], 2) == ("Uno", "Due")
    assert sort_names(["Uno", "Uno"], 1) == ("Uno",)
    assert sort_names(["Uno"], 2) == ()
    assert sort_names(["Uno", "Due"], 1) == ()


def test_genres() -> None:
    assert genres(["17", "(8)", "Rock", "rock", "Jazz; Soul", "250"]) == ("Rock", "Jazz", "Soul")
    assert several(["A;B", "C"]) == ("A", "B", "C")


def test_genres_of_id3(tmp_path: Path) -> None:
    track = id3_file(tmp_path / "a.mp3", text("TCON", "(17)(6)Trip-Hop"))
    assert track.genres == ("Rock", "Grunge", "Trip-Hop")
    track = id3_file(tmp_path / "b.mp3", text("TCON", "Pop/Funk"), version=3)
    assert track.genres == ("Pop/Funk",)  # a genre of its own in ID3's list
    track = id3_file(tmp_path / "c.mp3", text("TCON", "Dub", "Ska"), version=3)
    assert track.genres == ("Dub", "Ska")


def test_clean() -> None:
    assert clean("  a\0b \t\n c\x07 ") == "ab c"
    assert clean("x" * 10_000) == "x" * MAX_TEXT
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("\ufeffTitle") == "Title"
    assert clean_long("a\r\nb\rc\0") == "a\nb\nc"
    assert unique(["A", "", "a", "B"]) == ("A", "B")


@given(st.text(max_size=60))
def test_nothing_written_is_an_error(written: str) -> None:
    for scale in (values.date, values.pair, values.whole, values.number, values.gain_db, values.r128_gain_db):
        scale(written)
    for scale in (values.sound_check_db, values.peak, values.fraction, values.percent, values.stars_or_percent):
        scale(written)
    assert "\0" not in clean(written)
    clean_long(written).encode()
    genres([written])
    credited([written], joined=True, ids=2)


def test_zero_based_track_of_windows(tmp_path: Path) -> None:
    assert asf_file(tmp_path / "a.wma", {"WM/Track": 0}).track_no == 1
    assert asf_file(tmp_path / "b.wma", {"WM/Track": 0, "WM/TrackNumber": 7}).track_no == 7


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A featuring X, Y and Z", ("A", "X", "Y", "Z")),
        ("A (feat. X, Y & Z)", ("A", "X", "Y", "Z")),
        ("A feat. X and Y", ("A", "X and Y")),
        ("A ft. Earth, Wind & Fire", ("A", "Earth, Wind & Fire")),
        ("A feat. Tyler, The Creator", ("A", "Tyler, The Creator")),
    ],
)
def test_guests_in_a_list(text: str, names: tuple[str, ...]) -> None:
    bag = Bag()
    bag.add("artist", text)
    bag.settle()
    assert people(bag, "artist", "artists", 0)[0] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rock, Pop", ("Rock", "Pop")),
        ("Jazz/Funk", ("Jazz", "Funk")),
        ("Pop/Funk", ("Pop/Funk",)),
        ("Folk, World, & Country", ("Folk, World, & Country",)),
        ("Singer/Songwriter; R&B", ("Singer/Songwriter", "R&B")),
    ],
)
def test_joined_genres(text: str, found: tuple[str, ...]) -> None:
    assert genres([text]) == found


def test_vinyl_sides() -> None:
    assert [values.vinyl_side(text) for text in ("B2", "a 1", "C03/4", "B", "AB1", "3", "A0")] == [
        ("B", 2),
        ("A", 1),
        ("C", 3),
        None,
        None,
        None,
        None,
    ]
