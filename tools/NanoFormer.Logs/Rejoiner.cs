namespace NanoFormer.Logs;

/// <summary>
/// Puts records together that a line break tore: terminals wrap at their width, debuggers write into the middle of a line. Every way to
/// join the pieces is tried that a cause is known for; the checksum, the form of a record and the place it would take must prove it.
/// </summary>
/// <param name="judge">Tells whether a candidate whose checksum is right is a record that is missing.</param>
/// <param name="take">Takes a record that was put together.</param>
internal sealed class Rejoiner(Rejoiner.Judgement judge, Rejoiner.Acceptance take)
{
    private const int PiecesAtMost = 24;
    private const int LongestRecord = 1024;
    private const int ShortestForeignText = 8;

    private readonly List<byte[]> _pieces = [];
    private int _length;

    /// <summary>Judges a candidate, from its tag to its last space; <c>cleaned</c> when text was taken out of it.</summary>
    public delegate bool Judgement(ReadOnlySpan<byte> text, bool cleaned);

    /// <summary>Takes a record, and of how many pieces it was made.</summary>
    public delegate void Acceptance(ReadOnlySpan<byte> text, int pieces, bool cleaned);

    /// <summary>Whether a record has begun and not ended.</summary>
    public bool IsOpen => _pieces.Count > 0;

    /// <summary>Line in which the open record began.</summary>
    public long Line { get; private set; }

    /// <summary>Begins with the first piece of a record.</summary>
    public void Open(ReadOnlySpan<byte> piece, long line)
    {
        _pieces.Clear();
        _pieces.Add(piece.ToArray());
        _length = piece.Length;
        Line = line;
    }

    /// <summary>Gives the open record up.</summary>
    public void Abandon() => _pieces.Clear();

    /// <summary>Takes the next piece: the rest of the record, more of it, or foreign text.</summary>
    /// <param name="raw">The piece, as the line has it.</param>
    /// <param name="stripped">The piece without a time stamp before it.</param>
    /// <returns>How the record fares.</returns>
    public Progress Continue(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> stripped)
    {
        if (TryEnd(stripped) || (stripped.Length != raw.Length && TryEnd(raw)))
        {
            _pieces.Clear();
            return Progress.Done;
        }

        if (HasChecksum(raw) || _pieces.Count == PiecesAtMost || _length + raw.Length > LongestRecord * 2)
        {
            _pieces.Clear();
            return Progress.Failed;
        }

        _pieces.Add(stripped.ToArray());
        _length += stripped.Length;
        return Progress.Open;
    }

    /// <summary>Tries to take foreign text out of a line that holds both ends of a record.</summary>
    public bool TryClean(ReadOnlySpan<byte> line)
    {
        if (line.Length > LongestRecord)
        {
            return false;
        }

        if (Stamp.WithoutInner(line) is { } without && Accept(Find(without, 0, true), 1, true))
        {
            return true;
        }

        return line.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0
            ? Accept(FindWithoutProse(line), 1, true)
            : Accept(Find(line.ToArray().Where(c => c is >= 0x20 and < 0x7F).ToArray(), 0, true), 1, true);
    }

    /// <summary>
    /// Words that are no <c>key=value</c> are foreign; they begin in the word before the first, and end in the word after the last. So
    /// many places are tried that a checksum may be right by chance: two results are none.
    /// </summary>
    private byte[]? FindWithoutProse(ReadOnlySpan<byte> line)
    {
        var (first, last) = ForeignWords(line);
        if (first < 0)
        {
            return null;
        }

        byte[]? found = null;
        int lastEnd = EndOfWord(line, last + 1);
        for (int from = StartOfWord(line, first - 1); from <= EndOfWord(line, first); from++)
        {
            for (int to = StartOfWord(line, last); to <= lastEnd; to++)
            {
                if (to - from >= ShortestForeignText && Find([.. line[..from], .. line[to..]], from, true) is { } candidate)
                {
                    if (found is not null && !found.AsSpan().SequenceEqual(candidate))
                    {
                        return null;
                    }

                    found = candidate;
                }
            }
        }

        return found;
    }

    private bool TryEnd(ReadOnlySpan<byte> tail)
    {
        if (_length + tail.Length > LongestRecord * 2)
        {
            return false;
        }

        byte[] all = Joined(_pieces.Count, lostSpaces: false);
        int end = all.Length - Checksum.TextLength;
        if (!HasChecksum([.. all.AsSpan(Math.Max(0, end)), .. tail]))
        {
            return false;
        }

        int pieces = _pieces.Count + 1;
        if (Accept(Find([.. all, .. tail], end, false), pieces, false)
            || Accept(Find([.. Joined(_pieces.Count, lostSpaces: true), .. tail], end, false), pieces, false))
        {
            return true;
        }
        // Lines between the first pieces and this one may be foreign.
        for (int kept = _pieces.Count - 1; kept >= 1; kept--)
        {
            byte[] head = Joined(kept, lostSpaces: false);
            if (Accept(Find([.. head, .. tail], head.Length - Checksum.TextLength, true), kept + 1, true))
            {
                return true;
            }
        }

        return Accept(FindWithoutEnd(tail), pieces, true);
    }

