namespace NanoFormer.Logs;

/// <summary>
/// Reads a session of logs: bytes to lines, lines to records, records to devices and boots, and everything else to findings. It takes any
/// bytes, in pieces of any length, with memory that does not grow with the log, and never fails.
/// </summary>
public sealed class SessionReader
{
    private const int LongestLine = 1 << 16;
    private const int LongestRecord = 1024;
    private const int StartsTried = 8;
    private const int BlockOfNoise = 512;

    private readonly ISessionSink _sink;
    private readonly BootTracker _tracker;
    private readonly Rejoiner _rejoiner;
    private readonly byte[] _buffer = new byte[LongestLine * 2];
    private readonly byte[] _clean = new byte[LongestLine * 2];
    private int _filled;
    private bool _afterCarriageReturn;
    private bool _isFirstLine = true;
    private bool _isEnding;
    private bool _isInLine;
    private long _noise;
    private long _noiseBytes;
    private bool _toldNoise;
    private bool _toldUtf16;
    private readonly string? _ownPort;
    private string? _port;

    /// <summary>Starts a reader.</summary>
    /// <param name="sink">Gets records and findings in the order of the source.</param>
    /// <param name="port">The port that is read, by which devices without an id are named; null where many may speak.</param>
    public SessionReader(ISessionSink sink, string? port = null)
    {
        _sink = sink;
        _ownPort = port;
        _tracker = new BootTracker(Emit, Find);
        _rejoiner = new Rejoiner(IsMissing, TakeRejoined);
    }

    /// <summary>Bytes taken.</summary>
    public long Bytes { get; private set; }

    /// <summary>Lines of the present source; empty ones count.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines of all sources.</summary>
    public long AllLines { get; private set; }

    /// <summary>Records handed on.</summary>
    public long Records { get; private set; }

    /// <summary>Lines without a record, or any piece of one.</summary>
    public long TextLines { get; private set; }

    /// <summary>The devices that spoke.</summary>
    public IReadOnlyList<Device> Devices => _tracker.Devices;

    /// <summary>Takes the next bytes.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, _buffer.Length - _filled)];
            part.CopyTo(_buffer.AsSpan(_filled));
            _filled += part.Length;
            bytes = bytes[part.Length..];
            ReadLines(isLast: false);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public void Read(Stream stream)
    {
        byte[] chunk = new byte[LongestLine];
        while (stream.Read(chunk) is > 0 and var count)
        {
            Feed(chunk.AsSpan(0, count));
        }

        End();
    }

    /// <summary>
    /// The bytes stop here, as when a cable was pulled. What comes next may go on where they stopped, which only a checksum can prove, or
    /// begin in the middle of another line; the devices go on counting.
    /// </summary>
    public void Interrupt()
    {
        ReadLines(isLast: true);
        _isInLine = false;
        _isFirstLine = true;
    }

    /// <summary>A source is at its end; another may follow, which continues no record or boot of this one.</summary>
    public void EndSource()
    {
        Finish();
        _tracker.End(next: true);
        _isFirstLine = true;
        Lines = 0;
        _noise = _noiseBytes = 0;
        _toldNoise = _toldUtf16 = false;
        _port = null;
    }

    /// <summary>The session is at its end.</summary>
    public void End()
    {
        Finish();
        _tracker.End(next: false);
        _sink.End();
    }

    private void Finish()
    {
        _isEnding = true;
        ReadLines(isLast: true);
        _isEnding = false;
        _isInLine = false;
        GiveUp(FindingKind.TornEdge, "the last line is cut off");
        _afterCarriageReturn = false;
    }

