"""The bar at the bottom: what plays, thumbs, transport, seek bar, volume, Up Next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from player.application import Changes, Kind
from player.domain import PlayerState, Track
from player.ui import words
from player.ui.context import HasTracks
from player.ui.guard import guarded, none
from player.ui.models.nav import PageKind, Place
from player.ui.services import (
    HasAudio,
    HasController,
    HasCovers,
    HasGo,
    HasLibrary,
    HasLook,
    HasOperations,
    HasQueue,
    HasQueueOperations,
    HasSettings,
    HasSleep,
)
from player.ui.views.playing.playback_options import PlaybackOptions, in_force
from player.ui.views.playing.timeline import Timeline
from player.ui.widgets.buttons.basics import IconButton
from player.ui.widgets.inputs.sliders import ThinSlider
from player.ui.widgets.layout.cover_views import CoverButton
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import ElidedLink

HEIGHT = 92
SECOND_LINE_PX = 44
TWO_LINES_PX = 700
"""Below this width, at 100 % text, the seek bar has a line of its own."""
BESIDE = 7
"""Place of the seek bar in the one line: before the volume."""


class NowBarNeeds(
    HasAudio,
    HasController,
    HasCovers,
    HasGo,
    HasLibrary,
    HasLook,
    HasOperations,
    HasQueue,
    HasQueueOperations,
    HasSettings,
    HasSleep,
    HasTracks,
    Protocol,
):
    """What `NowBar` asks for."""


class NowBar(QFrame):
    """What plays, and the transport.

    Signals:
        full_wanted(): The user wants the full view of what plays.
        queue_toggled(bool): The user folds or unfolds Up Next.

    Args:
        context: The window's services.
        parent: Qt parent.
    """

    full_wanted = Signal()
    queue_toggled = Signal(bool)

    def __init__(self, context: NowBarNeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._track: Track | None = None
        self.setObjectName("nowbar")
        self.setAccessibleName(self.tr("Now playing"))
        self._make_left()
        self._make_transport()
        self._make_right()
        self._lay_out()
        self._connect()
        self._fold()
        self._show_track(self._context.controller.current_track)
        self._show_state(self._context.controller.state)
        self._show_volume(self._context.controller.volume, self._context.controller.muted)
        self._show_options_in_force()

    # Building.

    def _make_left(self) -> None:
        look, covers = self._context.look, self._context.covers
        self.cover = CoverButton(look, covers, 60, 8, self.tr("Open the full view"))
        self.title = ElidedLink(look, font="now")
        self.artist = ElidedLink(look, font="second", colour="text2")
        tips = self.tr("Less like this (-)"), self.tr("More like this (+)")
        self.down = IconButton(look, "thumbs-down", tips[0], checkable=True, on_colour="bad")
        self.up = IconButton(look, "thumbs-up", tips[1], checkable=True, on_colour="good")

    def _make_transport(self) -> None:
        look = self._context.look
        self.previous = IconButton(look, "skip-back", self.tr("Previous"), weight="fill", colour="text")
        self.play = IconButton(look, "play", self.tr("Play"), weight="fill", disc=True, side=46)
        self.next = IconButton(look, "skip-forward", self.tr("Next"), weight="fill", colour="text")
        self._timeline = Timeline(look, self._context.controller)
        self.seek = self._timeline.seek

    def _make_right(self) -> None:
        look = self._context.look
        self.mute = IconButton(look, "speaker-high", self.tr("Mute"))
        self.volume = ThinSlider(look, self.tr("Volume"))
        self.volume.setObjectName("volume")
        self.volume.setRange(0, 100)
        self.volume.setSingleStep(5)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(100)
        self.more = IconButton(look, "sliders-horizontal", self.tr("Playback options"))
        self.queue = IconButton(look, "queue", self.tr("Up Next"), checkable=True)
        self.queue.setChecked(True)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addStretch()
        names.addWidget(self.title)
        names.addWidget(self.artist)
        names.addStretch()
        self._left = QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(14)
        left.addWidget(self.cover)
        left.addLayout(names, 1)
        self._thumbs = QWidget()
        thumbs = QHBoxLayout(self._thumbs)
        thumbs.setContentsMargins(0, 0, 0, 0)
        thumbs.setSpacing(2)
        thumbs.addWidget(self.down)
        thumbs.addWidget(self.up)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._left)
        self._row.addWidget(self._thumbs)
        self._row.addSpacing(12)
        for button in (self.previous, self.play, self.next):
            self._row.addWidget(button)
        self._row.addSpacing(8)
        for widget in (self.mute, self.volume, self.more, self.queue):
            self._row.addWidget(widget)
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        column = QVBoxLayout(self)
        inset(column, 16, 0, 20, 0)
        column.setSpacing(0)
        column.addLayout(self._row, 1)
        column.addLayout(self._below)
        self._row.insertWidget(BESIDE, self._timeline, 1)

    def _connect(self) -> None:
        controller, queue = self._context.controller, self._context.queue
        controller.track_changed.connect(self._show_track)
        controller.state_changed.connect(self._show_state)
        controller.volume_changed.connect(self._show_volume)
        queue.changed.connect(self._show_enabled)
        queue.modes_changed.connect(self._show_options_in_force)
        controller.speed_changed.connect(self._show_options_in_force)
        self._context.sleep.changed.connect(self._show_options_in_force)
        self.play.clicked.connect(controller.play_pause)
        self.previous.clicked.connect(controller.previous)
        self.next.clicked.connect(controller.next)
        self.volume.valueChanged.connect(self._volume_moved)
        self.mute.clicked.connect(lambda: controller.set_muted(not controller.muted))
        self.more.clicked.connect(self.show_options)
        self.queue.toggled.connect(self.queue_toggled)
        self.cover.clicked.connect(self.full_wanted)
        self.title.clicked.connect(self._go_to_album)
        self.artist.clicked.connect(self._go_to_artist)
        self.up.clicked.connect(lambda: self.give_thumb(1))
        self.down.clicked.connect(lambda: self.give_thumb(-1))
        self._context.operations.changed.connect(self._on_changes)
        self._context.look.restyled.connect(self._fold)
        self._context.look.changed.connect(self.update)

    # What is shown.

    def set_peaks(self, peaks: Sequence[float]) -> None:
        """The waveform of what plays; empty for none yet."""
        self.seek.set_peaks(peaks)

    def set_queue_shown(self, shown: bool) -> None:
        """Whether Up Next is open."""
        self.queue.blockSignals(True)
        self.queue.setChecked(shown)
        self.queue.blockSignals(False)

    def give_thumb(self, value: int) -> None:
        """Give what plays a thumb, or take the same one back."""
        if self._track is not None:
            self._context.tracks.thumb(self._track, value)

    def refresh(self) -> None:
        """Read the playing track again: its tags may have changed."""
        if self._track is not None:
            found = self._context.library.tracks([self._track.id])
            self._show_track(found[0] if found else self._track)

    def _show_track(self, track: Track | None) -> None:
        changed = track is None or self._track is None or track.id != self._track.id
        self._track = track
        self.cover.set_art(words.cover_of(track) if track is not None else None)
        self.title.set_text(track.title if track is not None else self.tr("Nothing is playing"))
        self.artist.set_text((track.artist or words.unknown_artist()) if track is not None else "")
        self._fold()
        self._show_thumb(track.thumb if track is not None else 0)
        if changed:
            self.set_peaks(())
            length = track.duration_ms if track is not None else 0
            at = int(self._context.controller.position_ms) if track is not None else 0
            self._timeline.show_position(at, length)
        self._show_enabled()

    def _show_enabled(self) -> None:
        something = self._track is not None
        waiting = bool(self._context.queue.entries())
        for widget in (self.previous, self.seek, self.up, self.down):
            widget.setEnabled(something)
        self.next.setEnabled(something or waiting)
        self.play.setEnabled(something or waiting)

    def _show_options_in_force(self) -> None:
        """A listener who wonders why a track comes again sees where that was asked for."""
        options = in_force(self._context)
        title = self.tr("Playback options")
        self.more.light(bool(options))
        self.more.set_tip("\n".join([title, *options]) if options else title)

    def _show_thumb(self, value: int) -> None:
        self.up.setChecked(value > 0)
        self.down.setChecked(value < 0)

    def _on_changes(self, changes: Changes) -> None:
        if self._track is not None and changes.touches(Kind.THUMBS) and self._track.id in changes.ids:
            self.refresh()

    def _show_state(self, state: PlayerState) -> None:
        playing = state is PlayerState.PLAYING
        self.play.set_icon("pause" if playing else "play")
        self.play.set_tip(self.tr("Pause") if playing else self.tr("Play"))

    def _show_volume(self, volume: float, muted: bool) -> None:
        if not self.volume.isSliderDown():
            self.volume.blockSignals(True)
            self.volume.setValue(round(volume * 100))
            self.volume.blockSignals(False)
            self.volume.update()
        quiet = muted or volume == 0
        self.mute.set_icon("speaker-slash" if quiet else "speaker-low" if volume < 0.4 else "speaker-high")
        self.mute.set_tip(self.tr("Unmute") if quiet else self.tr("Mute"))

    def _volume_moved(self, value: int) -> None:
        self._context.controller.set_volume(value / 100)

    def _go_to_album(self) -> None:
        if self._track is not None and self._track.album_id is not None:
            self._context.go(Place(PageKind.ALBUM, int(self._track.album_id)))

    def _go_to_artist(self) -> None:
        if self._track is not None and self._track.artist_ids:
            self._context.go(Place(PageKind.ARTIST, int(self._track.artist_ids[0])))

    def show_options(self) -> None:
        """Open the menu of playback options."""
        menu = PlaybackOptions(self._context, self)
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 6)))

    # Layout.

    @guarded(none)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        scale = self._context.look.text_scale
        width = self.width() / scale
        two = width < TWO_LINES_PX
        self._stack(two)
        if two:
            self._left.setMinimumWidth(60)
            self._left.setMaximumWidth(self.width())
        else:
            self._left.setFixedWidth(int(min(250 * scale, max(160 * scale, self.width() * 0.22))))
        self._row.setStretch(0, 1 if two else 0)
        self.title.setVisible(width >= 240)
        self.artist.setVisible(width >= 240 and self._track is not None)
        self.volume.setVisible(width >= 1040)
        self._timeline.total.setVisible(width >= 860 or (two and width >= 240))
        self._timeline.elapsed.setVisible(width >= 760 or (two and width >= 240))
        self.mute.setVisible(width >= 760)
        self.more.setVisible(width >= 400)
        self.previous.setVisible(width >= 360)

    def _stack(self, two: bool) -> None:
        """Where one line is too narrow, time and thumbs stand on a second one."""
        height = max(HEIGHT, self._context.look.px(60) + 20)
        below = max(SECOND_LINE_PX, self._thumbs.sizeHint().height() + 6) if two else 0
        self.setFixedHeight(height + below)
        if two == (self._below.indexOf(self._timeline) >= 0):
            return
        if two:
            self._below.addWidget(self._timeline, 1)
            self._below.addWidget(self._thumbs)
            self._below.setContentsMargins(0, 0, 0, 6)
        else:
            self._below.setContentsMargins(0, 0, 0, 0)
            self._row.insertWidget(1, self._thumbs)
            self._row.insertWidget(BESIDE, self._timeline, 1)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tinted a little by the playing cover."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.look.theme.colour("bar"))
        painter.fillRect(0, 0, self.width(), 1, self._context.look.theme.colour("line"))
        painter.end()

    @guarded(lambda: QSize(320, HEIGHT))
    def minimumSizeHint(self) -> QSize:
        """Folds down to this width."""
        return QSize(300, HEIGHT)

    @guarded(none)
    def changeEvent(self, event: QEvent) -> None:
        """A new direction mirrors the icons of the transport."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange and hasattr(self, "previous"):
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.previous.set_icon("skip-forward" if rtl else "skip-back")
            self.next.set_icon("skip-back" if rtl else "skip-forward")
