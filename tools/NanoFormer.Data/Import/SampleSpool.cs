using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NanoFormer.Data.Import;

/// <summary>
/// Samples on their way through an import, which reads them more than once: the first are kept in memory, the others in a temporary file
/// that disappears with the process. So an import needs the same memory for every size of source.
/// </summary>
public sealed class SampleSpool : IDisposable
{
    private const int MemoryBytes = 8 << 20;
    private const int PageBytes = 1 << 18;
    private const int FixedBytes = 2 * sizeof(int) + sizeof(double) + 1; // number, label, seconds, follows a loss

    private readonly byte[] _page = new byte[PageBytes];
    private readonly MemoryStream _memory = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];
    private FileStream? _file;
    private long _stored;
    private int _used;
    private string? _lastLabel;
    private int _lastNumber;

    /// <summary>Begins a row of samples of one recording.</summary>
    /// <param name="width">Values in each sample.</param>
    public SpooledSamples Begin(int width) => new(this, _stored + _used, width);

    /// <summary>Removes the temporary file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _memory.Dispose();
    }

    internal static int BytesOf(int width) => FixedBytes + width * sizeof(double);

    internal void Add(in SourceSample sample)
    {
        int bytes = BytesOf(sample.Values.Length);
        if (_used + bytes > PageBytes)
        {
            Flush();
        }

        var row = _page.AsSpan(_used, bytes);
        BinaryPrimitives.WriteInt32LittleEndian(row, sample.Number);
        BinaryPrimitives.WriteInt32LittleEndian(row[4..], NumberOf(sample.Label));
        BinaryPrimitives.WriteDoubleLittleEndian(row[8..], sample.Seconds);
        row[16] = sample.FollowsLoss ? (byte)1 : (byte)0;
        MemoryMarshal.AsBytes(sample.Values.AsSpan()).CopyTo(row[FixedBytes..]);
        _used += bytes;
    }

    internal IEnumerable<SourceSample> Read(long place, long count, int width)
    {
        Flush();
        int bytes = BytesOf(width);
        byte[] page = new byte[Math.Max(1, PageBytes / bytes) * bytes];
        for (long done = 0; done < count;)
        {
            int rows = (int)Math.Min(count - done, page.Length / bytes);
            Fetch(place + done * bytes, page.AsSpan(0, rows * bytes));
            for (int i = 0; i < rows; i++)
            {
                yield return Parse(page.AsSpan(i * bytes, bytes), width);
            }

            done += rows;
        }
    }

    private SourceSample Parse(ReadOnlySpan<byte> row, int width)
    {
        double[] values = new double[width];
        row[FixedBytes..].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return new SourceSample(
            BinaryPrimitives.ReadInt32LittleEndian(row),
            BinaryPrimitives.ReadDoubleLittleEndian(row[8..]),
            values,
            _labels[BinaryPrimitives.ReadInt32LittleEndian(row[4..])],
            row[16] != 0);
    }

    private int NumberOf(string label)
    {
        if (ReferenceEquals(label, _lastLabel))
        {
            return _lastNumber;
        }

        if (!_numbers.TryGetValue(label, out int number))
        {
            number = _labels.Count;
            _labels.Add(label);
            _numbers.Add(label, number);
        }

        (_lastLabel, _lastNumber) = (label, number);
        return number;
    }

    private void Flush()
    {
        if (_used == 0)
        {
            return;
        }

        if (_file is null && _stored + _used > MemoryBytes)
        {
            _file = OpenFile();
        }

        if (_file is null)
        {
            _memory.Position = _stored;
            _memory.Write(_page, 0, _used);
        }
        else
        {
            RandomAccess.Write(_file.SafeFileHandle, _page.AsSpan(0, _used), _stored - _memory.Length);
        }

        _stored += _used;
        _used = 0;
    }

    private void Fetch(long place, Span<byte> bytes)
    {
        int inMemory = (int)Math.Clamp(_memory.Length - place, 0, bytes.Length);
        _memory.GetBuffer().AsSpan((int)Math.Min(place, _memory.Length), inMemory).CopyTo(bytes);
        for (int done = inMemory; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file!.SafeFileHandle, bytes[done..], place + done - _memory.Length);
            done += read > 0 ? read : throw new IOException("The temporary file of the import has lost its end.");
        }
    }

    private static FileStream OpenFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nanoformer-{Guid.NewGuid():N}.samples");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 0, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path); // it stays readable, and nothing is left behind however the process ends
        }

        return file;
    }
}

/// <summary>The samples of one recording in a spool: written once, read as often as is needed.</summary>
public sealed class SpooledSamples : IReadOnlyCollection<SourceSample>
{
    private readonly SampleSpool _spool;
    private readonly long _place;
    private readonly int _width;

    internal SpooledSamples(SampleSpool spool, long place, int width)
    {
        _spool = spool;
        _place = place;
        _width = width;
    }

    /// <summary>Samples so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next sample; only the row of samples that was begun last takes any.</summary>
    public void Add(in SourceSample sample)
    {
        _spool.Add(sample);
        Count++;
    }

    /// <inheritdoc/>
    public IEnumerator<SourceSample> GetEnumerator() => _spool.Read(_place, Count, _width).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
