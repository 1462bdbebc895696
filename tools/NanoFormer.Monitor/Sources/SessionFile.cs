using System.Globalization;

namespace NanoFormer.Monitor.Sources;

/// <summary>
/// A session on disk: the bytes as they came, in a file that every tool can read, and beside it, in <c>.times</c>, when they came: lines
/// of offset, milliseconds since 1970, and perhaps a word (<c>lost</c>, <c>mark</c>).
/// </summary>
public sealed class SessionFile : IDisposable
{
    private const int FlushMilliseconds = 1000;

    private readonly FileStream _bytes;
    private readonly StreamWriter _times;
    private readonly Lock _lock = new();
    private long _flushedAt = Environment.TickCount64;

    /// <summary>Begins a session.</summary>
    /// <exception cref="IOException">There is a session of that name.</exception>
    public SessionFile(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        Path = path;
        _bytes = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _times = new StreamWriter(TimesPath(path));
    }

    /// <summary>The file with the bytes.</summary>
    public string Path { get; }

    /// <summary>The file of times beside a session's bytes.</summary>
    public static string TimesPath(string path) => path + ".times";

    /// <summary>Keeps bytes that came now.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            WriteTime("");
            _bytes.Write(bytes);
            if (Environment.TickCount64 - _flushedAt > FlushMilliseconds)
            {
                Flush();
            }
        }
    }

    /// <summary>Keeps a word of now: the source went away, the user set a mark.</summary>
    public void Note(string word)
    {
        lock (_lock)
        {
            WriteTime(" " + word.ReplaceLineEndings(" "));
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _times.Dispose();
            _bytes.Dispose();
        }
    }

    private void WriteTime(string word) => _times.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{_bytes.Position} {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}{word}"));

    private void Flush()
    {
        _bytes.Flush();
        _times.Flush();
        _flushedAt = Environment.TickCount64;
    }
}

/// <summary>The session files of live sources: one for each, because the bytes of two in one file would break each other's lines.</summary>
public sealed class SessionFiles : IDisposable
{
    private readonly Dictionary<ISource, SessionFile> _files;

    /// <summary>Begins a session of each source that is live: at the path when there is one, else with the source's name in the file's.</summary>
    /// <exception cref="IOException">There is a session of that name.</exception>
    public SessionFiles(IEnumerable<ISource> sources, string path)
    {
        ISource[] live = [.. sources.Where(source => source.IsLive)];
        _files = live.ToDictionary(source => source, source => new SessionFile(live.Length == 1 ? path : Named(path, source.Name)));
    }

    /// <summary>The files with the bytes.</summary>
    public IEnumerable<string> Paths => _files.Values.Select(file => file.Path);

    /// <summary>The file of a source; null when it is not live.</summary>
    public SessionFile? Of(ISource source) => _files.GetValueOrDefault(source);

    /// <summary>Keeps a word of now in every file.</summary>
    public void Note(string word)
    {
        foreach (var file in _files.Values)
        {
            file.Note(word);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static string Named(string path, string source)
    {
        string name = string.Concat(source.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{name}{Path.GetExtension(path)}");
    }
}

/// <summary>A session's file at the pace at which it was recorded, or a multiple: by its <c>.times</c>, else by the device's own clock.</summary>
/// <param name="path">The file.</param>
/// <param name="speed">1 for the recorded pace; infinity for no waiting.</param>
public sealed class ReplaySource(string path, double speed) : ISource
{
    private const int LongestWaitMilliseconds = 100;
    private const int PieceLength = 4096;

    private FileStream? _bytes;
    private StreamReader? _times;
    private long _untilOffset;
    private double _waited;
    private long _lastTime = -1;

    /// <inheritdoc/>
    public string Name => Path.GetFileName(path);

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public string? Port => null;

    /// <summary>How many times as fast as recorded; may be changed while it runs.</summary>
    public double Speed { get; set; } = speed;

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The share of the file that was replayed, 0 to 1.</summary>
    public double Done { get; private set; }

    /// <inheritdoc/>
    public void Open()
    {
        _bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        string times = SessionFile.TimesPath(path);
        _times = File.Exists(times) ? new StreamReader(times) : null;
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        // What is less than a millisecond waits with what follows.
        while (!stop.IsCancellationRequested && (IsPaused || _waited / Speed >= 1))
        {
            int wait = IsPaused ? LongestWaitMilliseconds : (int)Math.Min(_waited / Speed, LongestWaitMilliseconds);
            Thread.Sleep(wait);
            _waited -= IsPaused ? 0 : wait * Speed;
            if (wait == LongestWaitMilliseconds)
            {
                return -1;
            }
        }

        if (stop.IsCancellationRequested)
        {
            return 0;
        }

        int count = _times is null ? ReadLine(buffer) : ReadTimed(buffer);
        Done = count == 0 ? 1 : (double)_bytes!.Position / _bytes.Length;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes?.Dispose();
        _times?.Dispose();
    }

    /// <summary>Up to the offset of the next time, for which the next call waits.</summary>
    private int ReadTimed(Span<byte> buffer)
    {
        while (_bytes!.Position >= _untilOffset)
        {
            string[]? words = _times!.ReadLine()?.Split(' ', 3);
            if (words is null)
            {
                _untilOffset = long.MaxValue;
                break;
            }

            if (words.Length >= 2 && long.TryParse(words[0], CultureInfo.InvariantCulture, out long offset)
                && long.TryParse(words[1], CultureInfo.InvariantCulture, out long time))
            {
                _untilOffset = offset;
                _waited += _lastTime < 0 ? 0 : Math.Clamp(time - _lastTime, 0, 24 * 3_600_000L);
                _lastTime = time;
            }
        }

        int count = (int)Math.Min(buffer.Length, Math.Min(PieceLength, _untilOffset - _bytes.Position));
        return _bytes.Read(buffer[..count]);
    }

    /// <summary>A line; -1 when the device's clock says that it comes later, for which the next call waits.</summary>
    private int ReadLine(Span<byte> buffer)
    {
        int count = _bytes!.Read(buffer[..Math.Min(buffer.Length, PieceLength)]);
        int end = buffer[..count].IndexOf((byte)'\n');
        if (end >= 0 && end + 1 < count)
        {
            _bytes.Seek(end + 1 - count, SeekOrigin.Current);
            count = end + 1;
        }

        int key = buffer[..count].IndexOf(" t_ms="u8);
        if (key >= 0 && System.Buffers.Text.Utf8Parser.TryParse(buffer[(key + 6)..count], out long time, out _))
        {
            _waited += _lastTime < 0 || time < _lastTime ? 0 : Math.Min(time - _lastTime, 24 * 3_600_000L);
            _lastTime = time;
            if (_waited / Speed >= 1)
            {
                _bytes.Seek(-count, SeekOrigin.Current);
                return -1;
            }
        }

        return count;
    }
}
