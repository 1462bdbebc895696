using NanoFormer.Logs;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Monitor;

/// <summary>
/// Reads sources into a sink: files one after the other, live sources each on a thread of its own, forever. What went away is opened
/// again, and its devices go on where they were.
/// </summary>
/// <param name="sink">Gets records and findings, from one thread at a time.</param>
/// <param name="sessions">Keep the bytes of live sources; null to keep none.</param>
public sealed class SourceReader(ISessionSink sink, SessionFiles? sessions)
{
    private const int BufferLength = 1 << 16;
    private const int ShortestPauseMilliseconds = 50;
    private const int LongestPauseMilliseconds = 1000;

    private readonly Serialized _sink = new(sink);

    private long _bytes;
    private long _lines;

    /// <summary>Bytes read.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Lines read, of the sources that are at their ends.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <summary>Reads all sources to their ends, or until told to stop.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public void Run(IReadOnlyList<ISource> sources, CancellationToken stop)
    {
        var threads = sources.Where(source => source.IsLive).Select(source => new Thread(() => Follow(source, stop)) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        foreach (var source in sources.Where(source => !source.IsLive))
        {
            ReadWhole(source, stop);
        }

        Array.ForEach(threads, thread => thread.Join());
        sink.End();
    }

    private void ReadWhole(ISource source, CancellationToken stop)
    {
        var reader = new SessionReader(_sink, source.Port);
        using (source)
        {
            source.Open();
            byte[] buffer = new byte[BufferLength];
            int count;
            while ((count = source.Read(buffer, stop)) != 0)
            {
                if (count > 0)
                {
                    reader.Feed(buffer.AsSpan(0, count));
                    Interlocked.Add(ref _bytes, count);
                }
            }
        }

        reader.EndSource();
        Interlocked.Add(ref _lines, reader.AllLines);
    }

    /// <summary>Reads a live source; it never ends and never fails.</summary>
    private void Follow(ISource source, CancellationToken stop)
    {
        var reader = new SessionReader(_sink, source.Port);
        var session = sessions?.Of(source);
        byte[] buffer = new byte[BufferLength];
        int pause = ShortestPauseMilliseconds;
        string? told = null;
        using (source)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    source.Open();
                    if (told is not null)
                    {
                        Tell($"{source.Name} is there again");
                        session?.Note("back");
                    }

                    (told, pause) = (null, ShortestPauseMilliseconds);
                    while (!stop.IsCancellationRequested)
                    {
                        if (source.Read(buffer, stop) is > 0 and var count)
                        {
                            session?.Write(buffer.AsSpan(0, count));
                            reader.Feed(buffer.AsSpan(0, count));
                            Interlocked.Add(ref _bytes, count);
                        }
                    }
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    if (told is null)
                    {
                        reader.Interrupt();
                        session?.Note("lost");
                    }

                    string problem = exception is UnauthorizedAccessException
                        ? $"{source.Name} may not be opened: another program has it, or the user is not in its group (dialout)"
                        : exception.Message;
                    if (told != problem)
                    {
                        Tell(problem);
                    }

                    told = problem;
                    stop.WaitHandle.WaitOne(pause);
                    pause = Math.Min(pause * 2, LongestPauseMilliseconds);
                }
            }
        }

        reader.EndSource();
        Interlocked.Add(ref _lines, reader.AllLines);
    }

    private void Tell(string what) => _sink.Take(new Finding(FindingKind.Connection, 0, what));

    /// <summary>One at a time.</summary>
    private sealed class Serialized(ISessionSink inner) : ISessionSink
    {
        private readonly Lock _lock = new();

        public void Take(scoped in LogRecord record, Boot boot)
        {
            lock (_lock)
            {
                inner.Take(record, boot);
            }
        }

        public void Take(Finding finding)
        {
            lock (_lock)
            {
                inner.Take(finding);
            }
        }

        public void TakeText(ReadOnlySpan<byte> line, long number)
        {
            lock (_lock)
            {
                inner.TakeText(line, number);
            }
        }
    }
}
