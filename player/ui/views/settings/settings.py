"""Settings: folders, sound, look, learning. Every change takes effect at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSystemTrayIcon, QVBoxLayout, QWidget

from player.domain import Settings
from player.ui import words
from player.ui.guard import guarded, none
from player.ui.models.nav import PageKind, Place
from player.ui.services import (
    HasAudio,
    HasGo,
    HasHistory,
    HasLibrary,
    HasLibraryOperations,
    HasLook,
    HasProfile,
    HasSay,
    HasScrobbling,
    HasSettings,
)
from player.ui.views.frame.scrolled import PanelCard, ScrolledPage
from player.ui.views.settings.scrobbling import ScrobblingCard
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.buttons.controls import Check, Choice, TextButton
from player.ui.widgets.inputs.bands import decibels
from player.ui.widgets.inputs.sliders import ThinSlider
from player.ui.widgets.layout.labels import ElidedLabel, TextLabel
from player.ui.widgets.overlays.notices import Notice

MOST_CROSSFADE_S = 12
MOST_PREAMP_DB = 12
NARROW_PX = 560
LABEL_PX = 150


class SettingsPageNeeds(
    HasAudio,
    HasGo,
    HasHistory,
    HasLibrary,
    HasLibraryOperations,
    HasLook,
    HasProfile,
    HasSay,
    HasScrobbling,
    HasSettings,
    Protocol,
):
    """What `SettingsPage` asks for."""


class SettingsPage(ScrolledPage):
    """All settings.

    Args:
        context: The window's services.
        choose_folder: Asks for a folder and adds it.
    """

    context: SettingsPageNeeds

    def __init__(self, context: SettingsPageNeeds, choose_folder: Callable[[], None]) -> None:
        super().__init__(context)
        self._look = context.look
        self._settings = context.settings
        self._devices: Choice | None = None
        self._tracks: int | None = None
        self._turning: list[QBoxLayout] = []
        self._shown: list[Callable[[Settings], None]] = []
        self.add_card(self._folders(choose_folder))
        self.add_card(self._sound())
        self.add_card(self._appearance())
        self.add_card(self._learning())
        self.add_card(ScrobblingCard(context, context.scrobbling))
        self.column.addStretch()
        self._settings.changed.connect(self._show_settings)
        context.library.changed.connect(self._show_folders)
        context.audio.devices_changed.connect(self._show_devices)

    def title(self) -> str:
        """The page's name."""
        return self.tr("Settings")

    def show_place(self, place: Place) -> None:
        """Folders and devices may have changed meanwhile."""
        self.context.library.count(self._counted)
        self._show_folders()
        self._show_devices()

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Controls stand below their names, and buttons below each other, where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self._look.px(NARROW_PX)
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for row in self._turning:
            row.setDirection(below if narrow else beside)

    # Cards.

    def _folders(self, choose_folder: Callable[[], None]) -> PanelCard:
        text = self.tr("Segue reads these folders and never changes a file in them unless you edit its tags.")
        card = PanelCard(self._look, self.tr("Music folders"), text)
        self._folder_list = QVBoxLayout()
        self._folder_list.setSpacing(2)
        card.body.addLayout(self._folder_list)
        add = TextButton(self._look, self.tr("Add a folder"), icon="folder-plus")
        add.clicked.connect(choose_folder)
        scan = TextButton(self._look, self.tr("Look for new music"), icon="arrow-clockwise")
        scan.clicked.connect(self.context.library.scan)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(add)
        buttons.addWidget(scan)
        buttons.addStretch()
        card.body.addLayout(buttons)
        self._turning.append(buttons)
        self._show_folders()
        return card

    def _sound(self) -> PanelCard:
        card = PanelCard(self._look, self.tr("Sound"))
        self._devices = Choice(self._look)
        self._show_devices()
        self._devices.activated.connect(self._device_chosen)
        self._row(card, self.tr("Output device"), self._devices)
        gains = (
            ("auto", self.tr("Even volume: by album within albums, else by track")),
            ("track", self.tr("Even volume: every track alike")),
            ("album", self.tr("Even volume: every album alike")),
            ("off", self.tr("As recorded")),
        )
        self._row(card, self.tr("Volume of tracks"), self._choice("gain_mode", gains))
        preamps = [(float(db), f"{decibels(db)} dB") for db in range(-MOST_PREAMP_DB, MOST_PREAMP_DB + 1)]
        self._row(card, self.tr("Pre-amplifier"), self._choice("preamp_db", preamps))
        slider = ThinSlider(self._look, self.tr("Crossfade"), in_page=True)
        slider.setRange(0, MOST_CROSSFADE_S)
        slider.setValue(self._settings.value.crossfade_ms // 1000)
        shown = TextLabel(self._look, font="digits", colour="text2")
        shown.setMinimumWidth(self._look.px(110))

        def show(seconds: int) -> None:
            shown.setText(self.tr("%Ln second(s)", "", seconds) if seconds else self.tr("None, without gaps"))
            self._settings.change(crossfade_ms=seconds * 1000)

        slider.valueChanged.connect(show)
        show(slider.value())
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(slider, 1)
        line.addWidget(shown)
        self._row(card, self.tr("Crossfade"), both)
        equaliser = TextButton(self._look, self.tr("Equaliser"), icon="sliders-horizontal")
        equaliser.clicked.connect(lambda: self.context.go(Place(PageKind.EQUALISER)))
        line = QHBoxLayout()
        line.addWidget(equaliser)
        line.addStretch()
        card.body.addLayout(line)
        return card

    def _appearance(self) -> PanelCard:
        card = PanelCard(self._look, self.tr("Look"))
        themes = (
            ("system", self.tr("Like the system")),
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
        )
        self._row(card, self.tr("Theme"), self._choice("theme", themes))
        languages = (("system", self.tr("Like the system")), ("en", "English"), ("zh_CN", "简体中文"))
        self._row(card, self.tr("Language"), self._choice("language", languages))
        scales = [(scale, f"{round(scale * 100)} %") for scale in (0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)]
        self._row(card, self.tr("Size of text"), self._choice("text_scale", scales))
        motion = self._check("reduced_motion", self.tr("Without animations"))
        card.body.addWidget(motion)
        card.body.addWidget(self._check("announce_tracks", self.tr("A notification with the cover for each track")))
        if QSystemTrayIcon.isSystemTrayAvailable():
            card.body.addWidget(self._check("tray", self.tr("An icon with a menu in the tray")))
            keeps = self._check("close_to_tray", self.tr("Closing the window leaves Segue playing in the tray"))
            keeps.setVisible(self._settings.value.tray)
            self._settings.changed.connect(lambda value: keeps.setVisible(value.tray))
            card.body.addWidget(keeps)
        return card

    def _learning(self) -> PanelCard:
        card = PanelCard(self._look, self.tr("Learning"))
        about = TextLabel(self._look, font="second", colour="text2", wrap=True)
        card.body.addWidget(about)

        def tell(settings: Settings) -> None:
            stays = self.tr(
                "Plays, skips and thumbs teach Segue what you like to hear next. All of it stays on this computer: "
                "the log in your profile, the model beside it."
            )
            sent = self.tr(
                "Plays, skips and thumbs teach Segue what you like to hear next. What is learned stays on this "
                "computer, as does the log; of each play, the services turned on below are told."
            )
            about.setText(sent if words.sends_plays(settings) else stays)

        tell(self._settings.value)
        self._shown.append(tell)
        private = self.tr("Private session: learn nothing for now")
        card.body.addWidget(self._check("private_session", private))
        idle = self.tr("Improve the model while the computer is idle and plugged in")
        card.body.addWidget(self._check("idle_training", idle))
        data = TextButton(self._look, self.tr("Bring your history, export it, or have it forgotten"))
        data.clicked.connect(lambda: self.context.go(Place(PageKind.DATA)))
        line = QHBoxLayout()
        line.addWidget(data)
        line.addStretch()
        card.body.addLayout(line)
        where = self.tr("Everything is kept in {0}").format(self.context.profile.data)
        label = TextLabel(self._look, where, font="small", colour="text3", wrap=True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.body.addWidget(label)
        return card

    # Their parts.

    def _row(self, card: PanelCard, name: str, control: QWidget) -> None:
        label = TextLabel(self._look, name, font="body")
        label.setBuddy(control)
        label.setMinimumWidth(self._look.px(LABEL_PX))
        if not control.accessibleName():
            control.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(control, 1)
        card.body.addLayout(row)
        self._turning.append(row)

    def _show_settings(self, settings: Settings) -> None:
        for show in self._shown:
            show(settings)

    def _choice(self, field: str, options: Sequence[tuple[Any, str]]) -> Choice:
        box = Choice(self._look)
        for value, text in options:
            box.addItem(text, value)
        self._select(box, getattr(self._settings.value, field))

        def chosen() -> None:
            self._settings.change(**{field: box.currentData()})

        box.activated.connect(chosen)
        self._shown.append(lambda value: self._select(box, getattr(value, field)))
        return box

    @staticmethod
    def _select(box: Choice, value: object) -> None:
        index = box.findData(value)
        if index >= 0:
            box.setCurrentIndex(index)

    def _check(self, field: str, text: str) -> Check:
        box = Check(self._look, text)
        box.setChecked(bool(getattr(self._settings.value, field)))
        box.toggled.connect(lambda on: self._settings.change(**{field: on}))
        self._shown.append(lambda value: box.setChecked(bool(getattr(value, field))))
        return box

    # Folders and devices.

    def _show_folders(self) -> None:
        while (item := self._folder_list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        folders = self.context.library.roots()
        for folder in folders:
            self._folder_list.addWidget(self._folder_row(str(folder)))
        if not folders:
            none = self.tr("None yet")
            self._folder_list.addWidget(TextLabel(self._look, none, font="second", colour="text3"))

    def _folder_row(self, folder: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        name = ElidedLabel(self._look, font="body")
        name.set_text(folder)
        remove = IconButton(self._look, "trash", self.tr("Remove {0} from the library").format(folder), px=18, side=32)
        remove.clicked.connect(lambda: self._remove(folder))
        line.addWidget(name, 1)
        line.addWidget(remove)
        return row

    def _remove(self, folder: str) -> None:
        self.context.library_operations.remove_root(folder)
        text = self.tr("{0} is no longer in your library. Its files are untouched.").format(folder)
        self.context.say(Notice.of_change(text, self._take_back))

    def _take_back(self) -> None:
        self.context.history.undo()

    def _show_devices(self) -> None:
        if self._devices is None:
            return
        chosen = self._settings.value.output_device
        self._devices.clear()
        self._devices.addItem(self.tr("System default"), "")
        for device in self.context.audio.devices():
            if device.name:
                label = self.tr("No sound") if device.name == "null" else device.label or device.name
                self._devices.addItem(label, device.name)
        if chosen and self._devices.findData(chosen) < 0:
            self._devices.addItem(self.tr("{0} (not connected)").format(chosen), chosen)
        self._select(self._devices, chosen)

    def _device_chosen(self) -> None:
        if self._devices is not None:
            self._settings.change(output_device=self._devices.currentData())

    def count(self) -> str:
        """How much music there is."""
        return words.tracks(self._tracks) if self._tracks is not None else ""

    def library_changed(self) -> None:
        """Count again."""
        self.context.library.count(self._counted)

    def _counted(self, tracks: int) -> None:
        self._tracks = tracks
        self.header_changed.emit()
