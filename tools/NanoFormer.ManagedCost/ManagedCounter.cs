using System.ComponentModel;

namespace NanoFormer.ManagedCost;

/// <summary>
/// Counts of the woven code that ran on the calling thread: each thread counts for itself, so runs side by side do not mix. Without
/// woven assemblies there is nothing to count.
/// </summary>
public static class ManagedCounter
{
    /// <summary>Numbers that are counted of each method: calls, IL instructions, allocations.</summary>
    internal const int Numbers = 3;

    private static readonly Lock Gate = new();

    private static string[][] _tables = [];

    [ThreadStatic]
    private static long[]?[]? _counts;

    // Takes what woven code counts during a pause; nobody reads it.
    [ThreadStatic]
    private static long[]?[]? _unread;

    [ThreadStatic]
    private static int _pauses;

    /// <summary>Whether woven code has run in this process.</summary>
    public static bool IsCounting => _tables.Length > 0;

    /// <summary>What this thread has counted since it began or was last reset; methods that never ran are left out.</summary>
    public static IReadOnlyList<MethodCount> Read()
    {
        string[][] tables = _tables;
        long[]?[] counts = _counts ?? [];
        return
        [
            .. from set in Enumerable.Range(0, counts.Length)
               where counts[set] is not null
               from method in Enumerable.Range(0, tables[set].Length)
               let count = At(tables[set], counts[set]!, method)
               where count.Calls > 0
               select count,
        ];
    }

    /// <summary>This thread counts from nothing again.</summary>
    public static void Reset()
    {
        foreach (long[]? counts in _counts ?? [])
        {
            Array.Clear(counts ?? []);
        }
    }

    /// <summary>
    /// Until the result is disposed of, this thread's woven code is not counted: for what the workbench itself does with the firmware's
    /// classes while the firmware waits. Pauses may lie in one another.
    /// </summary>
    public static PauseEnd Pause() => new(_pauses++);

    /// <summary>For woven code: a method begins that stands for native code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void BeginPause() => _pauses++;

    /// <summary>For woven code: that method ends.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void EndPause() => _pauses--;

    /// <summary>What this thread has counted, over all methods.</summary>
    public static (long Calls, long Instructions) Total()
    {
        (long calls, long instructions) = (0, 0);
        foreach (long[]? counts in _counts ?? [])
        {
            for (int i = 0; i < counts?.Length; i += Numbers)
            {
                calls += counts[i];
                instructions += counts[i + 1];
            }
        }

        return (calls, instructions);
    }

    /// <summary>For woven code: makes the methods of an assembly known.</summary>
    /// <param name="table">A line for each method; those of libraries begin with a tab.</param>
    /// <returns>What <see cref="Counts"/> wants.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static int Register(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        lock (Gate)
        {
            _tables = [.. _tables, table.Split('\n')];
            return _tables.Length - 1;
        }
    }

    /// <summary>For woven code: this thread's counts of an assembly, <see cref="Numbers"/> for each method.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static long[] Counts(int assembly) => _pauses == 0 ? Of(ref _counts, assembly) : Of(ref _unread, assembly);

    /// <summary>The end of a pause.</summary>
    public readonly ref struct PauseEnd
    {
        private readonly int _outer;

        internal PauseEnd(int outer)
        {
            _outer = outer;
        }

        /// <summary>The thread counts on where it paused.</summary>
        public void Dispose() => _pauses = _outer;
    }

    private static long[] Of(ref long[]?[]? all, int assembly)
    {
        if (all is null || all.Length <= assembly)
        {
            Array.Resize(ref all, assembly + 1);
        }

        return all[assembly] ??= new long[Numbers * _tables[assembly].Length];
    }

    private static MethodCount At(string[] table, long[] counts, int method)
    {
        ReadOnlySpan<long> own = counts.AsSpan(Numbers * method, Numbers);
        return new(table[method].TrimStart('\t'), own[0], own[1], own[2], table[method].StartsWith('\t'));
    }
}

/// <summary>What was counted of one method.</summary>
/// <param name="Method"><c>Namespace.Type::Name(parameter types)</c>, as Cecil writes it.</param>
/// <param name="Calls">Times it was entered; of a library method, times that woven code called it.</param>
/// <param name="Instructions">IL instructions it executed itself, without those of the methods it called; 0 for a library method.</param>
/// <param name="Allocations">
/// Objects that these instructions made on nanoCLR's heap: by newobj, newarr and box, and by ldstr, which makes a new reference each time.
/// </param>
/// <param name="IsLibrary">Whether it lies outside the woven assemblies, so that its inside is not seen.</param>
public sealed record MethodCount(string Method, long Calls, long Instructions, long Allocations, bool IsLibrary);
