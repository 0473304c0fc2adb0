"""Which page shows which kind of place."""

from __future__ import annotations

from collections.abc import Callable

from player.ui.context import Context
from player.ui.models.nav import PageKind
from player.ui.views.browse.album_page import AlbumPage
from player.ui.views.browse.artist_page import ArtistPage
from player.ui.views.browse.browse import AlbumsPage, ArtistsPage, GenresPage, YearsPage
from player.ui.views.browse.folders import DuplicatesPage, FoldersPage
from player.ui.views.browse.search import SearchPage
from player.ui.views.frame.page import Page
from player.ui.views.home.home import HomePage
from player.ui.views.learning.history import HistoryPage
from player.ui.views.learning.insights import InsightsPage
from player.ui.views.playing.equaliser import EqualiserPage
from player.ui.views.playlists.playlist_page import PlaylistPage
from player.ui.views.settings.settings import SettingsPage
from player.ui.views.settings.your_data import YourDataPage
from player.ui.views.tracks.tracks_page import TracksPage


def page_makers(context: Context, choose_folder: Callable[[], None]) -> dict[PageKind, Callable[[], Page]]:
    """A maker for each kind of page; pages are made when they are first wanted.

    Args:
        context: The window's services.
        choose_folder: Asks the user for a music folder.
    """
    return {
        PageKind.HOME: lambda: HomePage(context),
        PageKind.ALBUMS: lambda: AlbumsPage(context),
        PageKind.TRACKS: lambda: TracksPage(context, PageKind.TRACKS),
        PageKind.ARTISTS: lambda: ArtistsPage(context),
        PageKind.GENRES: lambda: GenresPage(context),
        PageKind.YEARS: lambda: YearsPage(context),
        PageKind.FOLDERS: lambda: FoldersPage(context),
        PageKind.DUPLICATES: lambda: DuplicatesPage(context),
        PageKind.LIKED: lambda: TracksPage(context, PageKind.LIKED),
        PageKind.GENRE: lambda: TracksPage(context, PageKind.GENRE),
        PageKind.ALBUM: lambda: AlbumPage(context),
        PageKind.ARTIST: lambda: ArtistPage(context),
        PageKind.PLAYLIST: lambda: PlaylistPage(context),
        PageKind.SEARCH: lambda: SearchPage(context),
        PageKind.HISTORY: lambda: HistoryPage(context),
        PageKind.INSIGHTS: lambda: InsightsPage(context),
        PageKind.SETTINGS: lambda: SettingsPage(context, choose_folder),
        PageKind.DATA: lambda: YourDataPage(context),
        PageKind.EQUALISER: lambda: EqualiserPage(context),
    }