    private void ReadLines(bool isLast)
    {
        int at = 0;
        while (at < _filled)
        {
            if (_afterCarriageReturn && _buffer[at] is (byte)'\n' or (byte)'\r' or 0)
            {
                // CR LF, CR CR LF, and the NULs between them in UTF-16, are one end of a line.
                _afterCarriageReturn = _buffer[at] != '\n';
                at++;
                continue;
            }

            _afterCarriageReturn = false;
            var rest = _buffer.AsSpan(at, _filled - at);
            int end = rest.IndexOfAnyInRange((byte)0, (byte)31);
            bool isPlain = end >= 0 && rest[end] is (byte)'\n' or (byte)'\r';
            if (!isPlain)
            {
                end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            }

            if (end < 0)
            {
                if (!isLast && rest.Length < LongestLine)
                {
                    break;
                }
                // A line without an end: it is read up to where a record may just have begun.
                int begun = isLast ? -1 : rest[^LongestRecord..].LastIndexOf(LogRecord.Tag);
                int read = begun < 0 ? rest.Length : rest.Length - LongestRecord + begun;
                CountLine();
                ReadLine(rest[..read], isPlain: false, isWhole: isLast && !_isEnding);
                at += read;
                continue;
            }

            CountLine();
            _afterCarriageReturn = rest[end] == '\r';
            ReadLine(rest[..end], isPlain, isWhole: true);
            _isInLine = false;
            at += end + 1;
        }

        _buffer.AsSpan(at, _filled - at).CopyTo(_buffer);
        _filled -= at;
    }

    private void CountLine()
    {
        if (!_isInLine)
        {
            Lines++;
            AllLines++;
            _isInLine = true;
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, bool isPlain, bool isWhole)
    {
        if (line.IsEmpty)
        {
            return;
        }

        if (isPlain && TryWhole(line))
        {
            _isFirstLine = false;
            return;
        }

        int removed = 0;
        if (!isPlain || line.IndexOf((byte)0x1B) >= 0)
        {
            int length = Control.Remove(line, _clean, out removed);
            TellUtf16(line, length);
            line = _clean.AsSpan(0, length);
        }

        if (!line.IsEmpty)
        {
            Salvage(line, removed, isWhole);
            _isFirstLine = false;
        }
    }

    /// <summary>The usual case: the line is a record and nothing else.</summary>
    private bool TryWhole(ReadOnlySpan<byte> line)
    {
        int star = line.Length - Checksum.TextLength;
        if (star < LogRecord.Tag.Length || !line.StartsWith(LogRecord.Tag)
            || Checksum.TextAt(line, star) is var expected && (expected < 0 || Checksum.Add(Checksum.Start, line[..star]) != expected)
            || !LogRecord.TryParse(line[..star], Lines, out var record))
        {
            return false;
        }

        GiveUpBefore(record);
        _tracker.Place(record, _ownPort);
        return true;
    }

    /// <summary>Finds the records within a line; what is left of it may be pieces of others.</summary>
    private void Salvage(ReadOnlySpan<byte> line, int removed, bool isWhole)
    {
        int prefix = Stamp.PrefixLength(line, out _port);
        _port ??= _ownPort;
        Span<int> starts = stackalloc int[StartsTried];
        Span<ushort> states = stackalloc ushort[StartsTried];
        var (open, rest, found) = (0, 0, 0);
        if (line.IndexOf(LogRecord.Tag) >= 0)
        {
            for (int at = 0; at < line.Length; at++)
            {
                if (line[at] == '*' && open > 0 && Checksum.TextAt(line, at) is >= 0 and var expected
                    && TryStarts(line, at, starts[..open], states[..open], expected) is >= 0 and var start)
                {
                    TakePiece(line[rest..start], found == 0 ? prefix : 0, isLineEnd: false);
                    LogRecord.TryParse(line[start..at], Lines, out var record);
                    GiveUpBefore(record);
                    _tracker.Place(record, _port);
                    NoteCleaned(record.Sequence, removed);
                    rest = at + Checksum.TextLength;
                    found++;
                    open = 0;
                    at = rest - 1;
                    continue;
                }

                if (line[at] == 'n' && line[at..].StartsWith(LogRecord.Tag))
                {
                    if (open == StartsTried || (open > 0 && at - starts[0] > LongestRecord))
                    {
                        starts[1..open].CopyTo(starts);
                        states[1..open].CopyTo(states);
                        open--;
                    }

                    starts[open] = at;
                    states[open++] = Checksum.Start;
                }

                for (int i = 0; i < open; i++)
                {
                    states[i] = Checksum.Add(states[i], line[at]);
                }
            }
        }

        TakePiece(line[rest..], found == 0 ? prefix : 0, isLineEnd: isWhole, isWholeLine: found == 0);
    }

    private int TryStarts(ReadOnlySpan<byte> line, int star, Span<int> starts, Span<ushort> states, int expected)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            if (states[i] == expected && LogRecord.TryParse(line[starts[i]..star], Lines, out _))
            {
                return starts[i];
            }
        }

