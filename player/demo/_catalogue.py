"""Who plays what in the demo's library. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from player.demo import _styles as styles
from player.demo._styles import Style


@dataclass(frozen=True, slots=True)
class DemoArtist:
    """An artist of the demo.

    Attributes:
        name: As tagged.
        sort: Sort name; empty where it is the name.
        genres: As tagged.
        style: How they sound.
        colours: Palette of their covers, three RGB hex colours from dark to light.
    """

    name: str
    genres: tuple[str, ...]
    style: Style
    colours: tuple[str, str, str]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class DemoAlbum:
    """An album of the demo.

    Attributes:
        title: As tagged.
        year: Year of release.
        format: "flac", "opus", "ogg", "mp3" or "m4a".
        tracks: Titles in order, with the artist's key where it is a compilation.
        artist: Key of the artist; empty for a compilation.
        figure: Which figure its cover shows.
        embedded: Whether the cover is inside the files or beside them.
    """

    title: str
    artist: str
    year: int
    format: str
    figure: str
    tracks: tuple[str, ...]
    artists: tuple[str, ...] = field(default=())
    embedded: bool = True


ARTISTS = {
    "marrow": DemoArtist("Marrow & Tide", ("Ambient",), styles.AMBIENT, ("#0b2530", "#2f7f86", "#cfe8dc")),
    "kestrel": DemoArtist("Kestrel Line", ("Krautrock", "Indie Rock"), styles.KRAUT,
                          ("#2a1a12", "#d2622a", "#f6d9a8")),
    "haru": DemoArtist("水無月ハル", ("City Pop",), styles.CITY_POP, ("#1d1b4a", "#e8578f", "#ffd6a5"),
                       "Minazuki Haru"),
    "machines": DemoArtist("The Quiet Machines", ("Techno", "Minimal"), styles.TECHNO,
                           ("#101114", "#5d6470", "#d7ff5e"), "Quiet Machines, The"),
    "ada": DemoArtist("Ada Lindqvist", ("Modern Classical",), styles.PIANO, ("#3b3230", "#a88f7c", "#f3ebe0"),
                      "Lindqvist, Ada"),
    "tram": DemoArtist("Вечерний трамвай", ("Post-Punk",), styles.POST_PUNK, ("#14121f", "#5b3f8c", "#e4c1f9")),
    "sol": DemoArtist("Sol Hermano", ("Bossa Nova", "Latin Jazz"), styles.BOSSA, ("#14342b", "#60935d", "#f9e784")),
    "copper": DemoArtist("Copper Fields", ("Folk",), styles.WALTZ, ("#3a2b1d", "#b5733a", "#efe0c2")),
    "nujum": DemoArtist("نجوم الليل", ("Arabic", "Instrumental"), styles.MAQAM, ("#0d1b3e", "#c08a2e", "#f4e3b2")),
    "paperclip": DemoArtist("DJ Paperclip", ("Drum and Bass",), styles.BREAKS, ("#1c1c1c", "#ee4266", "#ffd23f"),
                            "Paperclip, DJ"),
    "ferro": DemoArtist("Ferro Vivace", ("Chiptune",), styles.CHIP, ("#0f380f", "#306230", "#9bbc0f")),
}  # fmt: skip

ALBUMS = (
    DemoAlbum("Low Water", "marrow", 2017, "opus", "waves",
              ("Shingle", "Half-Light on the Flats", "Moored", "The Long Ebb", "Saltings")),
    DemoAlbum("Slack Tide", "marrow", 2022, "flac", "waves",
              ("Lantern Hours", "Undertow, Slowly", "Grey Heron", "A Room Above the Harbour")),
    DemoAlbum("Motorway Birds", "kestrel", 2018, "flac", "stripes",
              ("Hover", "Junction 14", "Wide Verge", "Tailwind", "Sodium Lights")),
    DemoAlbum("Perpetual Overtake", "kestrel", 2023, "opus", "rays",
              ("Third Lane", "Cat's Eyes", "Service Station at Dawn", "Thermals", "Home by Ten")),
    DemoAlbum("真昼の電車", "haru", 2021, "opus", "sun",
              ("真昼の電車", "レモンと砂時計", "窓辺のラジオ", "海まで二駅", "夏のレシート")),
    DemoAlbum("Interval Training", "machines", 2016, "flac", "grid",
              ("Idle State", "Handshake", "Checksum", "Cold Start")),
    DemoAlbum("Night Shift", "machines", 2024, "opus", "grid",
              ("Loading Bay", "Conveyor", "Forklift Ballet", "Clock Out", "Empty Car Park")),
    DemoAlbum("Nocturnes for a Small Room", "ada", 2015, "flac", "rings",
              ("Lamp", "Kettle", "Curtain", "Letter Unsent", "Floorboards"), embedded=False),
    DemoAlbum("Snow on the Line", "ada", 2020, "opus", "rings",
              ("Departure", "White Fields", "The Waiting Room", "Arrival")),
    DemoAlbum("Огни на мосту", "tram", 2019, "opus", "stripes",
              ("Последний рейс", "Огни на мосту", "Мокрый асфальт", "Пустой вагон", "До кольца")),
    DemoAlbum("Cinco ventanas", "sol", 2014, "ogg", "sun",
              ("La primera mañana", "Patio con sombra", "Cinco ventanas", "Café sin prisa")),
    DemoAlbum("Harvest Waltzes", "copper", 2013, "mp3", "waves",
              ("The Gate", "Barley Moon", "Threshing Song", "Stubble"), embedded=False),
    DemoAlbum("باب البحر", "nujum", 2018, "flac", "rays",
              ("باب البحر", "قافلة", "ليل طويل", "نافذة على الميناء")),
    DemoAlbum("Bent Out of Shape", "paperclip", 2012, "opus", "grid",
              ("Staple Diet", "Desk Job", "Filing Error", "Out of Office")),
    DemoAlbum("Allegro a 8 bit", "ferro", 2011, "m4a", "grid",
              ("Livello uno", "Moneta", "Castello", "Fine del gioco")),
    DemoAlbum("Small Boats: A Compilation", "", 2023, "flac", "sun",
              ("Breakwater", "Rope and Varnish", "Oars", "Ставни", "Bailing", "Sea Glass"),
              ("marrow", "copper", "sol", "tram", "kestrel", "ada")),
)  # fmt: skip
