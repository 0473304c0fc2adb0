"""Covers at the size they are shown in: decoded off the GUI thread, kept in memory and on disk, both bounded."""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QImageWriter, QPainter, QPixmap

from player.ui.placeholder import draw_cover

logger = logging.getLogger(__name__)

MEMORY_BYTES = 96 << 20
BATCH_MS = 25
DISK_BYTES = 256 << 20
STALE_AFTER = 240
"""A request is dropped when so many newer ones came before its turn: its row has long been scrolled away."""
MAX_PIXELS = 64_000_000
"""Larger pictures are not decoded; the drawn cover stands in."""

Fetch = Callable[[str, Callable[[bytes | None], None]], None]


class CoverArt(NamedTuple):
    """Which cover.

    Attributes:
        key: Digest of the picture; None where there is none.
        name: What the drawn cover is made from: the album's title and artist.
    """

    key: str | None
    name: str


class _Wanted(NamedTuple):
    """A cover at a size: device pixels of its side and of its corners' radius."""

    art: CoverArt
    px: int
    radius: int


def rounded(image: QImage, px: int, radius: int) -> QImage:
    """A copy, `px` x `px`, with round corners."""
    out = QImage(px, px, QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(QRectF(0, 0, px, px), radius, radius)
    painter.end()
    return out


def square(image: QImage, px: int) -> QImage:
    """The middle square of a picture, scaled to `px` x `px`."""
    side = min(image.width(), image.height())
    if image.width() != image.height():
        image = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    if side == px:
        return image
    return image.scaled(px, px, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def decode(data: bytes, px: int) -> QImage:
    """A picture from its file's bytes, `px` x `px`; a null image where it cannot be read.

    JPEGs are decoded at a reduced size where that is enough.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MAX_PIXELS:
            return QImage()
        if min(size.width(), size.height()) > 2 * px:
            reader.setScaledSize(size.scaled(QSize(2 * px, 2 * px), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return image if image.isNull() else square(image, px)


class DiskCache:
    """Scaled covers as JPEG files, one folder a size; safe from several threads (files are replaced whole)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str, px: int) -> Path:
        """Where the cover `key` at `px` is kept."""
        name = key if key.isalnum() else hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        return self._folder / str(px) / f"{name}.jpg"

    def load(self, key: str, px: int) -> QImage:
        """The kept cover, a null image where there is none."""
        return QImage(str(self.path(key, px)))

    def store(self, key: str, px: int, image: QImage) -> None:
        """Keep a cover; a full or read-only disk only costs the cache."""
        path = self.path(key, px)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            writer = QImageWriter(str(part), QByteArray(b"jpg"))
            writer.setQuality(92)
            if writer.write(image):
                part.replace(path)
        except OSError as error:
            logger.info("cover not kept: %s", error)

    def trim(self, limit: int = DISK_BYTES) -> None:
        """Delete the oldest files until at most `limit` bytes are used."""
        facts = [(path.stat(), path) for path in self._folder.rglob("*.jpg")]
        total = sum(stat.st_size for stat, _ in facts)
        for stat, path in sorted(facts, key=lambda fact: fact[0].st_mtime):
            if total <= limit:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size


class _Worker(threading.Thread):
    """One thread that does the newest job first: a view that scrolls wants what it shows now."""

    def __init__(self) -> None:
        super().__init__(name="thumbnails", daemon=True)
        self._jobs: queue.LifoQueue[Callable[[], None] | None] = queue.LifoQueue()
        self._ended = False
        self.start()

    def add(self, jobs: Iterable[Callable[[], None]]) -> None:
        """Do these next, the last one first."""
        for job in jobs:
            self._jobs.put(job)

    def end(self) -> None:
        """End after the job at hand; the others are dropped."""
        self._ended = True
        self._jobs.put(None)
        self.join()

    def run(self) -> None:
        while (job := self._jobs.get()) is not None and not self._ended:
            try:
                job()
            except Exception:  # the border of the thread: a cover must never take the program down
                logger.exception("a cover could not be made")


class Covers(QObject):
    """Hands out covers at once when they are in memory, else later with `ready`.

    Signals:
        ready(CoverArt): A size of this cover has arrived; repaint where it shows, nothing else.

    Args:
        fetch: Gets a cover's bytes by its key and answers on the GUI thread (None: not there).
        folder: For the disk cache.
        parent: Qt parent.
    """

    ready = Signal(object)
    _made = Signal(object, QImage)
    _lacking = Signal(object)

    def __init__(self, fetch: Fetch, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._disk = DiskCache(folder)
        self._worker = _Worker()
        self._kept: OrderedDict[_Wanted, QPixmap] = OrderedDict()
        self._bytes = 0
        self._waiting: set[_Wanted] = set()
        self._asked: defaultdict[str, list[_Wanted]] = defaultdict(list)
        self._count = 0
        self._closed = False
        self._fresh: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(BATCH_MS)
        self._soon.timeout.connect(self._hand_over)
        self._made.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._lacking.connect(self._ask, Qt.ConnectionType.QueuedConnection)
        self._start(self._disk.trim)

    def get(self, art: CoverArt, px: float, radius: float = 0.0, dpr: float = 1.0) -> QPixmap | None:
        """The cover with a side of `px` logical px, or None while it is on its way."""
        wanted = _Wanted(art, round(px * dpr), round(radius * dpr))
        found = self._kept.get(wanted)
        if found is not None:
            self._kept.move_to_end(wanted)
            if found.devicePixelRatio() != dpr:
                found.setDevicePixelRatio(dpr)
            return found
        if wanted not in self._waiting and not self._closed:
            self._waiting.add(wanted)
            self._count += 1
            number = self._count
            self._start(partial(self._guarded, wanted, partial(self._load, wanted, number)))
        return None

    def close(self) -> None:
        """Stop; nothing arrives afterwards."""
        self._closed = True
        self._soon.stop()
        self._worker.end()

    def _start(self, job: Callable[[], None]) -> None:
        """Hand a job over soon, together with others: waking the thread for each would slow painting down."""
        self._fresh.append(job)
        if not self._soon.isActive():
            self._soon.start()

    def _hand_over(self) -> None:
        jobs, self._fresh = self._fresh, []
        self._worker.add(jobs)

    # In the worker.

    def _guarded(self, wanted: _Wanted, work: Callable[[], None]) -> None:
        """Work on a cover; one that fails is no longer waited for, so that it can be asked for again."""
        try:
            work()
        except Exception:  # the border of the thread: a cover must never take the program down
            logger.exception("the cover of %s could not be made", wanted.art.name)
            self._made.emit(wanted, QImage())

    def _load(self, wanted: _Wanted, number: int) -> None:
        if self._count - number > STALE_AFTER:
            self._made.emit(wanted, QImage())
        elif wanted.art.key is None:
            self._draw(wanted)
        else:
            image = self._disk.load(wanted.art.key, wanted.px)
            if image.isNull():
                self._lacking.emit(wanted)
            else:
                self._finish(wanted, image)

    def _decode(self, wanted: _Wanted, data: bytes) -> None:
        image = decode(data, wanted.px)
        if image.isNull() or wanted.art.key is None:
            self._draw(wanted)
            return
        self._disk.store(wanted.art.key, wanted.px, image)
        self._finish(wanted, image)

    def _draw(self, wanted: _Wanted) -> None:
        self._finish(wanted, draw_cover(wanted.art.name, wanted.px))

    def _finish(self, wanted: _Wanted, image: QImage) -> None:
        self._made.emit(wanted, rounded(image, wanted.px, wanted.radius) if wanted.radius else image)

    # On the GUI thread.

    def _ask(self, wanted: _Wanted) -> None:
        key = wanted.art.key
        if self._closed or key is None:
            return
        waiting = self._asked[key]
        waiting.append(wanted)
        if len(waiting) == 1:
            self._fetch(key, lambda data: self._fetched(key, data))

    def _fetched(self, key: str, data: bytes | None) -> None:
        for wanted in self._asked.pop(key, ()):
            if self._closed:
                return
            work = partial(self._decode, wanted, data) if data else partial(self._draw, wanted)
            self._start(partial(self._guarded, wanted, work))

    def _arrived(self, wanted: _Wanted, image: QImage) -> None:
        self._waiting.discard(wanted)
        if self._closed:
            return
        if not image.isNull():
            pixmap = self._kept[wanted] = QPixmap.fromImage(image)
            self._bytes += pixmap.width() * pixmap.height() * 4
            while self._bytes > MEMORY_BYTES and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self._bytes -= old.width() * old.height() * 4
        self.ready.emit(wanted.art)
