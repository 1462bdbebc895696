using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>What a device in collect mode sent over its serial port.</summary>
internal sealed class CollectResult
{
    private const int BitsPerByte = 10; // 8N1

    /// <summary>Sums a finished replay up.</summary>
    public CollectResult(DemoOptions options, IMotionSource motion, SerialTranscript transcript, long bytes, int baudRate)
    {
        Path = options.CollectPath!;
        Recording = motion.Name;
        IsSynthetic = motion.IsSynthetic;
        Recordings = transcript.Of("collected").Count();
        Samples = transcript.Of("collected").Sum(record => record.Number("samples", 0));
        Seconds = transcript.Of("collected").Sum(SecondsOf);
        Gaps = transcript.Of("gap").Count();
        LogLines = transcript.Records.Count;
        TornLines = transcript.TornLines;
        Bytes = bytes;
        BaudRate = baudRate;
    }

    /// <summary>The file that holds the log.</summary>
    public string Path { get; }

    /// <summary>What was replayed.</summary>
    public string Recording { get; }

    /// <summary>Whether that was generated.</summary>
    public bool IsSynthetic { get; }

    /// <summary>Recordings whose end arrived.</summary>
    public int Recordings { get; }

    /// <summary>Samples that the device sent in them.</summary>
    public long Samples { get; }

    /// <summary>How long they last.</summary>
    public double Seconds { get; }

    /// <summary>Gap records in the log.</summary>
    public int Gaps { get; }

    /// <summary>Valid records in the log.</summary>
    public int LogLines { get; }

    /// <summary>Lines whose checksum failed.</summary>
    public int TornLines { get; }

    /// <summary>Length of the log.</summary>
    public long Bytes { get; }

    /// <summary>Baud rate of the port.</summary>
    public int BaudRate { get; }

    /// <summary>Mean bytes per second while collecting; null when nothing was collected.</summary>
    public double? BytesPerSecond => Seconds > 0 ? Bytes / Seconds : null;

    /// <summary>Share of the port's time that they take, 0..1.</summary>
    public double? PortShare => BytesPerSecond * BitsPerByte / BaudRate;

    private static double SecondsOf(LogLine collected) =>
        collected.Number("samples", 0) * 1000.0 / Math.Max(1, collected.Number("rate_millihertz", 1));
}
