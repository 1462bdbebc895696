using System.IO.MemoryMappedFiles;

namespace NanoFormer.Emulator;

/// <summary>
/// Reads the shared file of QEMU's counting plugin (native-interop/ports/qemu-count/count.c): the total of executed instructions at
/// each mark.
/// </summary>
public sealed class InstructionCounter : IDisposable
{
    private const uint Magic = 0x544E434E;
    private const int RingEntriesAt = 4;
    private const int MarksAt = 16;
    private const int RingAt = 24;
    private const int RingEntryBytes = sizeof(long);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _ringEntries;

    /// <summary>Maps the file. The program must be running: the plugin makes the file before the first instruction.</summary>
    /// <exception cref="EmulatorException">It is not such a file.</exception>
    public InstructionCounter(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        if (_view.ReadUInt32(0) != Magic)
        {
            Dispose();
            throw new EmulatorException($"{path} was not written by the counting plugin.");
        }

        _ringEntries = _view.ReadInt32(RingEntriesAt);
    }

    /// <summary>Marks executed so far.</summary>
    public long Marks => _view.ReadInt64(MarksAt);

    /// <summary>Instructions executed between the last two marks.</summary>
    /// <exception cref="InvalidOperationException">There were fewer than two.</exception>
    public long BetweenLastMarks() => BetweenLastMarks(TotalAt);

    /// <summary>Estimated cycles between the last two marks (ports/qemu-count/README.md); 0 when they were not asked for.</summary>
    /// <exception cref="InvalidOperationException">There were fewer than two.</exception>
    public long CyclesBetweenLastMarks() => BetweenLastMarks(CyclesAt);

    /// <summary>Instructions between the two marks of each of the last pairs, the oldest first.</summary>
    /// <exception cref="InvalidOperationException">There were fewer pairs, or the oldest are forgotten.</exception>
    public long[] BetweenLastPairs(int pairs) => BetweenLastPairs(pairs, TotalAt);

    /// <summary>The same of estimated cycles.</summary>
    /// <exception cref="InvalidOperationException">There were fewer pairs, or the oldest are forgotten.</exception>
    public long[] CyclesBetweenLastPairs(int pairs) => BetweenLastPairs(pairs, CyclesAt);

    private long[] BetweenLastPairs(int pairs, Func<long, long> at)
    {
        long marks = Marks;
        long first = marks - 2L * pairs;
        if (first < 0 || 2 * pairs > _ringEntries)
        {
            throw new InvalidOperationException($"There are no {pairs} counted pairs of marks.");
        }

        return [.. Enumerable.Range(0, pairs).Select(pair => at(first + 2 * pair + 1) - at(first + 2 * pair))];
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private long BetweenLastMarks(Func<long, long> at)
    {
        long marks = Marks;
        if (marks < 2)
        {
            throw new InvalidOperationException("No run has been counted yet.");
        }

        return at(marks - 1) - at(marks - 2);
    }

    private long TotalAt(long mark) => _view.ReadInt64(RingAt + mark % _ringEntries * RingEntryBytes);

    // Behind the ring of instructions stand the total of cycles and their ring.
    private long CyclesAt(long mark) =>
        _view.ReadInt64(RingAt + (long)_ringEntries * RingEntryBytes + sizeof(long) + mark % _ringEntries * RingEntryBytes);
}
