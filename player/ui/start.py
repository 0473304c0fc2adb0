"""Starting Qt with the look of Segue: application, fonts, language, style."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from player.domain import Settings
from player.paths import APP, shipped
from player.ui.look import Look, load_fonts, render_icon
from player.ui.theme import Theme

logger = logging.getLogger(__name__)

STYLE_ICONS = (("caret", "caret-down", "text2"), ("tick", "check", "text"))
"""Icons that the style sheet refers to: name there, name of the icon, token of its colour."""


def make_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The one application object, made if it is not there yet."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    application = QApplication(list(sys.argv if arguments is None else arguments))
    application.setApplicationName(APP)
    application.setApplicationDisplayName(APP)
    application.setDesktopFileName("segue")
    return application


def locale_of(language: str) -> QLocale:
    """The locale of a language setting ("system", "en", "zh_CN")."""
    return readable(QLocale.system()) if language == "system" else QLocale(language)


def readable(locale: QLocale) -> QLocale:
    """A locale for people: the C locale of a bare system writes "1 09 2026" and 12345, so English stands in for it."""
    return locale if locale.language() is not QLocale.Language.C else QLocale("en")


def set_language(application: QApplication, language: str) -> None:
    """Take the translations of a language in place of those before, and count and write dates its way."""
    locale = locale_of(language)
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.setParent(None)
    QLocale.setDefault(locale)
    application.setLayoutDirection(locale.textDirection())
    folder = str(shipped("resources", "translations"))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, where in (("qtbase", qt_folder), ("segue", folder)):
        translator = QTranslator(application)
        # English has no texts of its own but plurals ("1 track", "2 tracks"): it is loaded like any other.
        if translator.load(locale, name, "_", where) or (name == "segue" and translator.load("segue_en", where)):
            application.installTranslator(translator)


def make_look(application: QApplication, settings: Settings, cache: Path) -> Look:
    """The look after the settings; the application's style follows it from now on."""
    QApplication.setStyle("Fusion")
    theme = Theme(settings.theme, application)
    look = Look(
        theme,
        load_fonts(),
        text_scale=settings.text_scale,
        reduced_motion=settings.reduced_motion,
        parent=application,
    )
    application.setFont(look.font("body"))
    application.setWindowIcon(QIcon(str(shipped("resources", "icons", "segue.svg"))))

    def restyle() -> None:
        application.setPalette(theme.palette())
        application.setFont(look.font("body"))
        application.setStyleSheet(theme.style_sheet(look.sizes() | style_icons(look, cache)))

    restyle()
    look.restyled.connect(restyle)
    return look


def style_icons(look: Look, cache: Path) -> dict[str, str]:
    """Paths of the icons that the style sheet needs, drawn in the colours of now."""
    folder = cache / "style"
    paths: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, icon, token in STYLE_ICONS:
            shade = look.theme.hex(token)
            path = folder / f"{icon}-{shade[1:]}.png"
            if not path.exists():
                render_icon(icon, shade, 32, 1.0, "regular").save(str(path))
            paths[name] = path.as_posix()
    except OSError as error:
        logger.warning("icons of the style sheet cannot be kept: %s", error)
    return {name: paths.get(name, "") for name, _, _ in STYLE_ICONS}
