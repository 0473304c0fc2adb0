<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountPanel</name>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>The address begins with https://</source>
        <translation>地址应以 https:// 开头</translation>
    </message>
    <message>
        <source>Signed in as {0}.</source>
        <translation>已登录为 {0}。</translation>
    </message>
    <message>
        <source>{0} sent, last {1}.</source>
        <translation>已发送 {0}，最近一次 {1}。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln play(s) wait.</source>
        <translation>
            <numerusform>有 %Ln 次播放等待发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln play(s) the service did not want.</source>
        <translation>
            <numerusform>有 %Ln 次播放该服务没有接受。</numerusform>
        </translation>
    </message>
    <message>
        <source>Next try: {0}.</source>
        <translation>下次尝试：{0}。</translation>
    </message>
    <message>
        <source>This computer has no keyring: the token is kept until Segue ends, and in no file.</source>
        <translation>这台电脑没有密钥环：令牌只保留到 Segue 退出为止，不写入任何文件。</translation>
    </message>
    <message>
        <source>Not signed in yet: what you play waits.</source>
        <translation>尚未登录：播放记录会先等待。</translation>
    </message>
    <message>
        <source>The service does not accept this: {0}. Sign in again.</source>
        <translation>该服务不接受：{0}。请重新登录。</translation>
    </message>
    <message>
        <source>The service cannot be reached: {0}.</source>
        <translation>无法连接该服务：{0}。</translation>
    </message>
    <message>
        <source>The service has no time now. {0}</source>
        <translation>该服务现在很忙。{0}</translation>
    </message>
    <message>
        <source>What answers at this address is no such service: {0}.</source>
        <translation>这个地址上的应答不是这种服务：{0}。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>In lists of tracks</source>
        <translation>在曲目列表中</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Next track</source>
        <translation>下一首</translation>
    </message>
    <message>
        <source>Previous track</source>
        <translation>上一首</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>提高音量</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>降低音量</translation>
    </message>
    <message>
        <source>Mute or unmute</source>
        <translation>静音或取消静音</translation>
    </message>
    <message>
        <source>Thumb up: more like this</source>
        <translation>点赞：更多类似的</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Playback options: speed, repeat, sleep timer</source>
        <translation>播放选项：速度、循环、睡眠定时</translation>
    </message>
    <message>
        <source>Seek 5 seconds, on the seek bar</source>
        <translation>在进度条上跳转 5 秒</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>下一首播放</translation>
    </message>
    <message>
        <source>Add to queue, keep in Up Next</source>
        <translation>添加到队列，保留在“接下来”中</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move up or down</source>
        <translation>上移或下移</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Rename a playlist</source>
        <translation>重命名播放列表</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>查找任何内容</translation>
    </message>
    <message>
        <source>Show or hide Up Next</source>
        <translation>显示或隐藏“接下来”</translation>
    </message>
    <message>
        <source>Go to Up Next</source>
        <translation>转到“接下来”</translation>
    </message>
    <message>
        <source>Full view with lyrics</source>
        <translation>全屏视图和歌词</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Import a playlist</source>
        <translation>导入播放列表</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation>转到主页</translation>
    </message>
    <message>
        <source>Go to Albums</source>
        <translation>转到专辑</translation>
    </message>
    <message>
        <source>Go to Tracks</source>
        <translation>转到曲目</translation>
    </message>
    <message>
        <source>Go to Artists</source>
        <translation>转到艺人</translation>
    </message>
    <message>
        <source>Go to Liked</source>
        <translation>转到喜欢</translation>
    </message>
    <message>
        <source>Go to Genres</source>
        <translation>转到流派</translation>
    </message>
    <message>
        <source>Go to Years</source>
        <translation>转到年份</translation>
    </message>
    <message>
        <source>Go to Folders</source>
        <translation>转到文件夹</translation>
    </message>
    <message>
        <source>Show duplicates</source>
        <translation>显示重复的音乐</translation>
    </message>
    <message>
        <source>Go to History</source>
        <translation>转到历史</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>学到的内容</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <source>Bring your history from another player</source>
        <translation>从其他播放器带来您的历史</translation>
    </message>
    <message>
        <source>Your data: import, export, forget</source>
        <translation>您的数据：导入、导出、忘记</translation>
    </message>
    <message>
        <source>Add a music folder</source>
        <translation>添加音乐文件夹</translation>
    </message>
    <message>
        <source>Thumb down: less like this</source>
        <translation>点踩：少来这样的</translation>
    </message>
    <message>
        <source>Look for new music</source>
        <translation>查找新音乐</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>深色或浅色</translation>
    </message>
    <message>
        <source>Private session on or off</source>
        <translation>开启或关闭私密会话</translation>
    </message>
    <message>
        <source>Choose Up Next again</source>
        <translation>重新挑选“接下来”</translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>AlbumPage</name>
    <message>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Tracks of the album</source>
        <translation>专辑的曲目</translation>
    </message>
    <message>
        <source>This album is no longer in the library</source>
        <translation>这张专辑已不在音乐库中</translation>
    </message>
</context>
<context>
    <name>AlbumsPage</name>
    <message>
        <source>Albums</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>No albums yet</source>
        <translation>还没有专辑</translation>
    </message>
    <message>
        <source>Tracks with an album in their tags appear here.</source>
        <translation>标签中有专辑的曲目会显示在这里。</translation>
    </message>
    <message>
        <source>Sort albums by</source>
        <translation>专辑排序方式</translation>
    </message>
    <message>
        <source>By artist</source>
        <translation>按艺人</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>按标题</translation>
    </message>
    <message>
        <source>By year</source>
        <translation>按年份</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Most played</source>
        <translation>播放最多</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Your music has too many folders to watch; changes in them are noticed by the hourly scan.</source>
        <translation>您的音乐文件夹太多，无法监视；其中的更改会在每小时的扫描时被发现。</translation>
    </message>
    <message>
        <source>Something went wrong inside Segue ({0}). The log file says more.</source>
        <translation>Segue 内部出错（{0}）。日志文件中有更多信息。</translation>
    </message>
</context>
<context>
    <name>ArtistPage</name>
    <message>
        <source>Tracks of the artist</source>
        <translation>艺人的曲目</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Albums of the artist</source>
        <translation>该艺人的专辑</translation>
    </message>
    <message>
        <source>This artist is no longer in the library</source>
        <translation>这位艺人已不在音乐库中</translation>
    </message>
</context>
<context>
    <name>ArtistsPage</name>
    <message>
        <source>Artists</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>No artists yet</source>
        <translation>还没有艺人</translation>
    </message>
    <message>
        <source>Artists of your tracks appear here.</source>
        <translation>您的曲目的艺人会显示在这里。</translation>
    </message>
</context>
<context>
    <name>BackgroundAnalysis</name>
    <message>
        <source>Tracks cannot be analysed.</source>
        <translation>无法分析曲目。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Play what I like</source>
        <translation>播放我喜欢的</translation>
    </message>
</context>
<context>
    <name>CardActions</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>添加到队列</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>流派</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>上次播放</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>播放次数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>liked</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>disliked</source>
        <translation>不喜欢</translation>
    </message>
    <message>
        <source>file not found</source>
        <translation>找不到文件</translation>
    </message>
    <message>
        <source>cannot be played</source>
        <translation>无法播放</translation>
    </message>
</context>
<context>
    <name>ConfirmRow</name>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤消。</translation>
    </message>
</context>
<context>
    <name>DetailPage</name>
    <message>
        <source>Play next</source>
        <translation>下一首播放</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>添加到队列</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation>添加到播放列表</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message>
        <source>The same recording in more than one file, whatever its tags say. Segue deletes no files: open the folder of the copy that you do not need.</source>
        <translation>同一录音存在于多个文件中,无论标签怎么写。Segue 不删除任何文件:请打开您不需要的那一份所在的文件夹。</translation>
    </message>
    <message>
        <source>Files with the same sound</source>
        <translation>声音相同的文件</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>没有重复的音乐</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复的音乐</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies too many</source>
        <translation>
            <numerusform>多出 %Ln 份</numerusform>
        </translation>
    </message>
    <message>
        <source>No recording lies in more than one file.</source>
        <translation>没有录音存在于多个文件中。</translation>
    </message>
    <message>
        <source>Open its folder outside Segue</source>
        <translation>在 Segue 之外打开所在文件夹</translation>
    </message>
