-- A profile of revision 0005 before the first release, written by the program of that time.

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE albums (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ident TEXT NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	artist TEXT NOT NULL, 
	artist_key TEXT NOT NULL, 
	mbid TEXT, 
	compilation BOOLEAN NOT NULL, 
	year INTEGER, 
	track_count INTEGER NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	cover_key TEXT, 
	added_at INTEGER NOT NULL, 
	CONSTRAINT uq_albums_ident UNIQUE (ident)
);
CREATE TABLE artists (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	ident TEXT NOT NULL, 
	mbid TEXT, 
	track_count INTEGER NOT NULL, 
	album_count INTEGER NOT NULL, 
	cover_key TEXT, 
	CONSTRAINT uq_artists_mbid UNIQUE (mbid)
);
CREATE TABLE content (
	audio_key TEXT NOT NULL, 
	extractor TEXT NOT NULL, 
	vector BLOB, 
	tags TEXT NOT NULL, 
	tempo DOUBLE, 
	musical_key TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	made_at INTEGER NOT NULL, 
	CONSTRAINT pk_content PRIMARY KEY (audio_key)
);
CREATE TABLE genres (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	ident TEXT NOT NULL, 
	track_count INTEGER NOT NULL, 
	CONSTRAINT uq_genres_ident UNIQUE (ident)
);
CREATE TABLE loudness (
	audio_key TEXT NOT NULL, 
	lufs DOUBLE, 
	range_lu DOUBLE, 
	peak DOUBLE, 
	problem TEXT NOT NULL, 
	made_at INTEGER NOT NULL, 
	CONSTRAINT pk_loudness PRIMARY KEY (audio_key)
);
CREATE TABLE models (
	version TEXT NOT NULL, 
	trained_at INTEGER NOT NULL, 
	events INTEGER NOT NULL, 
	seconds DOUBLE NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	promoted BOOLEAN NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_models PRIMARY KEY (version)
);
CREATE TABLE playlists (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	created_at INTEGER NOT NULL, 
	changed_at INTEGER NOT NULL, 
	rules TEXT, 
	rules_order TEXT, 
	rules_descending BOOLEAN NOT NULL, 
	rules_limit INTEGER
);
CREATE TABLE queues (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	past BOOLEAN NOT NULL, 
	saved_at INTEGER NOT NULL, 
	position_ms INTEGER NOT NULL, 
	repeat VARCHAR(24) NOT NULL, 
	shuffle BOOLEAN NOT NULL, 
	stop_after_current BOOLEAN NOT NULL
);
CREATE TABLE revisions (
	subject TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (subject)
);
CREATE TABLE roots (
	id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	added_at INTEGER NOT NULL, 
	CONSTRAINT pk_roots PRIMARY KEY (id), 
	CONSTRAINT uq_roots_path UNIQUE (path)
);
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
CREATE TABLE album_artists (
	album_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	artist_id INTEGER NOT NULL, 
	CONSTRAINT pk_album_artists PRIMARY KEY (album_id, position), 
	CONSTRAINT fk_album_artists_album_id_albums FOREIGN KEY(album_id) REFERENCES albums (id) ON DELETE CASCADE, 
	CONSTRAINT fk_album_artists_artist_id_artists FOREIGN KEY(artist_id) REFERENCES artists (id)
)
 WITHOUT ROWID

