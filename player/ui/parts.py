"""What the window is built from. The composition root (`player.app`) fills it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.application import (
        FeedbackService,
        ForgetOperations,
        OperationRunner,
        PlaylistOperations,
        QueueOperations,
        TagOperations,
        UndoHistory,
    )
    from player.audio import AudioOutput
    from player.importing import Exchange
    from player.library import Library
    from player.paths import Profile
    from player.playback import Controller, PlayQueue, SleepTimer
    from player.recommending import IdleTrainer, ModelExchange, Recorder, SuggestionService
    from player.scrobbling import Scrobbling
    from player.storage import Database
    from player.ui.live_settings import LiveSettings
    from player.workers import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The running player, as the window sees it. All QObjects live on the GUI thread.

    Attributes:
        profile: Where this user's state and cache are.
        db: The database; the window only reads a page at a time, writes go through the lane.
        storage_lane: Where every write and every long read runs.
        settings: The one owner of the settings; whoever needs to follow them listens to `changed`.
        audio: The sound engine, for the list of devices.
        library: What there is to play.
        queue: What plays next.
        controller: Play, pause, seek, volume.
        suggestions: Why and what Up Next suggests; thumbs.
        operations: Announces what operations have changed.
        history: What can be undone and redone.
        feedback: Thumbs, "not now", more like this.
        queue_operations: What the user does to the queue.
        playlists: What the user does to playlists.
        tags: Edits tags.
        forgetting: Forgets what was learned, or everything.
        recorder: Writes the play log; its `logged` refreshes history. None where nothing is logged.
        trainer: Idle training; None where it is not available.
        sleep: The sleep timer; None where there is none.
        exchange: Histories in and out; None where there is none.
        models: The model in and out; None where there is none.
        scrobbling: Tells other services what was played; None where there is none.
    """

    profile: Profile
    db: Database
    storage_lane: Lane
    settings: LiveSettings
    audio: AudioOutput
    library: Library
    queue: PlayQueue
    controller: Controller
    suggestions: SuggestionService
    operations: OperationRunner
    history: UndoHistory
    feedback: FeedbackService
    queue_operations: QueueOperations
    playlists: PlaylistOperations
    tags: TagOperations
    forgetting: ForgetOperations
    recorder: Recorder | None = None
    trainer: IdleTrainer | None = None
    sleep: SleepTimer | None = None
    exchange: Exchange | None = None
    models: ModelExchange | None = None
    scrobbling: Scrobbling | None = None