</context>
<context>
    <name>EqualiserPage</name>
    <message>
        <source>Use the equaliser</source>
        <translation>使用均衡器</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>All</source>
        <translation>总增益</translation>
    </message>
    <message>
        <source>Gain before the bands, in decibels</source>
        <translation>各频段之前的总增益（分贝）</translation>
    </message>
    <message>
        <source>Lower this where raised bands make the sound too loud</source>
        <translation>提升频段后声音过大时，请调低此项</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <source>{0}k</source>
        <translation>{0}k</translation>
    </message>
    <message>
        <source>{0} kilohertz, in decibels</source>
        <translation>{0} 千赫（分贝）</translation>
    </message>
    <message>
        <source>{0} hertz, in decibels</source>
        <translation>{0} 赫兹（分贝）</translation>
    </message>
    <message>
        <source>Off, every sample stays as it is in the file. Gains in decibels, frequencies in hertz.</source>
        <translation>关闭时，每个采样都与文件中完全一致。增益以分贝计，频率以赫兹计。</translation>
    </message>
    <message>
        <source>Ten bands</source>
        <translation>十段均衡</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>平直</translation>
    </message>
    <message>
        <source>More bass</source>
        <translation>加强低音</translation>
    </message>
    <message>
        <source>More treble</source>
        <translation>加强高音</translation>
    </message>
    <message>
        <source>For low volume</source>
        <translation>小音量</translation>
    </message>
    <message>
        <source>Classical</source>
        <translation>古典</translation>
    </message>
    <message>
        <source>Electronic</source>
        <translation>电子</translation>
    </message>
    <message>
        <source>Jazz</source>
        <translation>爵士</translation>
    </message>
    <message>
        <source>Pop</source>
        <translation>流行</translation>
    </message>
    <message>
        <source>Rock</source>
        <translation>摇滚</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Small speakers</source>
        <translation>小型扬声器</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
</context>
<context>
    <name>FeedbackService</name>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln 首曲目</numerusform>
        </translation>
    </message>
    <message>
        <source>thumb up for {0}</source>
        <translation>点赞{0}</translation>
    </message>
    <message>
        <source>thumb down for {0}</source>
        <translation>点踩{0}</translation>
    </message>
    <message>
        <source>thumb taken back from {0}</source>
        <translation>取消{0}的点赞或点踩</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Suggested again</source>
        <translation>重新推荐</translation>
    </message>
    <message>
        <source>Up Next: more like {0}</source>
        <translation>接下来播放：更多类似{0}的</translation>
    </message>
    <message>
        <source>Up Next: as usual</source>
        <translation>接下来：照常选择</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Looking for music: {0} files so far</source>
        <translation>正在查找音乐：目前 {0} 个文件</translation>
    </message>
    <message>
        <source>Nearly done</source>
        <translation>即将完成</translation>
    </message>
    <message>
        <source>Comparing {0} of {1} files</source>
        <translation>正在比对 {0} / {1} 个文件</translation>
    </message>
    <message>
        <source>Reading {0} of {1} files</source>
        <translation>正在读取第 {0} 个文件，共 {1} 个</translation>
    </message>
    <message>
        <source>{0}, less than a minute left</source>
        <translation>{0}，剩余不到一分钟</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试试演示</translation>
    </message>
    <message>
        <source>Bring your history</source>
        <translation>带来您的历史</translation>
    </message>
    <message>
        <source>The demo opens in a window of its own, in a moment.</source>
        <translation>演示马上会在单独的窗口中打开。</translation>
    </message>
    <message>
        <source>The demo does not start. Try it with: segue demo</source>
        <translation>演示无法启动。请试试：segue demo</translation>
    </message>
    <message>
        <source>Reading your music</source>
        <translation>正在读取您的音乐</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No playable music was found in your folders. Add another one, or put music there.</source>
        <translation>在您的文件夹中没有找到可播放的音乐。请添加另一个文件夹，或把音乐放进去。</translation>
    </message>
    <message>
        <source>No music found</source>
        <translation>没有找到音乐</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add the folder your music is in, or drag it here. Segue reads it, plays it, and learns on this computer what you like to hear next. Nothing leaves this computer.</source>
        <translation>添加存放音乐的文件夹，或把它拖到这里。Segue 会读取并播放它，并在这台电脑上学习您接下来想听什么。任何数据都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Add the folder your music is in, or drag it here. Segue reads it, plays it, and learns on this computer what you like to hear next. What you play is sent on, as you chose.</source>
        <translation>添加音乐所在的文件夹，或将其拖到此处。Segue 会读取并播放它们，并在这台电脑上学习您接下来想听什么。您播放的内容会按您的选择发送出去。</translation>
    </message>
    <message>
        <source>Welcome to Segue</source>
        <translation>欢迎使用 Segue</translation>
    </message>
    <message>
        <source>Add a music folder</source>
        <translation>添加音乐文件夹</translation>
    </message>
</context>
<context>
    <name>FolderChooser</name>
    <message>
        <source>Add a music folder</source>
        <translation>添加音乐文件夹</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Duplicates</source>
        <translation>重复的音乐</translation>
    </message>
    <message>
        <source>Folders in this folder</source>
        <translation>此文件夹中的文件夹</translation>
    </message>
    <message>
        <source>Tracks in this folder</source>
        <translation>此文件夹中的曲目</translation>
    </message>
    <message>
        <source>No music in this folder</source>
        <translation>此文件夹中没有音乐</translation>
    </message>
    <message>
        <source>Folders with music below them are listed here.</source>
        <translation>含有音乐的文件夹会列在这里。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>Up to {0}</source>
        <translation>返回上级 {0}</translation>
    </message>
</context>
<context>
    <name>ForgetOperations</name>
    <message>
        <source>Forgotten: what was learned about {0}</source>
        <translation>已遗忘对“{0}”的了解</translation>
    </message>
    <message>
        <source>Remembered: what was learned about {0}</source>
        <translation>已恢复：从 {0} 学到的内容</translation>
    </message>
</context>
<context>
    <name>FormSheet</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>GenresPage</name>
    <message>
        <source>Genres</source>
        <translation>流派</translation>
    </message>
    <message>
        <source>No genres yet</source>
        <translation>还没有流派</translation>
    </message>
    <message>
        <source>Genres in the tags of your tracks appear here.</source>
        <translation>曲目标签中的流派会显示在这里。</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Search your library</source>
        <translation>搜索音乐库</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Playing</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>Played</source>
        <translation>已播放</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Picked by you</source>
        <translation>您选的</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <source>Queued by you</source>
        <translation>您加入的</translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation>为您挑选</translation>
    </message>
    <message>
        <source>Played again</source>
        <translation>再次播放</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Continued</source>
        <translation>接着播放</translation>
    </message>
    <message>
        <source>Remote control</source>
        <translation>遥控</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Chosen by</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Plays, newest first</source>
        <translation>播放记录，最新的在前</translation>
    </message>
    <message>
        <source>Nothing played yet</source>
        <translation>还没有播放过</translation>
    </message>
    <message>
        <source>Every play and skip will be listed here.</source>
        <translation>每次播放和跳过都会列在这里。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Continue listening</source>
        <translation>继续聆听</translation>
    </message>
    <message>
        <source>Mixes for you</source>
        <translation>为您准备的精选</translation>
    </message>
    <message>
        <source>New in your library</source>
        <translation>新加入音乐库</translation>
    </message>
    <message>
        <source>Most played</source>
        <translation>播放最多</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>What would you like to hear?</source>
        <translation>您想听什么？</translation>
    </message>
    <message>
        <source>Press play, and Up Next goes on from what you have listened to, on this computer.</source>
        <translation>按下播放，“接下来”会在这台电脑上根据您听过的内容继续。</translation>
    </message>
    <message>
        <source>Press play, and Up Next learns from what you listen to, on this computer.</source>
        <translation>按下播放，“接下来”会在这台电脑上从您听的内容中学习。</translation>
    </message>
    <message>
        <source>Play something</source>
        <translation>随便放点什么</translation>
    </message>
    <message>
        <source>{0}. Up Next goes on from here.</source>
        <translation>{0}。“接下来”从这里继续。</translation>
    </message>
    <message>
        <source>Play what I like</source>
        <translation>播放我喜欢的</translation>
    </message>
    <message>
        <source>Not played in a while</source>
        <translation>有一阵没听了</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一首</translation>
    </message>
    <message>
        <source>{0} mix</source>
        <translation>{0} 精选</translation>
    </message>
    <message>
        <source>And what goes with it</source>
        <translation>以及相配的音乐</translation>
    </message>