        return -1;
    }

    /// <summary>Takes what is left of a line beside its records.</summary>
    private void TakePiece(ReadOnlySpan<byte> piece, int prefix, bool isLineEnd, bool isWholeLine = false)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        int start = piece.IndexOf(LogRecord.Tag);
        var tail = start < 0 ? piece : piece[..start];
        if (_rejoiner.IsOpen && tail.Length > (start < 0 ? 0 : prefix))
        {
            long line = _rejoiner.Line;
            switch (_rejoiner.Continue(tail, tail[Math.Min(prefix, tail.Length)..]))
            {
                case Rejoiner.Progress.Failed:
                    Find(new Finding(FindingKind.Torn, line, "a broken record, of which no joining of its pieces is right"));
                    break;
                case Rejoiner.Progress.Open:
                    break;
            }
        }
        else if (isWholeLine && isLineEnd && LogRecord.Tag.StartsWith(piece))
        {
            _rejoiner.Open(piece, Lines); // the tag itself is torn
        }
        else if (start < 0)
        {
            TakeForeign(piece[prefix..], isWholeLine);
        }

        if (start < 0)
        {
            return;
        }

        GiveUp(_isFirstLine ? FindingKind.TornEdge : FindingKind.Torn, "a line breaks off");
        var head = piece[start..];
        if (Rejoiner.HasChecksum(head))
        {
            if (!_rejoiner.TryClean(head))
            {
                Find(new Finding(FindingKind.Torn, Lines, "the checksum is wrong"));
            }
        }
        else if (isLineEnd)
        {
            _rejoiner.Open(head, Lines);
        }
        else
        {
            Find(new Finding(_isEnding ? FindingKind.TornEdge : FindingKind.Torn, Lines, "a record breaks off"));
        }
    }

    /// <summary>Takes text that begins no record: the rest of a torn one, or not of the log at all.</summary>
    private void TakeForeign(ReadOnlySpan<byte> text, bool isWholeLine)
    {
        if (EndsAsRecord(text))
        {
            Find(_isFirstLine
                ? new Finding(FindingKind.TornEdge, Lines, "the first line is cut off")
                : new Finding(FindingKind.Torn, Lines, "the end of a record whose beginning is missing"));
            return;
        }

        if (!isWholeLine)
        {
            return;
        }

        TextLines++;
        CountNoise(text);
        _sink.TakeText(text, Lines);
    }

    private static bool EndsAsRecord(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)' ');
        int star = text.Length - Checksum.TextLength;
        return star >= 0 && Checksum.TextAt(text, star) >= 0 && (star == 0 || text[star - 1] == ' ');
    }

    private bool IsMissing(ReadOnlySpan<byte> text, bool cleaned) =>
        LogRecord.TryParse(text, Lines, out var record) && record.IsComplete(cleaned) && _tracker.Expects(record, _port);

    private void TakeRejoined(ReadOnlySpan<byte> text, int pieces, bool cleaned)
    {
        LogRecord.TryParse(text, Lines, out var record);
        _tracker.Place(record, _port);
        Find(new Finding(cleaned ? FindingKind.Cleaned : FindingKind.Rejoined, Lines, cleaned
            ? FormattableString.Invariant($"foreign text was taken out of seq={record.Sequence}")
            : FormattableString.Invariant($"seq={record.Sequence} was put together from {pieces} lines")));
    }

    private void NoteCleaned(long sequence, int removed)
    {
        if (removed > 0)
        {
            Find(new Finding(FindingKind.Cleaned, Lines,
                FormattableString.Invariant($"{removed} control bytes were taken out of the line of seq={sequence}")));
        }
    }

    private void GiveUpBefore(LogRecord record)
    {
        if (record.Kind == RecordKind.Head && record.Sequence == 0)
        {
            GiveUp(FindingKind.TornEdge, "a line breaks off where the device starts again");
            return;
        }

        GiveUp(_isFirstLine ? FindingKind.TornEdge : FindingKind.Torn, "a line breaks off");
    }

    private void GiveUp(FindingKind kind, string what)
    {
        if (_rejoiner.IsOpen)
        {
            long line = _rejoiner.Line;
            _rejoiner.Abandon();
            Find(new Finding(kind, line, what));
        }
    }

    private void TellUtf16(ReadOnlySpan<byte> line, int cleanLength)
    {
        if (!_toldUtf16 && cleanLength >= 8 && line.Count((byte)0) >= cleanLength - 2)
        {
            _toldUtf16 = true;
            Find(new Finding(FindingKind.Cleaned, Lines, "the log is UTF-16, as PowerShell's > writes it; it is read all the same"));
        }
    }

    /// <summary>Much that is not text, and no record between: the baud rate is wrong.</summary>
    private void CountNoise(ReadOnlySpan<byte> text)
    {
        _noiseBytes += text.Length;
        foreach (byte value in text)
        {
            _noise += value is >= 0x20 and < 0x7F or (byte)'\t' ? 0 : 1;
        }

        if (_toldNoise || _noiseBytes < BlockOfNoise)
        {
            return;
        }

        if (_noise * 4 > _noiseBytes)
        {
            _toldNoise = true;
            Find(new Finding(FindingKind.NotText, Lines, "bytes arrive, but they are not text: the baud rate is not that of the log"));
        }

        _noise = _noiseBytes = 0;
    }

    private void Emit(scoped in LogRecord record, Boot boot)
    {
        Records++;
        _noise = _noiseBytes = 0;
        _sink.Take(record, boot);
    }

    private void Find(Finding finding) => _sink.Take(finding);
}

