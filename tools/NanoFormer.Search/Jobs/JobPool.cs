namespace NanoFormer.Search.Jobs;

/// <summary>Numbered jobs under way, whose results are taken one by one.</summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class JobPool<T>(int size)
{
    private readonly Dictionary<Task<T>, int> _running = [];

    public bool IsEmpty => _running.Count == 0;

    public bool IsFull => _running.Count >= size;

    /// <summary>The lowest number under way; <see cref="int.MaxValue"/> without jobs.</summary>
    public int Oldest => _running.Values.DefaultIfEmpty(int.MaxValue).Min();

    public void Add(int number, Task<T> job) => _running.Add(job, number);

    /// <summary>Waits for the next job to end, and gives its result or its exception.</summary>
    public async Task<T> TakeAsync()
    {
        var ended = await Task.WhenAny(_running.Keys);
        _running.Remove(ended);
        return await ended;
    }

    /// <summary>Waits for all jobs to end, however they do.</summary>
    public async Task SettleAsync() => await ((Task)Task.WhenAll(_running.Keys)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