</context>
<context>
    <name>IdleTrainer</name>
    <message>
        <source>The training failed; the log file says why.</source>
        <translation>训练失败；日志文件说明了原因。</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Bring your history</source>
        <translation>带来您的历史</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Add to my history</source>
        <translation>添加到我的历史</translation>
    </message>
    <message>
        <source>Do not add it</source>
        <translation>不添加</translation>
    </message>
    <message>
        <source>Reading {0}</source>
        <translation>正在读取 {0}</translation>
    </message>
    <message>
        <source>{0}, {1} of them of tracks in your library.</source>
        <translation>{0}，其中 {1} 属于您音乐库中的曲目。</translation>
    </message>
    <message>
        <source>{0}, {1} of them found in your library.</source>
        <translation>{0}，其中 {1} 在您的音乐库中找到。</translation>
    </message>
    <message>
        <source>Left out, because it is no music: {0}.</source>
        <translation>已略过，因为不是音乐：{0}。</translation>
    </message>
    <message>
        <source>Not in your library, the most played first:</source>
        <translation>不在您的音乐库中，播放最多的在前：</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>还有 {0} 个</translation>
    </message>
    <message>
        <source>What another program or service knows of your listening lets Segue choose well from the first day. Choose its export, or drop it here: Last.fm, ListenBrainz, Spotify, Apple Music, YouTube Music, Maloja, Pano Scrobbler, iTunes, MusicBee, MediaMonkey, Rhythmbox, Clementine, Strawberry, Quod Libet, Amarok, Banshee, Lollypop, fooyin, beets, Navidrome, Jellyfin, .scrobbler.log, or another Segue. A playlist (M3U, XSPF, PLS, JSPF, ASX, WPL) becomes one of yours.</source>
        <translation>其他程序或服务记录的收听历史，能让 Segue 从第一天起就选得准。请选择它导出的文件，或拖放到这里：Last.fm、ListenBrainz、Spotify、Apple Music、YouTube Music、Maloja、Pano Scrobbler、iTunes、MusicBee、MediaMonkey、Rhythmbox、Clementine、Strawberry、Quod Libet、Amarok、Banshee、Lollypop、fooyin、beets、Navidrome、Jellyfin、.scrobbler.log，或另一个 Segue。播放列表（M3U、XSPF、PLS、JSPF、ASX、WPL）会成为您的播放列表。</translation>
    </message>
    <message>
        <source>Of these tracks, {0} were loved or hated (that becomes thumbs) and {1} have stars.</source>
        <translation>其中 {0} 首被标为喜欢或讨厌（成为点赞或点踩），{1} 首有星级。</translation>
    </message>
    <message>
        <source>Not sure which track is meant; choose, or leave them as they are:</source>
        <translation>不确定指的是哪一首；请选择，或保持原样：</translation>
    </message>
    <message>
        <source>None of my tracks</source>
        <translation>不是我的曲目</translation>
    </message>
    <message>
        <source>Rows that cannot be read: {0}</source>
        <translation>无法读取的行：{0}</translation>
    </message>
    <message>
        <source>Adding it to your history</source>
        <translation>正在添加到您的历史</translation>
    </message>
    <message>
        <source>Nothing new: it was in your history already.</source>
        <translation>没有新内容：它已在您的历史中。</translation>
    </message>
    <message>
        <source>Added {0} and {1} thumbs; counts and ratings of {2} are kept. Up Next takes it up now.</source>
        <translation>已添加 {0}和 {1} 个评价；保留了 {2} 的次数和评分。“接下来”现在就会采用。</translation>
    </message>
    <message>
        <source>{0} of tracks you do not have are kept until these come into your library.</source>
        <translation>另有 {0}属于您没有的曲目，将保留到这些曲目进入音乐库为止。</translation>
    </message>
    <message>
        <source>Counts and ratings of {0} you do not have wait for them too.</source>
        <translation>你没有的 {0}的播放次数和评分也会保留，等它们到来。</translation>
    </message>
    <message>
        <source>Nothing was added. {0}</source>
        <translation>没有添加任何内容。{0}</translation>
    </message>
    <message>
        <source>The model, trained on {0}, is in use now.</source>
        <translation>这个以 {0}训练的模型现已启用。</translation>
    </message>
</context>
<context>
    <name>InsightsPage</name>
    <message>
        <source>Hours listened to each week</source>
        <translation>每周聆听的小时数</translation>
    </message>
    <message>
        <source>Hours each week</source>
        <translation>每周小时数</translation>
    </message>
    <message>
        <source>Kept of what was chosen for you, each week</source>
        <translation>每周为您选择的曲目中保留的比例</translation>
    </message>
    <message>
        <source>How much of what was chosen for you was not skipped, each week. It should rise.</source>
        <translation>每周为您选择的曲目中没有被跳过的比例。它应当上升。</translation>
    </message>
    <message>
        <source>How well it knows you</source>
        <translation>它对您有多了解</translation>
    </message>
    <message>
        <source>Skips</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>The fewer of what was chosen for you is skipped, the better it knows you.</source>
        <translation>为您挑选的曲目被跳过得越少，说明它越懂您。</translation>
    </message>
    <message>
        <source>Most played in the last three months</source>
        <translation>最近三个月播放最多</translation>
    </message>
    <message>
        <source>Thumbs, and what is left out for some days</source>
        <translation>评价，以及几天内不推荐的曲目</translation>
    </message>
    <message>
        <source>With how often the artist was chosen for you before and after. Take back what no longer holds.</source>
        <translation>并列出之前和之后为您选择该艺人的频率。不再成立的可以撤回。</translation>
    </message>
    <message>
        <source>What your skips changed</source>
        <translation>您的跳过改变了什么</translation>
    </message>
    <message>
        <source>Artists you skipped more than once, and how often they were chosen for you before and after.</source>
        <translation>您跳过不止一次的艺人,以及之前和之后为您选择他们的频率。</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>学到的内容</translation>
    </message>
    <message numerus="yes">
        <source>%Ln skip(s)</source>
        <translation>
            <numerusform>跳过 %Ln 次</numerusform>
        </translation>
    </message>
    <message>
        <source>chosen {0} % → {1} %</source>
        <translation>被选 {0} % → {1} %</translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation>为您挑选</translation>
    </message>
    <message>
        <source>Chosen by you</source>
        <translation>您选的</translation>
    </message>
    <message>
        <source>Nothing to say yet: play some music first.</source>
        <translation>暂时没有可说的：先播放一些音乐吧。</translation>
    </message>
    <message>
        <source>No plays in the last three months.</source>
        <translation>最近三个月没有播放。</translation>
    </message>
    <message>
        <source>No thumbs given yet.</source>
        <translation>还没有评价。</translation>
    </message>
    <message>
        <source>more like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不再推荐</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>暂时不要</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take back: {0}</source>
        <translation>撤回：{0}</translation>
    </message>
    <message>
        <source>What was learned, or everything about your listening, can be deleted for good.</source>
        <translation>可以永久删除学到的内容，或关于您聆听的一切。</translation>
    </message>
    <message>
        <source>Export or forget</source>
        <translation>导出或忘记</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