    /// <summary>What ends the pieces before the last may be foreign text, with the end of its line.</summary>
    private byte[]? FindWithoutEnd(ReadOnlySpan<byte> tail)
    {
        byte[]? found = null;
        for (int kept = _pieces.Count; kept >= 1; kept--)
        {
            byte[] head = Joined(kept, lostSpaces: false);
            var (first, _) = head.AsSpan().IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0 ? ForeignWords(head) : (-1, -1);
            if (first < 0)
            {
                continue;
            }

            for (int from = EndOfWord(head, first); from >= StartOfWord(head, first - 1); from--)
            {
                if (head.Length - from >= ShortestForeignText && Find([.. head.AsSpan(0, from), .. tail], from, true) is { } candidate)
                {
                    if (found is not null && !found.AsSpan().SequenceEqual(candidate))
                    {
                        return null;
                    }

                    found = candidate;
                }
            }
        }

        return found;
    }

    /// <summary>The first pieces in one; a space is put back where a terminal dropped it at the end of a full line.</summary>
    private byte[] Joined(int count, bool lostSpaces)
    {
        int width = _pieces.Take(count).Max(piece => piece.Length);
        var joined = new List<byte>(_length);
        for (int i = 0; i < count; i++)
        {
            joined.AddRange(_pieces[i]);
            if (lostSpaces && (_pieces[i].Length == width - 1 || count == 1))
            {
                joined.Add((byte)' ');
            }
        }

        return [.. joined];
    }

    private bool Accept(byte[]? text, int pieces, bool cleaned)
    {
        if (text is null)
        {
            return false;
        }

        take(text, pieces, cleaned);
        return true;
    }

    /// <summary>The record in a text whose checksum is at or after a place; null when there is none.</summary>
    private byte[]? Find(ReadOnlySpan<byte> text, int from, bool cleaned)
    {
        int start = text.IndexOf(LogRecord.Tag);
        if (start < 0)
        {
            return null;
        }

        ushort state = Checksum.Start;
        int summed = start;
        for (int at = Math.Max(start, from); at < text.Length; at++)
        {
            if (Checksum.TextAt(text, at) is not (>= 0 and var expected))
            {
                continue;
            }

            state = Checksum.Add(state, text[summed..at]);
            summed = at;
            if (state == expected && judge(text[start..at], cleaned))
            {
                return text[start..at].ToArray();
            }
        }

        return null;
    }

    /// <summary>Whether text holds <c>*</c> and four digits.</summary>
    internal static bool HasChecksum(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'*'); at >= 0 && at < text.Length;)
        {
            if (Checksum.TextAt(text, at) >= 0)
            {
                return true;
            }

            int next = text[(at + 1)..].IndexOf((byte)'*');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>
    /// From the first to behind the last word that is not a field of a record; (-1, -1) with fewer than two: one is rather a damaged field.
    /// </summary>
    private static (int First, int Last) ForeignWords(ReadOnlySpan<byte> text)
    {
        var (first, last, count) = (-1, -1, 0);
        int at = text.IndexOf(LogRecord.Tag);
        if (at < 0)
        {
            return (first, last);
        }

        at = EndOfWord(text, at + LogRecord.Tag.Length) + 1;
        while (at < text.Length)
        {
            int end = EndOfWord(text, at);
            if (text[at..end].IndexOf((byte)'=') < 0 && Checksum.TextAt(text, at) < 0)
            {
                first = first < 0 ? at : first;
                last = end;
                count++;
            }

            at = end + 1;
        }

        return count >= 2 ? (first, last) : (-1, -1);
    }

    private static int EndOfWord(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return text.Length;
        }

        int space = text[at..].IndexOf((byte)' ');
        return space < 0 ? text.Length : at + space;
    }

    private static int StartOfWord(ReadOnlySpan<byte> text, int at) =>
        at <= 0 ? 0 : text[..Math.Min(at, text.Length)].LastIndexOf((byte)' ') + 1;

    /// <summary>How a torn record fares with a further piece.</summary>
    internal enum Progress
    {
        /// <summary>It is whole.</summary>
        Done,

        /// <summary>The piece ended it, and no way of joining was right.</summary>
        Failed,

        /// <summary>It goes on.</summary>
        Open,
    }
}
