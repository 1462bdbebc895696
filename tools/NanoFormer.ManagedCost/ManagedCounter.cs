using System.ComponentModel;

namespace NanoFormer.ManagedCost;

/// <summary>
/// Counts of the woven code that ran on the calling thread: each thread counts for itself, so runs side by side do not mix. Without
/// woven assemblies there is nothing to count.
/// </summary>
public static class ManagedCounter
{
    private static readonly Lock Gate = new();

    private static string[][] _tables = [];

    [ThreadStatic]
    private static long[]?[]? _counts;

    /// <summary>Whether woven code has run in this process.</summary>
    public static bool IsCounting => _tables.Length > 0;

    /// <summary>What this thread has counted since it began or was last reset; methods that never ran are left out.</summary>
    public static IReadOnlyList<MethodCount> Read()
    {
        var tables = _tables;
        var counts = _counts ?? [];
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
    /// Until the result is disposed of, this thread counts elsewhere: for what the workbench itself does with the firmware's classes while
    /// the firmware waits.
    /// </summary>
    public static Aside Pause()
    {
        var aside = new Aside(_counts);
        _counts = null;
        return aside;
    }

    /// <summary>What this thread has counted, over all methods.</summary>
    public static (long Calls, long Instructions) Total()
    {
        (long calls, long instructions) = (0, 0);
        foreach (long[]? counts in _counts ?? [])
        {
            for (int i = 0; i < counts?.Length; i += 2)
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

    /// <summary>For woven code: this thread's counts of an assembly, two for each method: calls, then instructions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static long[] Counts(int assembly) =>
        _counts is { } all && assembly < all.Length && all[assembly] is { } counts ? counts : Create(assembly);

    /// <summary>A pause of the counting, which ends when it is disposed of.</summary>
    public readonly ref struct Aside
    {
        private readonly long[]?[]? _paused;

        internal Aside(long[]?[]? paused)
        {
            _paused = paused;
        }

        /// <summary>The thread counts on where it paused.</summary>
        public void Dispose() => _counts = _paused;
    }

    private static long[] Create(int assembly)
    {
        if (_counts is null || _counts.Length <= assembly)
        {
            Array.Resize(ref _counts, assembly + 1);
        }
        return _counts[assembly] = new long[2 * _tables[assembly].Length];
    }

    private static MethodCount At(string[] table, long[] counts, int method) =>
        new(table[method].TrimStart('\t'), counts[2 * method], counts[(2 * method) + 1], table[method].StartsWith('\t'));
}