</context>
<context>
    <name>LastFmPanel</name>
    <message>
        <source>Last.fm, or a server that speaks like it</source>
        <translation>Last.fm，或与之兼容的服务器</translation>
    </message>
    <message>
        <source>Last.fm wants an API key: make one on last.fm/api/account/create (any name, no callback address) and copy key and shared secret. Then sign in: the browser asks you to allow it. The secret is kept in this computer&apos;s keyring.</source>
        <translation>Last.fm 需要一个 API 密钥：在 last.fm/api/account/create 创建一个（名称随意，不填回调地址），复制密钥和共享密码。然后登录：浏览器会请你允许。共享密码保存在这台电脑的密钥环里。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Shared secret</source>
        <translation>共享密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>I have allowed it</source>
        <translation>我已允许</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Enter the API key and its secret first.</source>
        <translation>请先填写 API 密钥和共享密码。</translation>
    </message>
    <message>
        <source>Allow it in the browser, then come back here.</source>
        <translation>请在浏览器里允许，然后回到这里。</translation>
    </message>
    <message>
        <source>Open this page in a browser and allow it, then come back here: {0}</source>
        <translation>请在浏览器里打开此页面并允许，然后回到这里：{0}</translation>
    </message>
</context>
<context>
    <name>LearnedArtistsCard</name>
    <message>
        <source>What was learned about artists</source>
        <translation>对艺人的了解</translation>
    </message>
    <message>
        <source>What suggestions go by, and how likely the next one is by each artist. Forgetting can be undone.</source>
        <translation>推荐所依据的内容，以及下一首出自各位艺人的可能性。遗忘可以撤销。</translation>
    </message>
    <message>
        <source>Find an artist</source>
        <translation>查找艺人</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>No such artist.</source>
        <translation>没有这位艺人。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>遗忘</translation>
    </message>
    <message>
        <source>Remember again what was learned about {0}</source>
        <translation>重新记起对“{0}”的了解</translation>
    </message>
    <message>
        <source>Forget what was learned about {0}</source>
        <translation>遗忘对“{0}”的了解</translation>
    </message>
    <message>
        <source>learned anew since {0}</source>
        <translation>自 {0} 起重新了解</translation>
    </message>
    <message numerus="yes">
        <source>%Ln finished</source>
        <translation>
            <numerusform>听完 %Ln 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thumb(s) up</source>
        <translation>
            <numerusform>%Ln 个赞</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thumb(s) down</source>
        <translation>
            <numerusform>%Ln 个踩</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} % skipped</source>
        <translation>跳过 {0}%</translation>
    </message>
    <message>
        <source>{0} % likely next</source>
        <translation>下一首可能性 {0}%</translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>Private session: nothing is learned.</source>
        <translation>私密会话：不会学习任何内容。</translation>
    </message>
    <message>
        <source>Learning from {n} plays. They are sent on, as you chose.</source>
        <translation>正在从 {n} 次播放中学习。按你的选择，播放记录会发送出去。</translation>
    </message>
    <message>
        <source>Learning begins with your first play. Nothing leaves this computer.</source>
        <translation>从您的第一次播放开始学习。任何数据都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Learning from your first play. Nothing leaves this computer.</source>
        <translation>正在从您的第一次播放中学习。任何数据都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Training on {n} plays, on this computer.</source>
        <translation>正在这台电脑上用 {n} 次播放进行训练。</translation>
    </message>
    <message>
        <source>Learning from {n} plays. Nothing leaves this computer.</source>
        <translation>正在从 {n} 次播放中学习。任何数据都不会离开这台电脑。</translation>
    </message>
</context>
<context>
    <name>LibraryOperations</name>
    <message>
        <source>Add a music folder</source>
        <translation>添加音乐文件夹</translation>
    </message>
    <message>
        <source>Remove a music folder</source>
        <translation>移除音乐文件夹</translation>
    </message>
    <message>
        <source>Relocate music</source>
        <translation>重新定位音乐</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) more could not be opened.</source>
        <translation>
            <numerusform>另有 %Ln 个文件无法打开。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListenBrainzPanel</name>
    <message>
        <source>ListenBrainz, or a server that speaks like it</source>
        <translation>ListenBrainz，或与之兼容的服务器</translation>
    </message>
    <message>
        <source>The token stands on listenbrainz.org/settings. It is kept in this computer&apos;s keyring.</source>
        <translation>令牌可在 listenbrainz.org/settings 找到。它保存在这台电脑的密钥环里。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Save and test</source>
        <translation>保存并测试</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Paste the token first.</source>
        <translation>请先粘贴令牌。</translation>
    </message>
    <message>
        <source>The address begins with http: on the way, others can read the token.</source>
        <translation>地址以 http 开头：途中别人可以读到令牌。</translation>
    </message>
</context>
<context>
    <name>LyricsView</name>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
</context>
<context>
    <name>ModelOperations</name>
    <message>
        <source>Use another version of the model</source>
        <translation>使用模型的另一个版本</translation>
    </message>
</context>
<context>
    <name>ModelsCard</name>
    <message>
        <source>The next training waits for {0} more.</source>
        <translation>下一次训练还要等 {0}。</translation>
    </message>
    <message>
        <source>The last training was lately; the next one waits for {0} min.</source>
        <translation>不久前刚训练过；下一次训练还要等 {0} 分钟。</translation>
    </message>
    <message>
        <source>Trained on this computer while it is idle; used only when they foresee your latest plays better.</source>
        <translation>空闲时在本机训练；只有更能预测您最近的播放时才会启用。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>How well each version foretells</source>
        <translation>各版本的预测能力</translation>
    </message>
    <message>
        <source>Each mark is a version, the dash the one before it, both measured on the same plays.</source>
        <translation>每个标记是一个版本，短线是之前的版本，二者以相同的播放测得。</translation>
    </message>
    <message>
        <source>The model Segue came with</source>
        <translation>Segue 自带的模型</translation>
    </message>
    <message>
        <source>Hit rate: what came was among the first ten</source>
        <translation>命中率：实际播放位于前十之中</translation>
    </message>
    <message>
        <source>Rank: how high what came stood (MRR)</source>
        <translation>排名：实际播放所处的位置（MRR）</translation>
    </message>
    <message>
        <source>Skips: how well they were foreseen (AUC)</source>
        <translation>跳过：预见的准确程度（AUC）</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>was in use</source>
        <translation>曾使用</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>已回退</translation>
    </message>
    <message>
        <source>was not better</source>
        <translation>没有更好</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>skips</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>{0}, from {1} plays</source>
        <translation>{0}，来自 {1} 次播放</translation>
    </message>
    <message>
        <source>It is being trained now.</source>
        <translation>正在训练。</translation>
    </message>
    <message>
        <source>Training while the computer is idle is turned off in the settings.</source>
        <translation>设置中已关闭空闲时训练。</translation>
    </message>
    <message>
        <source>In a private session nothing is trained.</source>
        <translation>隐私会话期间不进行训练。</translation>
    </message>
    <message>
        <source>The next training waits for mains power: the computer runs on battery.</source>
        <translation>下一次训练要等接通电源：电脑正在使用电池。</translation>
    </message>
    <message>
        <source>The next training waits until the computer saves power no longer.</source>
        <translation>下一次训练要等电脑退出节能模式。</translation>
    </message>
    <message>
        <source>The next training waits until the network is not a metered one.</source>
        <translation>下一次训练要等网络不再按流量计费。</translation>
    </message>
    <message>
        <source>The next training waits until nobody has touched the computer for three minutes.</source>
        <translation>下一次训练要等电脑三分钟无人使用。</translation>
    </message>
    <message>
        <source>The next training begins within a minute.</source>
        <translation>下一次训练将在一分钟内开始。</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>使用 {0}</translation>
    </message>
</context>
<context>
    <name>NavDelegate</name>
    <message>
        <source>Name of the playlist</source>
        <translation>播放列表的名称</translation>
    </message>
