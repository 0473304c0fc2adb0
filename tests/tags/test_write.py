"""Writing tags: every field in every family, undone again; a failure leaves the file as it was."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import mutagen
import pytest
from mutagen import id3

from player.domain import FileError, UsageError
from player.library import scan
from player.library._walk import Walk
from player.storage import Database
from player.tags import COPY_MARK, EDITABLE, cover, read_track, tidy_up, write_tags
from player.tags._copies import copy_path
from player.workers import child_environment
from tests.audio_files import FORMATS, make
from tests.tags._files import id3_file, text, vorbis_file

UNWRITABLE = ("aac", "ac3", "mka", "mp2")
WRITABLE = [suffix for suffix in FORMATS if suffix not in UNWRITABLE]

CHANGES = {
    "title": ["New title"],
    "artist": ["One", "Two"],
    "album": ["Albüm"],
    "album_artist": ["Band"],
    "genre": ["Jazz", "Soul"],
    "date": ["2003-05-06"],
    "original_date": ["1969"],
    "track": ["3"],
    "track_total": ["12"],
    "disc": ["1"],
    "disc_total": ["2"],
    "composer": ["Composer"],
    "compilation": ["1"],
    "comment": ["Comment"],
    "lyrics": ["La\nla"],
    "bpm": ["120"],
    "mood": ["Calm"],
    "label": ["Label"],
    "artist_sort": ["Uno", "Due"],
    "composer_sort": ["Composer, A."],
    "lyricist": ["Words"],
    "conductor": ["Baton"],
    "performer": ["Glenn Gould (piano)", "Nobody"],
    "work": ["Variations"],
    "movement": ["Aria"],
    "grouping": ["Group"],
    "catalog_number": ["CAT 1"],
    "barcode": ["0123456789012"],
    "media": ["CD"],
    "country": ["DE"],
}
FIELDS = {
    "title": "New title",
    "artists": ("One", "Two"),
    "album": "Albüm",
    "album_artists": ("Band",),
    "genres": ("Jazz", "Soul"),
    "date": "2003-05-06",
    "original_date": "1969",
    "track_no": 3,
    "track_total": 12,
    "disc_no": 1,
    "disc_total": 2,
    "composers": ("Composer",),
    "compilation": True,
    "comment": "Comment",
    "lyrics": "La\nla",
    "bpm": 120.0,
    "moods": ("Calm",),
    "label": "Label",
    "artist_sorts": ("Uno", "Due"),
    "composer_sorts": ("Composer, A.",),
    "lyricists": ("Words",),
    "conductors": ("Baton",),
    "performers": ("Glenn Gould (piano)", "Nobody"),
    "work": "Variations",
    "movement": "Aria",
    "grouping": "Group",
    "catalog_number": "CAT 1",
    "barcode": "0123456789012",
    "media": "CD",
    "country": "DE",
}


@pytest.mark.parametrize("suffix", WRITABLE)
def test_written_read_and_undone(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    before = read_track(str(path))
    undo = write_tags(str(path), CHANGES)
    track = read_track(str(path))
    assert {field: getattr(track, field) for field in FIELDS} == FIELDS
    assert track.audio_key == before.audio_key
    write_tags(str(path), undo)
    after = read_track(str(path))
    assert {field: getattr(after, field) for field in FIELDS} == {field: getattr(before, field) for field in FIELDS}
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("suffix", ["mp3", "flac", "m4a", "wv", "wma"])
def test_one_field_leaves_the_others(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    write_tags(str(path), CHANGES)
    write_tags(str(path), {"track": ["4"], "title": []})
    track = read_track(str(path))
    assert (track.track_no, track.track_total, track.title) == (4, 12, "a")
    write_tags(str(path), {"track_total": ["20"]})
    track = read_track(str(path))
    assert (track.track_no, track.track_total, track.album) == (4, 20, "Albüm")
    write_tags(str(path), {"track": [], "track_total": []})
    assert (read_track(str(path)).track_no, read_track(str(path)).disc_no) == (None, 1)


def test_other_spellings_of_a_field_go(tmp_path: Path) -> None:
    vorbis_file(tmp_path / "a.flac", {"YEAR": "1990", "DATE": "1990-01-01", "ARTIST": "A & B", "ARTISTS": ["A", "B"]})
    undo = write_tags(str(tmp_path / "a.flac"), {"date": ["2001"], "artist": ["C"]})
    track = read_track(str(tmp_path / "a.flac"))
    assert (track.date, track.artists) == ("2001", ("C",))
    write_tags(str(tmp_path / "a.flac"), undo)
    track = read_track(str(tmp_path / "a.flac"))
    assert (track.date, track.artists, track.artist_display) == ("1990-01-01", ("A", "B"), "A & B")


def test_what_is_not_edited_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    picture = b"\xff\xd8\xff\xe0" + bytes(500)
    frames = [
        id3.APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=picture),
        id3.PRIV(owner="someone", data=b"secret"),
        text("TXXX:MYTAG", "mine"),
        id3.POPM(email="x", rating=255, count=3),
    ]
    id3_file(path, *frames)
    write_tags(str(path), {"title": ["New"]})
    tags = id3.ID3(path)
    assert cover(str(path)) == picture
    assert (tags.getall("PRIV")[0].data, tags["TXXX:MYTAG"].text, tags["POPM:x"].count) == (b"secret", ["mine"], 3)


def test_id3v23_stays_id3v23(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    id3_file(path, text("TIT2", "Old"), version=3)
    write_tags(str(path), {"title": ["New"], "date": ["1999-02-03"]})
    assert id3.ID3(path).version == (2, 3, 0)
    assert (read_track(str(path)).title, read_track(str(path)).date) == ("New", "1999-02-03")


@pytest.mark.parametrize("suffix", UNWRITABLE[:3])
def test_kinds_without_tags_are_refused(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    data = path.read_bytes()
    with pytest.raises(FileError):
        write_tags(str(path), {"title": ["x"]})
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == [path.name]


def test_failure_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "a.flac")
    data = path.read_bytes()

    def full(_source: str, _target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileError, match="No space left"):
        write_tags(str(path), {"title": ["x"]})
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["a.flac"]


def test_missing_and_damaged_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        write_tags(str(tmp_path / "gone.mp3"), {"title": ["x"]})
    (tmp_path / "noise.flac").write_bytes(b"noise")
    with pytest.raises(FileError):
        write_tags(str(tmp_path / "noise.flac"), {"title": ["x"]})


def test_unknown_word_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        write_tags(str(tmp_path / "a.mp3"), {"nonsense": ["x"]})
    assert "title" in EDITABLE


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac")
    path.chmod(0o640)
    link = tmp_path / "link.flac"
    link.symlink_to(path)
    write_tags(str(link), {"title": ["x"]})
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert mutagen.File(path)["title"] == ["x"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """Killed with the copy written and not yet in place: the file is whole, and the next walk tidies up."""
    path = make(tmp_path / "a.flac")
    other = tmp_path / ".notes.segue-plan.flac"
    other.write_bytes(b"mine")
    data = path.read_bytes()
    killed = (
        "import os, signal\n"
        "from player.tags import write_tags\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_tags({str(path)!r}, {{'title': ['x']}})\n"
    )
    ended = subprocess.run([sys.executable, "-c", killed], env=child_environment(), check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_bytes() == data
    (left,) = set(os.listdir(tmp_path)) - {other.name, "a.flac"}
    assert COPY_MARK in left
    walk = Walk(str(tmp_path))
    assert [found.path for found in walk.files()] == [str(path)]
    assert all(tidy_up(copy) for copy in walk.copies if os.path.basename(copy) == left)
    assert sorted(os.listdir(tmp_path)) == [other.name, "a.flac"]


def test_a_scan_at_the_next_start_tidies_up(tmp_path: Path, database: Database) -> None:
    music = tmp_path / "music"
    music.mkdir()
    make(music / "a.flac")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mark = os.path.basename(copy_path(str(music / "a.flac"))).replace(f"-{os.getpid()}.", f"-{dead.pid}.")
    (music / mark).write_bytes(b"half")
    scan(database, [str(music)])
    assert os.listdir(music) == ["a.flac"]


def test_a_copy_that_somebody_writes_is_left_alone(tmp_path: Path) -> None:
    mine = Path(copy_path(str(tmp_path / "a.flac")))
    elsewhere = tmp_path / ".a.segue-00000000-1.flac"
    for copy in (mine, elsewhere):
        copy.write_bytes(b"x")
        assert not tidy_up(str(copy))
        assert copy.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_hard_links_stay_together_even_when_killed(tmp_path: Path) -> None:
    path, link = make(tmp_path / "a.flac"), tmp_path / "other name.flac"
    os.link(path, link)
    write_tags(str(path), {"title": ["x"]})
    assert os.path.samefile(path, link)
    assert read_track(str(link)).title == "x"
    killed = (
        "import os, signal, shutil\n"
        "from player.tags import write_tags\n"
        "def die(source, file, size):\n"
        "    file.write(source.read(100)); file.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "shutil.copyfileobj = die\n"
        f"write_tags({str(path)!r}, {{'title': ['y']}})\n"
    )
    subprocess.run([sys.executable, "-c", killed], env=child_environment(), check=False)
    (left,) = set(os.listdir(tmp_path)) - {path.name, link.name}
    assert tidy_up(str(tmp_path / left))
    assert sorted(os.listdir(tmp_path)) == [path.name, link.name]
    assert os.path.samefile(path, link)
    assert read_track(str(link)).title == "y"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac")
    os.chown(path, 1234, 5678)
    path.chmod(0o640)
    write_tags(str(path), {"title": ["x"]})
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (1234, 5678, 0o640)


@pytest.mark.parametrize("suffix", ["mp3", "flac", "opus", "m4a", "wv", "wma"])
@pytest.mark.parametrize("stars", ["1", "2", "3", "4", "5", "2.5", "0.5"])
def test_ratings(tmp_path: Path, suffix: str, stars: str) -> None:
    path = str(make(tmp_path / f"a.{suffix}"))
    undo = write_tags(path, {"rating": [stars]})
    written = {"2.5": 3.0, "0.5": 1.0}.get(stars, float(stars)) if suffix == "wma" else float(stars)
    assert read_track(path).rating == pytest.approx(written / 5)
    assert undo == {"rating": ()}
    assert write_tags(path, {"rating": ["0"], "title": ["x"]})["rating"] == (f"{written:g}",)
    assert read_track(path).rating is None


def test_a_rating_changes_all_spellings(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    owners = [id3.POPM(email="a", rating=64, count=3), id3.POPM(email="b", rating=64)]
    id3_file(path, *owners, text("TXXX:FMPS_Rating", "0.4"), text("TXXX:RATING", "1"))
    assert write_tags(str(path), {"rating": ["3.5"]}) == {"rating": ("2",)}
    tags = id3.ID3(path)
    assert {frame.rating for frame in tags.getall("POPM")} == {186}
    assert (tags["POPM:a"].count, tags["TXXX:FMPS_Rating"].text, tags.getall("TXXX:RATING")) == (3, ["0.7"], [])
    vorbis_file(tmp_path / "b.flac", {"RATING:me@here": "0.4", "FMPS_RATING": "0.4"})
    write_tags(str(tmp_path / "b.flac"), {"rating": ["4"]})
    flac = mutagen.File(tmp_path / "b.flac")
    assert {name: texts for name, texts in flac.items() if "rating" in name} == {
        "fmps_rating": ["0.8"],
        "rating": ["80"],
    }


@pytest.mark.parametrize("rating", ["six", "6", "-1"])
def test_what_is_no_rating_is_refused(tmp_path: Path, rating: str) -> None:
    path = make(tmp_path / "a.flac")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="0 to 5 stars"):
        write_tags(str(path), {"rating": [rating]})
    assert path.read_bytes() == before


def comments(path: Path) -> dict[str, str]:
    """The Vorbis comments of a file, one value each."""
    return {name.upper(): values[0] for name, values in mutagen.File(path).tags.items()}


DATES = {"DATE": "2011-05-03", "ORIGINALDATE": "1973-03-01", "ORIGINALYEAR": "1973"}


def test_the_year_shown_is_the_one_edited_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    vorbis_file(path, DATES)
    undo = write_tags(str(path), {"year": ["1974"]})
    changed = comments(path)
    assert changed == {"DATE": "2011-05-03", "ORIGINALDATE": "1974-03-01", "ORIGINALYEAR": "1974"}
    write_tags(str(path), undo)
    assert comments(path) == DATES


@pytest.mark.parametrize(
    ("tags", "after"),
    [
        ({"DATE": "1999-01-02"}, {"DATE": "1970-01-02"}),
        ({"DATE": "1999", "RELEASEDATE": "2001"}, {"DATE": "1970", "RELEASEDATE": "2001"}),
        ({"RELEASEDATE": "2001-02-03"}, {"RELEASEDATE": "1970-02-03"}),
        ({"ORIGINALYEAR": "1969", "DATE": "1999"}, {"ORIGINALYEAR": "1970", "DATE": "1999"}),
        ({"YEAR": "1999", "DATE": "1999-01-02"}, {"YEAR": "1970", "DATE": "1970-01-02"}),
        ({"TITLE": "x"}, {"TITLE": "x", "DATE": "1970"}),
    ],
)
def test_the_year_is_edited_where_it_stands(tmp_path: Path, tags: dict[str, str], after: dict[str, str]) -> None:
    path = tmp_path / "a.flac"
    vorbis_file(path, tags)
    undo = write_tags(str(path), {"year": ["1970"]})
    assert comments(path) == after
    assert (read_track(str(path)).original_date or read_track(str(path)).date)[:4] == "1970"
    write_tags(str(path), undo)
    assert comments(path) == tags


def test_the_year_in_id3_and_mp4(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    id3_file(path, text("TDRC", "2011-05-03"), text("TDOR", "1973-03-01"), text("TXXX:originalyear", "1973"))
    write_tags(str(path), {"year": ["1974"]})
    tags = id3.ID3(path)
    said = [str(tags[name].text[0]) for name in ("TDRC", "TDOR", "TXXX:originalyear")]
    assert said == ["2011-05-03", "1974-03-01", "1974"]
    song = make(tmp_path / "a.m4a")
    write_tags(str(song), {"date": ["2011-05-03"], "original_date": ["1973-03-01"]})
    write_tags(str(song), {"year": ["1974"]})
    assert (read_track(str(song)).date, read_track(str(song)).original_date) == ("2011-05-03", "1974-03-01")


PEOPLE = {
    "ARTIST": ["Robert Plant", "Alison Kraus"],
    "ARTISTSORT": ["Plant, Robert", "Kraus, Alison"],
    "MUSICBRAINZ_ARTISTID": ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"],
}


def test_ids_stay_with_corrected_names_and_go_with_others(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    before = vorbis_file(path, PEOPLE)
    write_tags(str(path), {"artist": ["Robert Plant", "Alison Krauss"]})
    track = read_track(str(path))
    assert (track.artists, track.mb_artist_ids) == (("Robert Plant", "Alison Krauss"), before.mb_artist_ids)
    undo = write_tags(str(path), {"artist": ["Led Zeppelin"]})
    track = read_track(str(path))
    assert (track.artists, track.mb_artist_ids, track.artist_sorts) == (("Led Zeppelin",), (), ())
    write_tags(str(path), undo)
    track = read_track(str(path))
    assert (track.mb_artist_ids, track.artist_sorts) == (before.mb_artist_ids, before.artist_sorts)