;
CREATE TABLE tracks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	path TEXT NOT NULL, 
	start_ms INTEGER NOT NULL, 
	superseded INTEGER NOT NULL, 
	end_ms INTEGER, 
	state VARCHAR(24) NOT NULL, 
	missing_since INTEGER, 
	size INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	audio_key TEXT, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	artist TEXT NOT NULL, 
	artist_key TEXT NOT NULL, 
	album_id INTEGER, 
	disc_no INTEGER, 
	track_no INTEGER, 
	year INTEGER, 
	duration_ms INTEGER NOT NULL, 
	track_gain_db DOUBLE, 
	track_peak DOUBLE, 
	album_gain_db DOUBLE, 
	album_peak DOUBLE, 
	bpm DOUBLE, 
	rating DOUBLE, 
	cover_key TEXT, 
	format TEXT NOT NULL, 
	playable BOOLEAN NOT NULL, 
	added_at INTEGER NOT NULL, 
	CONSTRAINT ck_tracks_rating CHECK (rating BETWEEN 0 AND 1), 
	CONSTRAINT ck_tracks_times CHECK (start_ms >= 0 AND duration_ms >= 0), 
	CONSTRAINT fk_tracks_album_id_albums FOREIGN KEY(album_id) REFERENCES albums (id), 
	CONSTRAINT uq_tracks_path_start_ms_superseded UNIQUE (path, start_ms, superseded)
);
CREATE TABLE dismissals (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	track_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	until INTEGER NOT NULL, 
	CONSTRAINT fk_dismissals_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id)
);
CREATE TABLE playlist_entries (
	playlist_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	track_id INTEGER, 
	path TEXT NOT NULL, 
	title TEXT NOT NULL, 
	artist TEXT NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	CONSTRAINT pk_playlist_entries PRIMARY KEY (playlist_id, position), 
	CONSTRAINT fk_playlist_entries_playlist_id_playlists FOREIGN KEY(playlist_id) REFERENCES playlists (id) ON DELETE CASCADE, 
	CONSTRAINT fk_playlist_entries_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id)
)
 WITHOUT ROWID

