"""Wrong encodings: repaired where certain, else left alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.tags import read_track
from player.tags._mojibake import encoding_of, repaired
from tests.tags._files import id3_file, text

CERTAIN = {
    "utf-8": ["Björk", "Jóga"],
    "cp1251": ["Кино", "Группа крови", "Виктор Цой"],
    "koi8-r": ["Кино", "Группа крови", "Звезда по имени Солнце"],
    "cp1253": ["Μίκης Θεοδωράκης", "Ζορμπάς"],
    "cp1255": ["שלום חנוך", "מחכים למשיח", "אדם בתוך עצמו"],
    "cp1256": ["فيروز", "نسم علينا الهوى", "حبيتك بالصيف"],
    "cp874": ["คาราบาว", "เมดอินไทยแลนด์", "บัวลอย"],
    "cp932": ["宇多田ヒカル", "First Love"],
    "gbk": ["周杰伦", "青花瓷", "我很忙"],
    "big5": ["周杰倫", "青花瓷", "我很忙"],
    "euc_kr": ["소녀시대", "다시 만난 세계", "첫번째 앨범 모음"],
    "euc_jp": ["はじめてのチュウ", "あんしんパパ"],
    "cp1252": ["It’s a “test”…", "plain"],
}
WESTERN = [
    ["Sigur Rós", "Þýðir æðið", "Ágætis byrjun"],
    ["Motörhead", "Ace of Spades"],
    ["Íñigo Quintero"],
    ["CORAÇÃO", "ÁRVORE"],
    ["«CAFÉ»"],
    ["Æ"],
    ["þýða", "Æði"],
    ["ÅÄÖ åäö"],
    ["Café del Mar", "ÉÉ"],
    ["¡Olé!", "¿Qué?"],
]


@pytest.mark.parametrize("encoding", CERTAIN)
def test_certain_encodings_are_repaired(encoding: str) -> None:
    garbled = [text.encode(encoding).decode("latin-1") for text in CERTAIN[encoding]]
    assert repaired(garbled, legacy=True) == CERTAIN[encoding]


@pytest.mark.parametrize("texts", WESTERN)
def test_western_names_are_left_alone(texts: list[str]) -> None:
    assert repaired(texts, legacy=True) == texts


def test_apostrophes_of_windows_are_no_japanese() -> None:
    assert repaired(["Don\x92t", "Won\x92t", "Can\x92t"], legacy=True) == ["Don’t", "Won’t", "Can’t"]


def test_too_little_to_tell_is_left_alone() -> None:
    short = "Ир".encode("cp1251").decode("latin-1")
    assert repaired([short], legacy=True) == [short]


def test_declared_unicode_is_only_looked_at_for_double_encoding() -> None:
    cyrillic = "Группа крови".encode("cp1251").decode("latin-1")
    assert repaired([cyrillic, "BjÃ¶rk", "Itâ€™s"], legacy=False) == [cyrillic, "Björk", "It’s"]


@given(st.lists(st.text(max_size=30), max_size=5), st.booleans())
def test_every_text_keeps_its_place(texts: list[str], legacy: bool) -> None:
    assert len(repaired(texts, legacy=legacy)) == len(texts)


def test_id3_latin_1_frames_of_a_cyrillic_tagger(tmp_path: Path) -> None:
    wrong = [name.encode("cp1251").decode("latin-1") for name in ("Группа крови", "Кино")]
    track = id3_file(
        tmp_path / "a.mp3", text("TIT2", wrong[0], encoding=0), text("TPE1", wrong[1], encoding=0), text("TALB", "1988")
    )
    assert (track.title, track.artists, track.album) == ("Группа крови", ("Кино",), "1988")


def test_id3_unicode_frames_are_believed(tmp_path: Path) -> None:
    wrong = "Группа крови".encode("cp1251").decode("latin-1")
    assert id3_file(tmp_path / "a.mp3", text("TIT2", wrong, encoding=3)).title == wrong


EUROPEAN = {
    "cp1250": [
        ["Miłość", "Ciągle pada", "Gołębie", "Święta żona", "Mała wojna"],
        ["Dvořák", "Příběh", "Z nového světa", "Můj život", "Žlutá růže"],
        ["Őszi éjjel", "Elmúlt a nyár", "Gyöngyhajú lány", "Szép nő"],
    ],
    "cp1254": [["Şımarık", "Öldürür Sevda", "Gülşen", "Yalnızlık Senfonisi", "İstanbul Ağlıyor"]],
}


@pytest.mark.parametrize(("encoding", "titles"), [(name, each) for name, lists in EUROPEAN.items() for each in lists])
def test_a_folder_tells_central_european_and_turkish(encoding: str, titles: list[str]) -> None:
    garbled = [text.encode(encoding).decode("latin-1") for text in titles]
    assert encoding_of(garbled) == encoding
    for title, wrong in zip(titles, garbled, strict=True):
        assert repaired([wrong], legacy=True, of_folder=encoding) == [title]


@pytest.mark.parametrize("texts", [*WESTERN, [each for texts in WESTERN for each in texts]])
def test_no_western_folder_is_taken_for_another(texts: list[str]) -> None:
    assert encoding_of(texts) is None


def test_a_folder_decides_for_its_files(tmp_path: Path) -> None:
    """Titles too short to tell by themselves, and one file in Western letters among them."""
    titles = ["Ты", "Мы", "Ир", "Группа крови", "Звезда по имени Солнце", "Спокойная ночь"]
    for at, title in enumerate(titles):
        id3_file(tmp_path / f"{at}.mp3", text("TIT2", title.encode("cp1251").decode("latin-1"), encoding=0))
    id3_file(tmp_path / "w.mp3", text("TIT2", "Café", encoding=0))
    read = [read_track(str(tmp_path / f"{at}.mp3")).title for at in range(len(titles))]
    assert read == titles
    assert read_track(str(tmp_path / "w.mp3")).title == "Café"