/// <summary>Bytes that terminals and flow control put into a log: NUL, XON, XOFF, colours.</summary>
internal static class Control
{
    private const byte Escape = 0x1B;
    private const int LongestSequence = 32;

    /// <summary>Copies a line without them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="clean">Gets the line; at least as long.</param>
    /// <param name="removed">Control bytes that were taken out, not counting NULs and escape sequences.</param>
    /// <returns>Length of the clean line.</returns>
    public static int Remove(ReadOnlySpan<byte> line, Span<byte> clean, out int removed)
    {
        removed = 0;
        int length = 0;
        for (int at = 0; at < line.Length; at++)
        {
            byte value = line[at];
            if (value >= 0x20 || value == '\t' || value == Escape)
            {
                clean[length++] = value;
            }
            else if (value != 0)
            {
                removed++;
            }
        }

        return clean[..length].IndexOf(Escape) < 0 ? length : RemoveEscapes(clean[..length]);
    }

    private static int RemoveEscapes(Span<byte> text)
    {
        int length = 0;
        for (int at = 0; at < text.Length;)
        {
            if (text[at] == Escape)
            {
                at += SequenceLength(text[at..]);
                continue;
            }

            text[length++] = text[at++];
        }

        return length;
    }

    private static int SequenceLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[1] != '[')
        {
            // ESC alone, or a sequence of two bytes that cannot be the beginning of a record.
            return text.Length > 1 && text[1] is >= 0x40 and <= 0x5F ? 2 : 1;
        }

        int at = 2;
        while (at < text.Length && at < LongestSequence && text[at] is >= 0x20 and <= 0x3F)
        {
            at++;
        }

        return at < text.Length && text[at] is >= 0x40 and <= 0x7E ? at + 1 : 1;
    }
}
