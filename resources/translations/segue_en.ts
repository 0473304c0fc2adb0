<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountPanel</name>
    <message numerus="yes">
        <source>%Ln play(s) wait.</source>
        <translation>
            <numerusform>%Ln play waits.</numerusform>
            <numerusform>%Ln plays wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln play(s) the service did not want.</source>
        <translation>
            <numerusform>%Ln play the service did not want.</numerusform>
            <numerusform>%Ln plays the service did not want.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
        <source>%Ln copies too many</source>
        <translation>
            <numerusform>%Ln copy too many</numerusform>
            <numerusform>%Ln copies too many</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedbackService</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsightsPage</name>
    <message numerus="yes">
        <source>%Ln skip(s)</source>
        <translation>
            <numerusform>%Ln skip</numerusform>
            <numerusform>%Ln skips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearnedArtistsCard</name>
    <message numerus="yes">
        <source>%Ln finished</source>
        <translation>
            <numerusform>%Ln finished</numerusform>
            <numerusform>%Ln finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thumb(s) up</source>
        <translation>
            <numerusform>%Ln thumb up</numerusform>
            <numerusform>%Ln thumbs up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thumb(s) down</source>
        <translation>
            <numerusform>%Ln thumb down</numerusform>
            <numerusform>%Ln thumbs down</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryOperations</name>
    <message numerus="yes">
        <source>%Ln file(s) more could not be opened.</source>
        <translation>
            <numerusform>%Ln more file could not be opened.</numerusform>
            <numerusform>%Ln more files could not be opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>News</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaylistOperations</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them not in your library</source>
        <translation>
            <numerusform>, %Ln of them not in your library</numerusform>
            <numerusform>, %Ln of them not in your library</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaylistPage</name>
    <message numerus="yes">
        <source>%Ln entries are not in your library: {0}</source>
        <translation>
            <numerusform>%Ln entry is not in your library: {0}</numerusform>
            <numerusform>%Ln entries are not in your library: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Plurals</name>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation>
            <numerusform>%Ln min</numerusform>
            <numerusform>%Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>%Ln minute left</numerusform>
            <numerusform>%Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln album(s)</source>
        <translation>
            <numerusform>%Ln album</numerusform>
            <numerusform>%Ln albums</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln play(s)</source>
        <translation>
            <numerusform>%Ln play</numerusform>
            <numerusform>%Ln plays</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagOperations</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln track</numerusform>
            <numerusform>%Ln tracks</numerusform>
        </translation>
    </message>
</context>
</TS>
