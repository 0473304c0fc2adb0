"""Words: translations are complete, and numbers read well."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from PySide6.QtCore import QLocale, QTranslator

from player.paths import shipped
from player.ui import translations, words
from player.ui.actions import Group, all_actions, group_title
from player.ui.start import locale_of, readable

PLACES = re.compile(r"%n|\{[a-z0-9]*\}")
TS = {language: shipped("resources", "translations", f"segue_{language}.ts") for language in translations.LANGUAGES}


def messages(path: Path) -> list[tuple[str, list[str], bool]]:
    """Source, translations, whether finished, of every message."""
    found = []
    for message in parse(path).getroot().iter("message"):
        translation = message.find("translation")
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        found.append((message.findtext("source"), forms, translation.get("type") != "unfinished"))
    return found


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped files, brought up to date with the window's code."""
    folder = tmp_path_factory.mktemp("ts")
    copies = {language: Path(shutil.copy(path, folder)) for language, path in TS.items()}
    window = [
        path
        for path in translations.sources()
        if path.startswith((str(shipped("player", "ui")), str(shipped("player", "application"))))
    ]
    translations.collect(list(copies.values()), window)
    return copies


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated(collected: dict[str, Path], language: str) -> None:
    lacking = [source for source, forms, finished in messages(collected[language]) if not finished or not all(forms)]
    assert lacking == [], "run python -m player.ui.translations and translate these"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translations_keep_their_places(language: str) -> None:
    for source, forms, _ in messages(TS[language]):
        for form in forms:
            assert sorted(PLACES.findall(form)) == sorted(PLACES.findall(source)), source


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_compiled_files_are_those_of_the_texts(language: str, tmp_path: Path) -> None:
    copy = Path(shutil.copy(TS[language], tmp_path))
    translations.compile_to_qm(copy)
    assert copy.with_suffix(".qm").read_bytes() == TS[language].with_suffix(".qm").read_bytes()


@pytest.fixture
def chinese(qapp: object) -> Iterator[None]:
    """The program in Chinese."""
    translator, before = QTranslator(), QLocale()
    assert translator.load(str(TS["zh_CN"].with_suffix(".qm")))
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale("zh_CN"))
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_chinese_is_spoken(chinese: None) -> None:
    assert words.tracks(3) == "3 首曲目"
    assert words.unknown_artist() == "未知艺人"
    assert group_title(Group.PLAYBACK) == "播放"
    assert all(not spec.text.isascii() for spec in all_actions())


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0:00"), (-5, "0:00"), (59_999, "0:59"), (61_000, "1:01"), (3_600_000, "1:00:00")]
)
def test_clock(ms: int, text: str) -> None:
    assert words.clock(ms) == text


def test_languages() -> None:
    assert locale_of("zh_CN").name() == "zh_CN"
    assert locale_of("system") == readable(QLocale.system())


def test_a_system_without_a_language_is_read_in_english() -> None:
    assert readable(QLocale.c()) == QLocale("en")
    assert readable(QLocale("de_AT")) == QLocale("de_AT")


def test_no_text_is_formatted_before_it_is_translated() -> None:
    wrong = [
        f"{path.name}: {line.strip()}"
        for path in shipped("player", "ui").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\b(tr|translate)\((\"\w+\", )?f\"", line)
    ]
    assert wrong == []
