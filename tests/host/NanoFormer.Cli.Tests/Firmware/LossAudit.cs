using System.Text;
using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>
/// Holds what a log calls lost against what the simulated sensor made. While a capture runs, samples made less samples delivered are lost. Between
/// two captures of one wake the sensor may be away: lost is what a sensor would have made at the rate it has.
/// </summary>
internal sealed class LossAudit
{
    private readonly SimulatedBoard _board;
    private readonly List<AuditedCapture> _captures = [];

    /// <summary>Listens to a board's sensor.</summary>
    public LossAudit(SimulatedBoard board)
    {
        _board = board;
        board.Sensor.SampleMade += () => Current?.Made.Add(board.Clock.Microseconds);
    }

    /// <summary>The captures, in their order.</summary>
    public IReadOnlyList<AuditedCapture> Captures => _captures;

    private AuditedCapture? Current => _captures is [.., var last] ? last : null;

    /// <summary>A source that is listened to.</summary>
    public ICaptureSource Watch(ICaptureSource source) => new WatchedSource(this, source);

    /// <summary>A sink that is listened to.</summary>
    public ILineSink Watch(ILineSink sink) => new WatchedSink(this, sink);

    private void TakeLine(LogLine line)
    {
        if (Current is not { } current)
        {
            return;
        }

        switch (line.Kind)
        {
            case "wake":
                current.IsAnnounced = true;
                break;
            case "gap" when !current.IsAnnounced:
                current.IsAnnounced = true;
                current.Before = _captures[^2];
                current.ClaimedBefore = line.Number("lost", -1);
                break;
            case "gap":
                current.Gaps++;
                current.Claimed += line.Number("lost", -1);
                break;
        }
    }

    private sealed class WatchedSource(LossAudit audit, ICaptureSource source) : ICaptureSource
    {
        private const int Covered = 4; // of the facts
        private readonly long[] _totals = new long[9];

        public int ChannelCount => source.ChannelCount;

        public short[] Window => source.Window;

        public void Start()
        {
            source.Start();
            audit._captures.Add(new AuditedCapture(audit._board.Clock.Microseconds));
        }

        public void Stop() => source.Stop();

        public CaptureEvent Wait(int milliseconds, long[] facts)
        {
            var found = source.Wait(milliseconds, facts);
            source.GetTotals(_totals);
            audit.Current!.Delivered = _totals[0];
            audit.Current.CoveredMicroseconds = facts[Covered];
            return found;
        }

        public void GetBias(int[] bias) => source.GetBias(bias);

        public void SetBias(int[] bias) => source.SetBias(bias);

        public void GetTotals(long[] numbers) => source.GetTotals(numbers);

        public void Dispose() => source.Dispose();
    }

    private sealed class WatchedSink(LossAudit audit, ILineSink sink) : ILineSink
    {
        public void WriteLine(byte[] line, int count)
        {
            audit.TakeLine(LogLine.Parse(Encoding.ASCII.GetString(line, 0, count).TrimEnd())!);
            sink.WriteLine(line, count);
        }
    }
}

/// <summary>One run of the capture, from its start to its stop.</summary>
/// <param name="begunMicroseconds">When it began.</param>
internal sealed class AuditedCapture(long begunMicroseconds)
{
    /// <summary>When each sample was made, in microseconds.</summary>
    public List<long> Made { get; } = [];

    /// <summary>Samples that were read.</summary>
    public long Delivered { get; set; }

    /// <summary>Up to when all that was made was read, or called lost.</summary>
    public long CoveredMicroseconds { get; set; }

    /// <summary>Gaps in the log while it ran.</summary>
    public int Gaps { get; set; }

    /// <summary>Samples that the log calls lost in them.</summary>
    public long Claimed { get; set; }

    /// <summary>The capture that it goes on from after a loss; null after a sleep.</summary>
    public AuditedCapture? Before { get; set; }

    /// <summary>Samples that the log calls lost between the two.</summary>
    public long ClaimedBefore { get; set; }

    /// <summary>Whether the log has told that it runs.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Samples lost while it ran.</summary>
    public long Lost => Covered.Count() - Delivered;

    /// <summary>The same, where samples up to some microseconds later may have been read, too.</summary>
    public long LostUntil(long laterMicroseconds) => Since.TakeWhile(time => time <= CoveredMicroseconds + laterMicroseconds).Count() - Delivered;

    private IEnumerable<long> Since => Made.Where(time => time > begunMicroseconds);

    private IEnumerable<long> Covered => Since.TakeWhile(time => time <= CoveredMicroseconds);

    /// <summary>Samples that the sensor would have made, at a period in microseconds, between the last one before that was read and the first one since.</summary>
    public double LostBefore(double period) => ((Since.First() - Before!.Covered.Last()) / period) - 1;
}