;
CREATE TABLE plays (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	track_id INTEGER NOT NULL, 
	started_at INTEGER NOT NULL, 
	utc_offset_min INTEGER NOT NULL, 
	ended_at INTEGER, 
	listened_ms INTEGER NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	start_reason VARCHAR(24) NOT NULL, 
	end_reason VARCHAR(24), 
	queue_position INTEGER NOT NULL, 
	model_version TEXT, 
	score DOUBLE, 
	session INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	source TEXT, 
	CONSTRAINT ck_plays_listened CHECK (listened_ms >= 0), 
	CONSTRAINT fk_plays_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id), 
	CONSTRAINT uq_plays_source_track_id_started_at UNIQUE (source, track_id, started_at)
);
CREATE TABLE priors (
	track_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	play_count INTEGER NOT NULL, 
	skip_count INTEGER NOT NULL, 
	rating DOUBLE, 
	last_played_at INTEGER, 
	CONSTRAINT pk_priors PRIMARY KEY (track_id, source), 
	CONSTRAINT fk_priors_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE queue_entries (
	queue_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	track_id INTEGER NOT NULL, 
	origin VARCHAR(24) NOT NULL, 
	start_reason VARCHAR(24) NOT NULL, 
	pinned BOOLEAN NOT NULL, 
	suggestion TEXT, 
	CONSTRAINT pk_queue_entries PRIMARY KEY (queue_id, position), 
	CONSTRAINT fk_queue_entries_queue_id_queues FOREIGN KEY(queue_id) REFERENCES queues (id) ON DELETE CASCADE, 
	CONSTRAINT fk_queue_entries_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE thumbs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	track_id INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	while_playing INTEGER, 
	CONSTRAINT ck_thumbs_value CHECK (value IN (-1, 0, 1)), 
	CONSTRAINT fk_thumbs_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id), 
	CONSTRAINT fk_thumbs_while_playing_tracks FOREIGN KEY(while_playing) REFERENCES tracks (id)
);
CREATE TABLE track_artists (
	track_id INTEGER NOT NULL, 
	role VARCHAR(24) NOT NULL, 
	position INTEGER NOT NULL, 
	artist_id INTEGER NOT NULL, 
	CONSTRAINT pk_track_artists PRIMARY KEY (track_id, role, position), 
	CONSTRAINT fk_track_artists_artist_id_artists FOREIGN KEY(artist_id) REFERENCES artists (id), 
	CONSTRAINT fk_track_artists_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE track_details (
	track_id INTEGER NOT NULL, 
	scanned_at INTEGER NOT NULL, 
	title_sort TEXT NOT NULL, 
	album_sort TEXT NOT NULL, 
	artist_sorts TEXT NOT NULL, 
	album_artist_sorts TEXT NOT NULL, 
	disc_total INTEGER, 
	disc_title TEXT NOT NULL, 
	track_total INTEGER, 
	date TEXT NOT NULL, 
	original_date TEXT NOT NULL, 
	compilation BOOLEAN NOT NULL, 
	moods TEXT NOT NULL, 
	label TEXT NOT NULL, 
	isrc TEXT NOT NULL, 
	mb_recording_id TEXT NOT NULL, 
	mb_track_id TEXT NOT NULL, 
	mb_album_id TEXT NOT NULL, 
	mb_release_group_id TEXT NOT NULL, 
	mb_artist_ids TEXT NOT NULL, 
	mb_album_artist_ids TEXT NOT NULL, 
	initial_key TEXT NOT NULL, 
	lyrics TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	tagged_play_count INTEGER, 
	cover_path TEXT NOT NULL, 
	lossless BOOLEAN NOT NULL, 
	bitrate INTEGER, 
	sample_rate INTEGER, 
	channels INTEGER, 
	bits_per_sample INTEGER, 
	problem TEXT NOT NULL, 
	CONSTRAINT pk_track_details PRIMARY KEY (track_id), 
	CONSTRAINT fk_track_details_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
);
CREATE TABLE track_genres (
	track_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	genre_id INTEGER NOT NULL, 
	CONSTRAINT pk_track_genres PRIMARY KEY (track_id, position), 
	CONSTRAINT fk_track_genres_genre_id_genres FOREIGN KEY(genre_id) REFERENCES genres (id), 
	CONSTRAINT fk_track_genres_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE track_stats (
	track_id INTEGER NOT NULL, 
	play_count INTEGER NOT NULL, 
	skip_count INTEGER NOT NULL, 
	last_played_at INTEGER, 
	thumb INTEGER NOT NULL, 
	CONSTRAINT pk_track_stats PRIMARY KEY (track_id), 
	CONSTRAINT fk_track_stats_track_id_tracks FOREIGN KEY(track_id) REFERENCES tracks (id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE track_search USING fts5(title, artists, album, album_artists, genres, composers, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
CREATE TABLE foreign_plays (
	artist_key TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	started_at INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	artist TEXT NOT NULL, 
	title TEXT NOT NULL, 
	album TEXT NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	recording_mbid TEXT NOT NULL, 
	listened_ms INTEGER, 
	skipped BOOLEAN, 
	CONSTRAINT pk_foreign_plays PRIMARY KEY (artist_key, title_key, started_at, source)
)
 WITHOUT ROWID

;
CREATE TABLE foreign_counts (
	artist_key TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	album_key TEXT NOT NULL, 
	source TEXT NOT NULL, 
	artist TEXT NOT NULL, 
	title TEXT NOT NULL, 
	album TEXT NOT NULL, 
	duration_ms INTEGER NOT NULL, 
	recording_mbid TEXT NOT NULL, 
	path TEXT NOT NULL, 
	play_count INTEGER NOT NULL, 
	skip_count INTEGER NOT NULL, 
	rating DOUBLE, 
	last_played_at INTEGER, 
	thumb INTEGER NOT NULL, 
	thumb_at INTEGER NOT NULL, 
	CONSTRAINT pk_foreign_counts PRIMARY KEY (artist_key, title_key, album_key, source)
)
 WITHOUT ROWID

;
CREATE TABLE fresh_starts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	artist_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT fk_fresh_starts_artist_id_artists FOREIGN KEY(artist_id) REFERENCES artists (id) ON DELETE CASCADE
);
CREATE INDEX ix_albums_artist_key_year_title_key ON albums (artist_key, year, title_key);
CREATE INDEX ix_artists_ident ON artists (ident);
CREATE INDEX ix_artists_name_key ON artists (name_key);
CREATE UNIQUE INDEX uq_models_active ON models (active) WHERE active;
CREATE INDEX ix_album_artists_artist_id ON album_artists (artist_id);
CREATE INDEX ix_tracks_absent ON tracks (state) WHERE state <> 'present';
CREATE INDEX ix_tracks_added_at ON tracks (added_at);
CREATE INDEX ix_tracks_album_id_disc_no_track_no_title_key ON tracks (album_id, disc_no, track_no, title_key);
CREATE INDEX ix_tracks_audio_key ON tracks (audio_key) WHERE audio_key IS NOT NULL;
CREATE INDEX ix_tracks_cover_key ON tracks (cover_key) WHERE cover_key IS NOT NULL;
CREATE INDEX ix_tracks_title_key ON tracks (title_key);
CREATE INDEX ix_dismissals_track_id ON dismissals (track_id);
CREATE INDEX ix_playlist_entries_track_id ON playlist_entries (track_id);
CREATE INDEX ix_plays_open ON plays (id) WHERE end_reason IS NULL;
CREATE INDEX ix_plays_started_at ON plays (started_at);
CREATE INDEX ix_plays_track_id_started_at ON plays (track_id, started_at);
CREATE INDEX ix_queue_entries_track_id ON queue_entries (track_id);
CREATE INDEX ix_thumbs_track_id_at ON thumbs (track_id, at);
CREATE INDEX ix_track_artists_artist_id_role_track_id ON track_artists (artist_id, role, track_id);
CREATE INDEX ix_track_details_mb_recording_id ON track_details (mb_recording_id) WHERE mb_recording_id <> '';
CREATE INDEX ix_track_genres_genre_id_track_id ON track_genres (genre_id, track_id);
CREATE INDEX ix_track_stats_thumb ON track_stats (thumb) WHERE thumb <> 0;
CREATE INDEX ix_fresh_starts_artist_id ON fresh_starts (artist_id);
CREATE INDEX ix_tracks_removed ON tracks (path, superseded) WHERE state = 'removed';
INSERT INTO roots (id, path, added_at) VALUES (1, '/music', 1);
INSERT INTO artists (id, name, name_key, ident, mbid, track_count, album_count, cover_key) VALUES (1, 'Ada', 'ada', 'ada', NULL, 2, 1, NULL);
INSERT INTO artists (id, name, name_key, ident, mbid, track_count, album_count, cover_key) VALUES (2, 'Eva', 'eva', 'eva', NULL, 1, 1, NULL);
INSERT INTO artists (id, name, name_key, ident, mbid, track_count, album_count, cover_key) VALUES (3, 'Bob', 'bob', 'bob', NULL, 0, 1, NULL);
INSERT INTO albums (id, ident, title, title_key, artist, artist_key, mbid, compilation, year, track_count, duration_ms, cover_key, added_at) VALUES (1, 'artistsfirstadabob', 'First', 'first', 'Ada, Bob', 'ada, bob', NULL, 0, NULL, 2, 400000, NULL, 5);
INSERT INTO albums (id, ident, title, title_key, artist, artist_key, mbid, compilation, year, track_count, duration_ms, cover_key, added_at) VALUES (2, 'artistaloneeva', 'Alone', 'alone', 'Eva', 'eva', NULL, 0, NULL, 1, 200000, NULL, 5);
INSERT INTO tracks (id, path, start_ms, superseded, end_ms, state, missing_since, size, mtime_ns, audio_key, title, title_key, artist, artist_key, album_id, disc_no, track_no, year, duration_ms, track_gain_db, track_peak, album_gain_db, album_peak, bpm, rating, cover_key, format, playable, added_at) VALUES (1, '/music/a/1.flac', 0, 0, NULL, 'present', NULL, 1000, 1, 'k1', 'One', 'one', 'Ada', 'ada', 1, NULL, 1, NULL, 200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'flac', 1, 5);
INSERT INTO tracks (id, path, start_ms, superseded, end_ms, state, missing_since, size, mtime_ns, audio_key, title, title_key, artist, artist_key, album_id, disc_no, track_no, year, duration_ms, track_gain_db, track_peak, album_gain_db, album_peak, bpm, rating, cover_key, format, playable, added_at) VALUES (2, '/music/a/2.flac', 0, 0, NULL, 'present', NULL, 1000, 1, 'k2', 'Two', 'two', 'Ada', 'ada', 1, NULL, 2, NULL, 200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'flac', 1, 5);
INSERT INTO tracks (id, path, start_ms, superseded, end_ms, state, missing_since, size, mtime_ns, audio_key, title, title_key, artist, artist_key, album_id, disc_no, track_no, year, duration_ms, track_gain_db, track_peak, album_gain_db, album_peak, bpm, rating, cover_key, format, playable, added_at) VALUES (3, '/music/b/3.flac', 0, 0, NULL, 'present', NULL, 1000, 1, 'k3', 'Three', 'three', 'Eva', 'eva', 2, NULL, NULL, NULL, 200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'flac', 1, 5);
INSERT INTO queues (id, past, saved_at, position_ms, repeat, shuffle, stop_after_current) VALUES (1, 0, 0, 9, 'off', 1, 0);
INSERT INTO playlists (id, name, name_key, created_at, changed_at, rules, rules_order, rules_descending, rules_limit) VALUES (1, 'Evening', 'evening', 7, 8, NULL, NULL, 0, NULL);
INSERT INTO alembic_version (version_num) VALUES ('0005');
INSERT INTO revisions (subject, value) VALUES ('tracks', 1);
INSERT INTO revisions (subject, value) VALUES ('stats', 3);
INSERT INTO settings (key, value) VALUES ('queue.round', '{"played": [[1, 1, "picked"], [2, 2, "queued"], [9, 99, "queued"]], "unshuffled": [3, 2]}');
INSERT INTO settings (key, value) VALUES ('playback.positions', '{"3": 3000000, "99": 5}');
INSERT INTO settings (key, value) VALUES ('scrobbling.lastfm', '{"cursor": 1, "user": "ada", "sent": 3}');
INSERT INTO settings (key, value) VALUES ('training.last', '{"at": 77, "plays": 30}');
INSERT INTO settings (key, value) VALUES ('content.changes', '4');
INSERT INTO settings (key, value) VALUES ('library.scan_memory', '"{\"unreadable\": [[\"/music/x.mp3\", 1, 2, \"broken\"]], \"cues\": [], \"pictures\": []}"');
INSERT INTO settings (key, value) VALUES ('ui.window', '{"size": [1, 2]}');
INSERT INTO album_artists (album_id, position, artist_id) VALUES (1, 0, 1);
INSERT INTO album_artists (album_id, position, artist_id) VALUES (2, 0, 2);
INSERT INTO album_artists (album_id, position, artist_id) VALUES (1, 1, 3);
INSERT INTO playlist_entries (playlist_id, position, track_id, path, title, artist, duration_ms) VALUES (1, 0, 1, '', '', '', 0);
INSERT INTO playlist_entries (playlist_id, position, track_id, path, title, artist, duration_ms) VALUES (1, 1, 3, '', '', '', 0);
INSERT INTO plays (id, track_id, started_at, utc_offset_min, ended_at, listened_ms, duration_ms, start_reason, end_reason, queue_position, model_version, score, session, message, source) VALUES (1, 1, 1700000000000, 0, 1700000190000, 190000, 200000, 'picked', 'finished', 0, NULL, NULL, 1, '', NULL);
INSERT INTO queue_entries (queue_id, position, entry_id, track_id, origin, start_reason, pinned, suggestion) VALUES (1, 0, 2, 2, 'user', 'queued', 0, NULL);
INSERT INTO queue_entries (queue_id, position, entry_id, track_id, origin, start_reason, pinned, suggestion) VALUES (1, 1, 3, 3, 'user', 'queued', 0, NULL);
INSERT INTO thumbs (id, track_id, value, at, while_playing) VALUES (1, 2, 1, 6, NULL);
INSERT INTO track_artists (track_id, role, position, artist_id) VALUES (1, 'artist', 0, 1);
INSERT INTO track_artists (track_id, role, position, artist_id) VALUES (2, 'artist', 0, 1);
INSERT INTO track_artists (track_id, role, position, artist_id) VALUES (3, 'artist', 0, 2);
INSERT INTO track_details (track_id, scanned_at, title_sort, album_sort, artist_sorts, album_artist_sorts, disc_total, disc_title, track_total, date, original_date, compilation, moods, label, isrc, mb_recording_id, mb_track_id, mb_album_id, mb_release_group_id, mb_artist_ids, mb_album_artist_ids, initial_key, lyrics, comment, tagged_play_count, cover_path, lossless, bitrate, sample_rate, channels, bits_per_sample, problem) VALUES (1, 5, '', '', '[]', '[]', NULL, '', NULL, '', '', 0, '[]', '', '', '', '', '', '', '[]', '[]', '', '', '', NULL, '', 0, NULL, NULL, NULL, NULL, '');
INSERT INTO track_details (track_id, scanned_at, title_sort, album_sort, artist_sorts, album_artist_sorts, disc_total, disc_title, track_total, date, original_date, compilation, moods, label, isrc, mb_recording_id, mb_track_id, mb_album_id, mb_release_group_id, mb_artist_ids, mb_album_artist_ids, initial_key, lyrics, comment, tagged_play_count, cover_path, lossless, bitrate, sample_rate, channels, bits_per_sample, problem) VALUES (2, 5, '', '', '[]', '[]', NULL, '', NULL, '', '', 0, '[]', '', '', '', '', '', '', '[]', '[]', '', '', '', NULL, '', 0, NULL, NULL, NULL, NULL, '');
INSERT INTO track_details (track_id, scanned_at, title_sort, album_sort, artist_sorts, album_artist_sorts, disc_total, disc_title, track_total, date, original_date, compilation, moods, label, isrc, mb_recording_id, mb_track_id, mb_album_id, mb_release_group_id, mb_artist_ids, mb_album_artist_ids, initial_key, lyrics, comment, tagged_play_count, cover_path, lossless, bitrate, sample_rate, channels, bits_per_sample, problem) VALUES (3, 5, '', '', '[]', '[]', NULL, '', NULL, '', '', 0, '[]', '', '', '', '', '', '', '[]', '[]', '', '', '', NULL, '', 0, NULL, NULL, NULL, NULL, '');
INSERT INTO track_stats (track_id, play_count, skip_count, last_played_at, thumb) VALUES (1, 1, 0, 1700000000000, 0);
INSERT INTO track_stats (track_id, play_count, skip_count, last_played_at, thumb) VALUES (2, 0, 0, NULL, 1);
INSERT INTO track_search (rowid, title, artists, album, album_artists, genres, composers) VALUES (1, 'One', 'Ada', 'First', 'Ada / Bob', '', '');
INSERT INTO track_search (rowid, title, artists, album, album_artists, genres, composers) VALUES (2, 'Two', 'Ada', 'First', 'Ada / Bob', '', '');
INSERT INTO track_search (rowid, title, artists, album, album_artists, genres, composers) VALUES (3, 'Three', 'Eva', 'Alone', '', '', '');
INSERT INTO foreign_plays (artist_key, title_key, started_at, source, artist, title, album, duration_ms, recording_mbid, listened_ms, skipped) VALUES ('somebody', 'song', 5, 'lastfm', 'Somebody', 'Song', '', 0, '', NULL, NULL);