</context>
<context>
    <name>NavList</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>What was learned</source>
        <translation>学到的内容</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>曲目</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>流派</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Liked</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <source>New smart playlist</source>
        <translation>新建智能播放列表</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>添加到队列</translation>
    </message>
    <message>
        <source>Edit rules</source>
        <translation>编辑规则</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete playlist</source>
        <translation>删除播放列表</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Private session. Nothing is learned.</source>
        <translation>私密会话。不会学习任何内容。</translation>
    </message>
    <message>
        <source>Tags changed: {0}</source>
        <translation>已更改标签：{0}</translation>
    </message>
    <message>
        <source>{0} could not be changed. {1}: {2}</source>
        <translation>{0}无法更改。{1}：{2}</translation>
    </message>
    <message>
        <source>The music fades out at {0}</source>
        <translation>音乐将在 {0} 渐弱并停止</translation>
    </message>
    <message>
        <source>Go on playing</source>
        <translation>继续播放</translation>
    </message>
    <message>
        <source>{0} could not be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} added</source>
        <translation>新增 {0}</translation>
    </message>
    <message>
        <source>{0} changed</source>
        <translation>更新 {0}</translation>
    </message>
    <message>
        <source>{0} moved</source>
        <translation>移动 {0}</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>缺失 {0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>有 %Ln 个文件无法读取</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
</context>
<context>
    <name>NowBar</name>
    <message>
        <source>Now playing</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>Open the full view</source>
        <translation>打开全屏视图</translation>
    </message>
    <message>
        <source>More like this (+)</source>
        <translation>更多类似的 (+)</translation>
    </message>
    <message>
        <source>Less like this (-)</source>
        <translation>少来这样的 (-)</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一首</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一首</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Playback options</source>
        <translation>播放选项</translation>
    </message>
    <message>
        <source>Up Next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation>没有正在播放的内容</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Close the full view</source>
        <translation>关闭全屏视图</translation>
    </message>
    <message>
        <source>What plays, in full</source>
        <translation>正在播放的完整视图</translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation>没有正在播放的内容</translation>
    </message>
    <message>
        <source>Next: {0}</source>
        <translation>下一首：{0}</translation>
    </message>
    <message>
        <source>No lyrics: they would be in the file&apos;s tags, or in an .lrc file beside it.</source>
        <translation>没有歌词：歌词来自文件的标签，或旁边的 .lrc 文件。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Tracks, albums, artists, playlists, actions</source>
        <translation>曲目、专辑、艺人、播放列表、操作</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>找到的内容</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
</context>
<context>
    <name>PaletteSource</name>
    <message>
        <source>Playlist</source>
        <translation>播放列表</translation>
    </message>
</context>
<context>
    <name>PickFew</name>
    <message>
        <source>Pick a few you love</source>
        <translation>选几首你喜爱的</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Up Next will start from them.</source>
        <translation>“接下来”会从它们开始。</translation>
    </message>
    <message>
        <source>You love it</source>
        <translation>你喜爱</translation>
    </message>
</context>
<context>
    <name>PlayQueue</name>
    <message>
        <source>Play now</source>
        <translation>立即播放</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>添加到队列</translation>
    </message>
    <message>
        <source>Remove from queue</source>
        <translation>从队列移除</translation>
    </message>
    <message>
        <source>Move in queue</source>
        <translation>在队列中移动</translation>
    </message>
    <message>
        <source>Keep in queue</source>
        <translation>保留在队列中</translation>
    </message>
    <message>
        <source>Clear queue</source>
        <translation>清空队列</translation>
    </message>
    <message>
        <source>Bring back queue</source>
        <translation>恢复队列</translation>
    </message>
</context>
<context>
    <name>PlaybackOptions</name>
    <message>
        <source>Shuffle what I queue</source>
        <translation>随机播放我加入的曲目</translation>
    </message>
    <message>
        <source>Stop after this track</source>
        <translation>播完这首后停止</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>不发声</translation>
    </message>
    <message>
        <source>Output device</source>
        <translation>输出设备</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>睡眠定时器</translation>
    </message>
    <message>
        <source>Repeat this track</source>
        <translation>重复这首曲目</translation>
    </message>
    <message>
        <source>Sleep timer: until {0}</source>
        <translation>睡眠定时器：到 {0}</translation>
    </message>
    <message>
        <source>Repeat what I queued</source>
        <translation>重复我加入的曲目</translation>
    </message>
    <message>
        <source>Repeat nothing</source>
        <translation>不重复</translation>
    </message>
    <message>
        <source>{0}: {1} left</source>
        <translation>{0}：还剩 {1}</translation>
    </message>
    <message>
        <source>Go on playing</source>
        <translation>继续播放</translation>
    </message>
</context>
<context>
    <name>PlaylistFiles</name>
    <message>
        <source>Import a playlist</source>
        <translation>导入播放列表</translation>
    </message>
    <message>
        <source>Export playlist</source>
        <translation>导出播放列表</translation>
    </message>
    <message>
        <source>Playlists ({0})</source>
        <translation>播放列表 ({0})</translation>
    </message>
</context>
<context>
    <name>PlaylistOperations</name>
    <message>
        <source>New playlist “{0}”</source>
        <translation>新建播放列表“{0}”</translation>
    </message>
    <message>
        <source>Change rules</source>
        <translation>更改规则</translation>
    </message>
    <message>
        <source>Rename playlist</source>
        <translation>重命名播放列表</translation>
    </message>
    <message>
        <source>Playlist “{0}” deleted</source>
        <translation>已删除播放列表“{0}”</translation>
    </message>
    <message>
        <source>{0} added to “{1}”</source>
        <translation>{0}已添加到“{1}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln 首曲目</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove what your library does not have</source>
        <translation>移除媒体库中没有的条目</translation>
    </message>
    <message>
        <source>Playlist “{0}”: {1}</source>
        <translation>播放列表“{0}”：{1}</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them not in your library</source>
        <translation>
            <numerusform>，其中 %Ln 首不在您的音乐库中</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a playlist</source>
        <translation>导入播放列表</translation>
    </message>
    <message>
        <source>Playlist “{0}” is in {1}</source>
        <translation>播放列表“{0}”已写入 {1}</translation>
    </message>
</context>
<context>
    <name>PlaylistPage</name>
    <message>
        <source>Tracks of the playlist</source>
        <translation>播放列表的曲目</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <source>This playlist is empty</source>
        <translation>这个播放列表是空的</translation>
    </message>
    <message>
        <source>Drag tracks onto its name, or choose “Add to playlist” from their menu.</source>
        <translation>把曲目拖到它的名称上，或从曲目菜单中选择“添加到播放列表”。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are not in your library: {0}</source>
        <translation>
            <numerusform>有 %Ln 个条目不在媒体库中：{0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Smart playlist</source>
        <translation>智能播放列表</translation>
    </message>
    <message>
        <source>Remove from playlist</source>
        <translation>从播放列表移除</translation>
    </message>
    <message>
        <source>Move in playlist</source>
        <translation>在播放列表中移动</translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation>添加到播放列表</translation>
    </message>
    <message>
        <source>Edit rules</source>
        <translation>编辑规则</translation>
    </message>
    <message>
        <source>Remove what your library does not have</source>
        <translation>移除媒体库中没有的条目</translation>
    </message>
    <message>
        <source>Delete playlist</source>
        <translation>删除播放列表</translation>
    </message>
</context>
<context>
    <name>Plurals</name>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation>
            <numerusform>%Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>还剩 %Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln 首曲目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln album(s)</source>
        <translation>
            <numerusform>%Ln 张专辑</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln play(s)</source>
        <translation>
            <numerusform>播放 %Ln 次</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>Something went wrong; the log file says more.</source>
        <translation>出了点问题；日志文件有更多说明。</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Queued by you</source>
        <translation>您加入的</translation>
    </message>
    <message>
        <source>A track that is no longer in the library</source>
        <translation>一首已不在音乐库中的曲目</translation>
    </message>
    <message>
        <source>liked</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>disliked</source>
        <translation>不喜欢</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation>为您挑选</translation>
    </message>
</context>
<context>
    <name>QueueOperations</name>
    <message>
        <source>Play now</source>
        <translation>立即播放</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <source>Stop after this track</source>
        <translation>播完这首后停止</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Up Next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>More like this, starting now</source>
        <translation>从现在起多放类似的</translation>
    </message>
    <message>
        <source>Less like this</source>
        <translation>少来这样的</translation>
    </message>
    <message>
        <source>Why this?</source>
        <translation>为什么是这首？</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>Why this?</source>
        <translation>为什么是这首？</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>More by this artist</source>
        <translation>该艺人的更多作品</translation>
    </message>
    <message>
        <source>For a change</source>
        <translation>换换口味</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation>{n} 年</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>一个月</translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation>{n} 个月</translation>
    </message>
    <message>
        <source>a week</source>
        <translation>一周</translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation>{n} 周</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>一天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>Has followed this before</source>
        <translation>以前接在这首之后</translation>
    </message>
    <message>
        <source>Followed {name} {n} times</source>
        <translation>接在 {name} 之后 {n} 次</translation>
    </message>
    <message>
        <source>Played {n} times</source>
        <translation>播放过 {n} 次</translation>
    </message>
    <message>
        <source>Played before</source>
        <translation>播放过</translation>
    </message>
    <message>
        <source>Because of what you liked</source>
        <translation>因为你喜欢的内容</translation>
    </message>
    <message>
        <source>Because you liked {name}</source>
        <translation>因为你喜欢 {name}</translation>
    </message>
    <message>
        <source>You&apos;ve played {n} of {all} by {artist}</source>
        <translation>你已听过 {artist} 的 {all} 首中的 {n} 首</translation>
    </message>
    <message>
        <source>{genre}: {n} tracks to explore</source>
        <translation>{genre}：有 {n} 首可探索</translation>
    </message>
    <message>
        <source>{genre}: your only track</source>
        <translation>{genre}：你唯一的一首</translation>
    </message>
    <message>
        <source>Opens “{album}”</source>
        <translation>《{album}》的开场曲</translation>
    </message>
    <message>
        <source>You have {n} tracks by {artist}</source>
        <translation>你有 {artist} 的 {n} 首曲目</translation>
    </message>
    <message>
        <source>From “{album}”</source>
        <translation>出自《{album}》</translation>
    </message>
    <message>
        <source>A short one, {m}:{s}</source>
        <translation>短曲，{m}:{s}</translation>
    </message>
    <message>
        <source>A long one, {m} minutes</source>
        <translation>长曲，{m} 分钟</translation>
    </message>
    <message>
        <source>From {year}</source>
        <translation>{year} 年</translation>
    </message>
    <message>
        <source>You play {artist}</source>
        <translation>您会听 {artist}</translation>
    </message>
    <message>
        <source>Next on “{album}”</source>
        <translation>《{album}》的下一首</translation>
    </message>
    <message>
        <source>Next on the album</source>
        <translation>专辑的下一首</translation>
    </message>
    <message>
        <source>Goes with this session</source>
        <translation>与这次聆听相配</translation>
    </message>
    <message>
        <source>Played around {name}</source>
        <translation>曾在 {name} 前后播放</translation>
    </message>
    <message>
        <source>Not played in a while</source>
        <translation>有一阵没听了</translation>
    </message>
    <message>
        <source>Not played for {span}</source>
        <translation>已有 {span} 没听</translation>
    </message>
    <message>
        <source>Played lately, {n} times in all</source>
        <translation>最近听过，共 {n} 次</translation>
    </message>
    <message>
        <source>Played lately</source>
        <translation>最近听过</translation>
    </message>
    <message>
        <source>Often in the morning</source>
        <translation>常在早晨播放</translation>
    </message>
    <message>
        <source>Often in the afternoon</source>
        <translation>常在下午播放</translation>
    </message>
    <message>
        <source>Often in the evening</source>
        <translation>常在晚上播放</translation>
    </message>
    <message>
        <source>Often at night</source>
        <translation>常在深夜播放</translation>
    </message>
    <message>
        <source>Often at this time of day</source>
        <translation>常在这个时段播放</translation>
    </message>
    <message>
        <source>New in your library</source>
        <translation>新加入音乐库</translation>
    </message>
    <message>
        <source>Followed {name} before</source>
        <translation>以前接在 {name} 之后</translation>
    </message>
    <message>
        <source>Like what you play now</source>
        <translation>与您正在播放的相似</translation>
    </message>
    <message>
        <source>{tags}, like {name}</source>
        <translation>{tags}，与 {name} 相近</translation>
    </message>
    <message>
        <source>Close to {name}</source>
        <translation>与 {name} 相近</translation>
    </message>
    <message>
        <source>No plays to go by yet</source>
        <translation>尚无播放可参考</translation>
    </message>
    <message>
        <source>New to you, like {name}</source>
        <translation>还没听过，与 {name} 相近</translation>
    </message>
    <message>
        <source>New to you</source>
        <translation>您还没听过</translation>
    </message>
    <message>
        <source>New to you: {tags}</source>
        <translation>您还没听过：{tags}</translation>
    </message>
    <message>
        <source>You gave it a thumb up</source>
        <translation>您给它点过赞</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>see the log file</source>
        <translation>请查看日志文件</translation>
    </message>
    <message>
        <source>What you play cannot be logged: {why}</source>
        <translation>无法记录您的播放：{why}</translation>
    </message>
</context>
<context>
    <name>ScrobblingCard</name>
    <message>
        <source>Tell others what you play</source>
        <translation>告诉别人你在听什么</translation>
    </message>
    <message>
        <source>Off, unless you turn it on. Title, artist, album, length, number and time of what you play from then on are sent to the service, and what plays now; nothing else is, and nothing of a private session.</source>
        <translation>默认关闭，除非你打开它。打开之后，所播放曲目的标题、艺人、专辑、时长、音轨号和时间，以及正在播放的曲目会发送给该服务；除此之外什么都不发送，私密会话中的内容也绝不发送。</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Artists and albums found</source>
        <translation>找到的艺人和专辑</translation>
    </message>
    <message>
        <source>Tracks found</source>
        <translation>找到的曲目</translation>
    </message>
    <message>
        <source>Keep this search as a smart playlist</source>
        <translation>把此搜索保存为智能播放列表</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>曲目</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Results for “{0}”</source>
        <translation>“{0}”的搜索结果</translation>
    </message>
    <message>
        <source>“{0}” says nothing about {1}: it was left out.</source>
        <translation>“{0}”对 {1} 没有意义：已忽略。</translation>
    </message>
    <message>
        <source>{0}: is no field of a track; it was taken as words.</source>
        <translation>{0}：不是曲目的字段；已作为词语搜索。</translation>
    </message>
    <message>
        <source>Did you mean {0}?</source>
        <translation>您是不是要找 {0}？</translation>
    </message>
    <message>
        <source>Artists and albums</source>
        <translation>艺人和专辑</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Fewer or other words may help. Every word must begin a word of title, artist or album.</source>
        <translation>可以试试更少或不同的词。每个词都必须是标题、艺人或专辑中某个词的开头。</translation>
    </message>
    <message>
        <source>Nothing found for “{0}”</source>
        <translation>没有找到“{0}”</translation>
    </message>
</context>
<context>
    <name>Sequencer</name>
    <message>
        <source>A track</source>
        <translation>一首曲目</translation>
    </message>
    <message>
        <source>“{title}” cannot be played: {why}</source>
        <translation>无法播放“{title}”：{why}</translation>
    </message>
    <message>
        <source>Stopped: {n} tracks in a row could not be played. “{title}”: {why}</source>
        <translation>已停止：连续 {n} 首曲目无法播放。“{title}”：{why}</translation>
    </message>
    <message>
        <source>it is not in the library any more</source>
        <translation>它已不在音乐库中</translation>
    </message>
    <message>
        <source>its file cannot be found</source>
        <translation>找不到它的文件</translation>
    </message>
    <message>
        <source>its file cannot be decoded</source>
        <translation>它的文件无法解码</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Segue reads these folders and never changes a file in them unless you edit its tags.</source>
        <translation>Segue 会读取这些文件夹，除非您编辑标签，否则绝不会更改其中的文件。</translation>
    </message>
    <message>
        <source>Music folders</source>
        <translation>音乐文件夹</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Look for new music</source>
        <translation>查找新音乐</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Output device</source>
        <translation>输出设备</translation>
    </message>
    <message>
        <source>Even volume: by album within albums, else by track</source>
        <translation>均衡音量：专辑内按专辑，其余按曲目</translation>
    </message>
    <message>
        <source>Even volume: every track alike</source>
        <translation>均衡音量：每首曲目一致</translation>
    </message>
    <message>
        <source>Even volume: every album alike</source>
        <translation>均衡音量：每张专辑一致</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>保持原始音量</translation>
    </message>
    <message>
        <source>Volume of tracks</source>
        <translation>曲目音量</translation>
    </message>
    <message>
        <source>Pre-amplifier</source>
        <translation>前置增益</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>淡入淡出</translation>
    </message>
    <message>
        <source>None, without gaps</source>
        <translation>无，无缝播放</translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Without animations</source>
        <translation>不使用动画</translation>
    </message>
    <message>
        <source>A notification with the cover for each track</source>
        <translation>每首曲目显示带封面的通知</translation>
    </message>
    <message>
        <source>An icon with a menu in the tray</source>
        <translation>在系统托盘显示带菜单的图标</translation>
    </message>
    <message>
        <source>Closing the window leaves Segue playing in the tray</source>
        <translation>关闭窗口后 Segue 留在托盘里继续播放</translation>
    </message>
    <message>
        <source>Plays, skips and thumbs teach Segue what you like to hear next. All of it stays on this computer: the log in your profile, the model beside it.</source>
        <translation>播放、跳过和评价会让 Segue 了解您接下来想听什么。全部内容都留在这台电脑上：记录在您的个人资料中，模型在旁边。</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Plays, skips and thumbs teach Segue what you like to hear next. What is learned stays on this computer, as does the log; of each play, the services turned on below are told.</source>
        <translation>播放、跳过和点赞会让 Segue 了解您接下来想听什么。学到的内容和记录都留在这台电脑上；每次播放会告知下方已开启的服务。</translation>
    </message>
    <message>
        <source>Private session: learn nothing for now</source>
        <translation>私密会话：暂时不学习</translation>
    </message>
    <message>
        <source>Improve the model while the computer is idle and plugged in</source>
        <translation>在电脑空闲且接通电源时改进模型</translation>
    </message>
    <message>
        <source>Bring your history, export it, or have it forgotten</source>
        <translation>带来、导出或删除您的历史</translation>
    </message>
    <message>
        <source>Everything is kept in {0}</source>
        <translation>全部数据保存在 {0}</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Remove {0} from the library</source>
        <translation>从音乐库移除 {0}</translation>
    </message>
    <message>
        <source>{0} is no longer in your library. Its files are untouched.</source>
        <translation>{0} 已不在您的音乐库中。其中的文件没有改动。</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>不发声</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0}（未连接）</translation>
    </message>
</context>
<context>
    <name>SettingsStore</name>
    <message>
        <source>Change a setting</source>
        <translation>更改设置</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>All shortcuts</source>
        <translation>全部快捷键</translation>
    </message>
</context>
<context>
    <name>SmartEditor</name>
    <message>
        <source>Smart playlist</source>
        <translation>智能播放列表</translation>
    </message>
    <message>
        <source>Words as in the search field, such as: genre:jazz year:1950..1969 plays:&gt;3 -live. It always holds what fits now.</source>
        <translation>使用搜索框中的写法，例如：genre:jazz year:1950..1969 plays:&gt;3 -live。它始终包含当前符合的曲目。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Largest or latest first</source>
        <translation>最大或最新的在前</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>播放次数</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>上次播放</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Finds {0} now</source>
        <translation>目前找到{0}</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>“{name}” is not there; the default output is used.</source>
        <translation>“{name}”不可用；改用默认输出。</translation>
    </message>
    <message>
        <source>No sound output can be opened; check that a device is connected and a sound server runs. Playback goes on when there is one.</source>
        <translation>无法打开任何声音输出；请检查是否已连接设备、声音服务器是否在运行。一旦可用，播放会自动继续。</translation>
    </message>
    <message>
        <source>The sound server does not answer, so no output can be opened. Playback goes on when there is one.</source>
        <translation>声音服务器没有响应，因此无法打开输出。一旦可用，播放会自动继续。</translation>
    </message>
    <message>
        <source>The sound process cannot be started, so nothing plays. The log file says why.</source>
        <translation>声音进程无法启动，因此无法播放。原因见日志文件。</translation>
    </message>
    <message>
        <source>the sound process ended while it played</source>
        <translation>播放时声音进程意外结束</translation>
    </message>
    <message>
        <source>the sound process ended twice while it played</source>
        <translation>播放时声音进程两次意外结束</translation>
    </message>
    <message>
        <source>The sound output went away; playback goes on when it or another one is there.</source>
        <translation>声音输出已断开；它或其他输出可用后，播放会自动继续。</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is not a kind of sound file that can be played</source>
        <translation>它不是可以播放的音频文件</translation>
    </message>
    <message>
        <source>it takes too long to recognise</source>
        <translation>识别它耗时过长</translation>
    </message>
    <message>
        <source>it asks for more memory than there is</source>
        <translation>它需要的内存超过现有内存</translation>
    </message>
    <message>
        <source>it is damaged, or no sound file</source>
        <translation>文件已损坏，或不是声音文件</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>文件过早结束</translation>
    </message>
    <message>
        <source>access to it is denied</source>
        <translation>没有访问权限</translation>
    </message>
    <message>
        <source>there is no sound in it</source>
        <translation>其中没有声音</translation>
    </message>
    <message>
        <source>nothing in it can be decoded</source>
        <translation>其中没有可解码的内容</translation>
    </message>
    <message>
        <source>no sound can be recognised in it</source>
        <translation>其中识别不出声音</translation>
    </message>
</context>
<context>
    <name>Startup</name>
    <message>
        <source>Bring the copy back</source>
        <translation>恢复副本</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TagEditor</name>
    <message>
        <source>Written into the files. Several artists or genres: with ; between.</source>
        <translation>写入文件。多个艺人或流派之间用 ; 分隔。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Album artist</source>
        <translation>专辑艺人</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>流派</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Track number</source>
        <translation>曲目号</translation>
    </message>
    <message>
        <source>Disc number</source>
        <translation>碟号</translation>
    </message>
    <message>
        <source>Rating (0 to 5 stars)</source>
        <translation>评分（0 到 5 星）</translation>
    </message>
</context>
<context>
    <name>TagOperations</name>
    <message>
        <source>Tags changed: {0}</source>
        <translation>已更改标签：{0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln track(s)</source>
        <translation>
            <numerusform>%Ln 首曲目</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Elapsed</source>
        <translation>已播放</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Seek</source>
        <translation>跳转</translation>
    </message>
</context>
<context>
    <name>TrackActions</name>
    <message>
        <source>Playing next: {0}</source>
        <translation>接下来播放：{0}</translation>
    </message>
    <message>
        <source>Added to the queue: {0}</source>
        <translation>已添加到队列：{0}</translation>
    </message>
    <message>
        <source>Up Next: more like {0}</source>
        <translation>接下来播放：更多类似{0}的</translation>
    </message>
    <message>
        <source>Thumb taken back: {0}</source>
        <translation>已撤回评价：{0}</translation>
    </message>
    <message>
        <source>Because you liked “{0}”: {1} of the next {2} changed</source>
        <translation>因为你喜欢“{0}”：接下来 {2} 首中有 {1} 首变了</translation>
    </message>
    <message>
        <source>“{0}” won&apos;t be suggested any more: {1} of the next {2} changed</source>
        <translation>不再推荐“{0}”：接下来 {2} 首中有 {1} 首变了</translation>
    </message>
    <message>
        <source>More like “{0}”, starting now</source>
        <translation>从现在起多放类似“{0}”的</translation>
    </message>
    <message>
        <source>“{0}” won&apos;t be suggested any more</source>
        <translation>不再推荐“{0}”</translation>
    </message>
    <message>
        <source>Won&apos;t be suggested any more: {0}</source>
        <translation>不再推荐：{0}</translation>
    </message>
    <message>
        <source>Thumb up: more like this</source>
        <translation>点赞：更多类似的</translation>
    </message>
    <message>
        <source>Thumb down: less like this</source>
        <translation>点踩：少来这样的</translation>
    </message>
    <message>
        <source>More like these, starting now: {0}</source>
        <translation>从现在起多放类似这些的：{0}</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>下一首播放</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>添加到队列</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Edit tags</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>Take the thumb back</source>
        <translation>撤回评价</translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation>添加到播放列表</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <source>Go to album</source>
        <translation>转到专辑</translation>
    </message>
    <message>
        <source>Go to artist</source>
        <translation>转到艺人</translation>
    </message>
    <message>
        <source>Go to folder</source>
        <translation>转到文件夹</translation>
    </message>
</context>
<context>
    <name>TrackList</name>
    <message>
        <source>Sort by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>TrackTable</name>
    <message>
        <source>Then by</source>
        <translation>其次按</translation>
    </message>
</context>
<context>
    <name>TracksPage</name>
    <message>
        <source>Which tracks</source>
        <translation>哪些曲目</translation>
    </message>
    <message>
        <source>All tracks</source>
        <translation>全部曲目</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>最近添加</translation>
    </message>
    <message>
        <source>Most played</source>
        <translation>播放最多</translation>
    </message>
    <message>
        <source>Never played</source>
        <translation>从未播放</translation>
    </message>
    <message>
        <source>Play all</source>
        <translation>全部播放</translation>
    </message>
    <message>
        <source>Shuffle all</source>
        <translation>全部随机播放</translation>
    </message>
    <message>
        <source>Nothing liked yet</source>
        <translation>还没有喜欢的曲目</translation>
    </message>
    <message>
        <source>Give a track a thumb up and it is kept here.</source>
        <translation>给曲目点赞，它就会保留在这里。</translation>
    </message>
    <message>
        <source>No tracks here</source>
        <translation>这里没有曲目</translation>
    </message>
    <message>
        <source>Music in your folders appears here.</source>
        <translation>文件夹中的音乐会显示在这里。</translation>
    </message>
    <message>
        <source>Liked</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>曲目</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next track</source>
        <translation>下一首</translation>
    </message>
    <message>
        <source>Previous track</source>
        <translation>上一首</translation>
    </message>
    <message>
        <source>Thumb up</source>
        <translation>赞</translation>
    </message>
    <message>
        <source>Thumb down</source>
        <translation>踩</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation>没有在播放</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>UpNext</name>
    <message>
        <source>Up Next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>No longer like this (it also ends when you pick something)</source>
        <translation>不再按类似挑选（您另选曲目时也会结束）</translation>
    </message>
    <message>
        <source>More like {0}</source>
        <translation>更多类似{0}的</translation>
    </message>
    <message>
        <source>Chosen for you, on this computer</source>
        <translation>在这台电脑上为您挑选</translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation>重新挑选</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Familiar</source>
        <translation>熟悉</translation>
    </message>
    <message>
        <source>What you know and like</source>
        <translation>您熟悉和喜欢的</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>What you like, with something new now and then</source>
        <translation>您喜欢的，偶尔有些新的</translation>
    </message>
    <message>
        <source>Adventurous</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>What you have hardly heard, close to your taste</source>
        <translation>您很少听过、但接近您口味的</translation>
    </message>
    <message>
        <source>How adventurous</source>
        <translation>探索程度</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>到 {0}</translation>
    </message>
    <message>
        <source>Getting to know your music: {0} of {1}</source>
        <translation>正在了解你的音乐：{0} / {1}</translation>
    </message>
    <message>
        <source>Learning from what you played, on this computer</source>
        <translation>正在这台电脑上从您播放的内容中学习</translation>
    </message>
    <message>
        <source>Still getting to know what you like</source>
        <translation>正在了解您的喜好</translation>
    </message>
    <message>
        <source>Once there is music in your library, the next tracks are chosen here, on this computer.</source>
        <translation>音乐库中有音乐后，接下来的曲目会在这台电脑上挑选，并显示在这里。</translation>
    </message>
    <message>
        <source>Nothing to choose from yet</source>
        <translation>还没有可挑选的曲目</translation>
    </message>
    <message>
        <source>Play something, and what follows is chosen here. Every play and skip teaches it.</source>
        <translation>播放任意曲目，接下来的会在这里挑选。每次播放和跳过都会让它更懂您。</translation>
    </message>
    <message>
        <source>Nothing queued</source>
        <translation>队列为空</translation>
    </message>
    <message>
        <source>Choose for me</source>
        <translation>为我挑选</translation>
    </message>
    <message>
        <source>Removed, and left out of suggestions for some days</source>
        <translation>已移除，几天内不再推荐</translation>
    </message>
    <message>
        <source>Removed from Up Next</source>
        <translation>已从“接下来”移除</translation>
    </message>
    <message>
        <source>No longer keep</source>
        <translation>不再保留</translation>
    </message>
    <message>
        <source>Keep in Up Next</source>
        <translation>保留在“接下来”中</translation>
    </message>
    <message>
        <source>Why this?</source>
        <translation>为什么是这首？</translation>
    </message>
    <message>
        <source>Not now (hide for a few days)</source>
        <translation>现在不听（隐藏几天）</translation>
    </message>
    <message>
        <source>Remove from Up Next</source>
        <translation>从“接下来”移除</translation>
    </message>
    <message>
        <source>Clear what I queued</source>
        <translation>清空我加入的曲目</translation>
    </message>
    <message>
        <source>Save as playlist</source>
        <translation>保存为播放列表</translation>
    </message>
    <message>
        <source>Earlier queues</source>
        <translation>以前的队列</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Up Next, {0}</source>
        <translation>接下来，{0}</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why “{0}”</source>
        <translation>为什么是“{0}”</translation>
    </message>
    <message>
        <source>Chosen by model {0}, on this computer.</source>
        <translation>由模型 {0} 在这台电脑上挑选。</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>Undone: {0}</source>
        <translation>已撤消：{0}</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>没有可撤消的操作</translation>
    </message>
    <message>
        <source>Done again: {0}</source>
        <translation>已重做：{0}</translation>
    </message>
    <message>
        <source>There is nothing to do again</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>Private session: nothing is learned until it ends</source>
        <translation>私密会话：结束之前不会学习任何内容</translation>
    </message>
    <message>
        <source>Private session ended</source>
        <translation>私密会话已结束</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分钟</translation>
    </message>
    <message>
        <source>Unknown album</source>
        <translation>未知专辑</translation>
    </message>
    <message>
        <source>Unknown artist</source>
        <translation>未知艺人</translation>
    </message>
</context>
<context>
    <name>YearsPage</name>
    <message>
        <source>Years</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>No years yet</source>
        <translation>还没有年份</translation>
    </message>
    <message>
        <source>Years in the tags of your tracks appear here.</source>
        <translation>曲目标签中的年份会显示在这里。</translation>
    </message>
</context>
<context>
    <name>YourDataPage</name>
    <message>
        <source>Your data</source>
        <translation>您的数据</translation>
    </message>
    <message>
        <source>In open formats: the history as JSON Lines, playlists as XSPF, the model as arrays and ONNX networks. Another Segue reads them all.</source>
        <translation>采用开放格式：历史为 JSON Lines，播放列表为 XSPF，模型为数组和 ONNX 网络。另一个 Segue 都能读取。</translation>
    </message>
    <message>
        <source>Take it with you</source>
        <translation>随身带走</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>导出历史</translation>
    </message>
    <message>
        <source>Export the playlists</source>
        <translation>导出播放列表</translation>
    </message>
    <message>
        <source>Your history is in {0}</source>
        <translation>您的历史在 {0}</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Your model is in {0}</source>
        <translation>您的模型在 {0}</translation>
    </message>
    <message>
        <source>Playlists written to {0}: {1}</source>
        <translation>已将播放列表写入 {0}：{1}</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Deletes the models trained here. Your plays stay, and can be learned from again.</source>
        <translation>删除在这里训练的模型。您的播放记录会保留，可以再次从中学习。</translation>
    </message>
    <message>
        <source>Forget what was learned</source>
        <translation>忘记学到的内容</translation>
    </message>
    <message>
        <source>Deletes plays, skips, thumbs, the queue, past queues, imported counts and the models. Music files, their tags and playlists stay.</source>
        <translation>删除播放、跳过、评价、队列、以前的队列、导入的次数和模型。音乐文件、标签和播放列表会保留。</translation>
    </message>
    <message>
        <source>Delete my listening data</source>
        <translation>删除我的聆听数据</translation>
    </message>
    <message>
        <source>What was learned is forgotten. Segue goes on with the model it came with.</source>
        <translation>学到的内容已忘记。Segue 将继续使用自带的模型。</translation>
    </message>
    <message>
        <source>Your listening data is deleted. Segue knows nothing of you any more.</source>
        <translation>您的聆听数据已删除。Segue 不再了解您的任何情况。</translation>
    </message>
</context>
</TS>
