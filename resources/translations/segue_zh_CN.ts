<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In lists of tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Louder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute or unmute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumb up: more like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumb down: skip it, leave it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seek 5 seconds, on the seek bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue, keep in Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up or down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename a playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full view with lyrics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Albums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Artists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Liked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a music folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new music</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private session on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose Up Next again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlbumPage</name>
    <message>
        <source>Album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks of the album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This album is no longer in the library</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlbumsPage</name>
    <message>
        <source>Albums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No albums yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks with an album in their tags appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort albums by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most played</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArtistPage</name>
    <message>
        <source>Tracks of the artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Albums of the artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This artist is no longer in the library</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArtistsPage</name>
    <message>
        <source>Artists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No artists yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artists of your tracks appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackgroundAnalysis</name>
    <message>
        <source>Tracks cannot be listened to.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Play what I like</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardActions</name>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last played</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>liked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disliked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file not found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>A track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” cannot be played: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {n} tracks in a row could not be played. “{title}”: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not in the library any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its file cannot be found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its file cannot be decoded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailPage</name>
    <message>
        <source>Play next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Looking for music: {0} files so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearly done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {0} of {1} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading your music</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No playable music was found in your folders. Add another one, or put music there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No music found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the folder your music is in, or drag it here. Segue reads it, plays it, and learns on this computer what you like to hear next. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome to Segue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a music folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderChooser</name>
    <message>
        <source>Add a music folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GenresPage</name>
    <message>
        <source>Genres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No genres yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Genres in the tags of your tracks appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search your library</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Played</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picked by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Played again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Plays, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing played yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every play and skip will be listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Continue listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New in your library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most played</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not heard for long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would you like to hear?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press play, and Up Next goes on from what you have listened to, on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}. Up Next goes on from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play what I like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IdleTrainer</name>
    <message>
        <source>The training failed; the log file says why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InsightsPage</name>
    <message>
        <source>Hours listened to each week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours each week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fewer of what was chosen for you is skipped, the better it knows you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most played in the last three months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained on this computer while it is idle; used only when they foresee your latest plays better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumbs, and what is left out for some days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back what no longer holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to say yet: play some music first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No plays in the last three months.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, from {1} events. {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model Segue came with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was not better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No thumbs given yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deletes the play log, all thumbs and the models trained here. Your music and playlists stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget everything learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press again to delete it for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything learned is forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>Private session: nothing is learned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning begins with your first play. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning from your first play. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training on {n} plays, on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning from {n} plays. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LyricsView</name>
    <message>
        <source>Lyrics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{0} added, {1} updated, {2} missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0}. %n file(s) could not be read</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Private session. Nothing is learned.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NavDelegate</name>
    <message>
        <source>Name of the playlist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NavList</name>
    <message>
        <source>Navigation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>What was learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Albums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Liked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete playlist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NowBar</name>
    <message>
        <source>Now playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the full view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less like this: skip it and leave it out (-)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seek</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playback options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuffle what I queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after this track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What I queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Close the full view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lyrics in the file&apos;s tags, or in an .lrc file beside it, appear here in time with the music.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No lyrics for this track</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Tracks, albums, artists, playlists, actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaletteSource</name>
    <message>
        <source>Playlist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlayQueue</name>
    <message>
        <source>Play now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move in queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep in queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back queue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaylistPage</name>
    <message>
        <source>Tracks of the playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This playlist is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag tracks onto its name, or choose “Add to playlist” from their menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move in playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete playlist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Playlists</name>
    <message>
        <source>New playlist “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playlist “{0}” deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} added to “{1}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Plurals</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n play(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Queued by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A track that is no longer in the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>liked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disliked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this, starting now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it out and play less like it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>The album goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More by this artist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the same kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually follows what plays now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Followed {name} before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually follows {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like what you play now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New to you, close to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New to you: {tags}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You gave it a thumb up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have played it {n} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have played it before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Because you finished {n} of {all} tracks by {artist}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Because you play {artist}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{album}” goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not heard for long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not heard for {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On repeat these days: {n} times so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have played it lately</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Often played in the morning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Often played in the afternoon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Often played in the evening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Often played at night</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fits what you are playing now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>see the log file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you play cannot be logged: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Artists and albums found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer or other words may help. Every word must begin a word of title, artist or album.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segue reads these folders and never changes a file in them unless you edit its tags.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Music folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new music</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Even volume: by album within albums, else by track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Even volume: every track alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Even volume: every album alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume of tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>None, without gaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without animations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plays, skips and thumbs teach Segue what you like to hear next. All of it stays on this computer: the log in your profile, the model beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private session: learn nothing for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Improve the model while the computer is idle and plugged in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is kept in {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Segue starts next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {0} from the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no longer in your library. Its files are untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>All shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SuggestionService</name>
    <message>
        <source>That could not be kept: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrackActions</name>
    <message>
        <source>Playing next: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to the queue: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like “{0}”, starting now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is left out of suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumb taken back: “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the thumb back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumbs up: more like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumbs down: leave it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to artist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TracksPage</name>
    <message>
        <source>Nothing liked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a track a thumb up and it is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tracks here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Music in your folders appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Liked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UpNext</name>
    <message>
        <source>Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen for you, on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Familiar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you know and like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you like, with something new now and then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adventurous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you have hardly heard, close to your taste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How adventurous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once there is music in your library, the next tracks are chosen here, on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to choose from yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play something, and what follows is chosen here. Every play and skip teaches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose for me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed, and left out of suggestions for some days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed from Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep in Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now: leave out for some days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from Up Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear what I queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as playlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier queues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up Next, {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen by model {0}, on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>Undone: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private session: nothing is learned until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private session ended</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{0} h {1} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown artist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
