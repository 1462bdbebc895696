namespace NanoFormer.Energy.Traces;

/// <summary>Something that is not as it should be, but does no harm to the figure, or was repaired.</summary>
/// <param name="Name">A stable name, such as <c>gap</c>.</param>
/// <param name="Text">What it is, in words.</param>
public readonly record struct TraceFinding(string Name, string Text);

/// <summary>What a user knows about a trace that the file does not tell.</summary>
public sealed record TraceOptions
{
    /// <summary>Supply in volts, for traces of currents; null where the trace has voltages.</summary>
    public double? Voltage { get; init; }

    /// <summary>Columns as <c>time=NAME,current=NAME:mA,voltage=3</c>, names or numbers from 1; null to go by the header.</summary>
    public string? Columns { get; init; }

    /// <summary>Samples per second, for files without times; null where there are times.</summary>
    public double? Rate { get; init; }

    /// <summary>True seconds in a second of the trace; 1 unless the recording's time is known to be wrong.</summary>
    public double TimeScale { get; init; } = 1;
}

/// <summary>Samples that follow each other.</summary>
public sealed class TraceBlock
{
    /// <summary>Samples a block holds at most.</summary>
    public const int Capacity = 8192;

    /// <summary>Samples that it holds.</summary>
    public int Count { get; internal set; }

    /// <summary>Times in seconds.</summary>
    public double[] Seconds { get; } = new double[Capacity];

    /// <summary>Power in watts; NaN for a sample that the instrument lost.</summary>
    public double[] Watts { get; } = new double[Capacity];

    /// <summary>Levels of the digital inputs, bit 0 for D0.</summary>
    public ushort[] Pins { get; } = new ushort[Capacity];

    internal bool IsFull => Count == Capacity;

    internal void Add(double seconds, double watts, int pins)
    {
        Seconds[Count] = seconds;
        Watts[Count] = watts;
        Pins[Count++] = (ushort)pins;
    }
}

/// <summary>A recording of power over time, read once from its beginning, block by block.</summary>
public abstract class Trace : IDisposable
{
    private readonly List<TraceFinding> _findings = [];

    /// <summary>What kind of file it is, in words.</summary>
    public abstract string Format { get; }

    /// <summary>Whether digital inputs are in it.</summary>
    public abstract bool HasPins { get; }

    /// <summary>The share of the file that has been read, 0 to 1.</summary>
    public abstract double Done { get; }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<TraceFinding> Findings => _findings;

    /// <summary>Reads the next samples; false at the end.</summary>
    /// <param name="block">Gets them.</param>
    /// <exception cref="EnergyException">The file is damaged.</exception>
    public abstract bool Read(TraceBlock block);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a trace by what is in the file.</summary>
    /// <exception cref="EnergyException">It is none, or something that is needed is unknown.</exception>
    public static Trace Open(string path, TraceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Voltage is { } volts && !(volts is > 0 and < 1000))
        {
            throw new EnergyException(EnergyError.BadOption, $"a supply of {volts} V makes no sense.");
        }

        if (options.Rate is { } rate && !(rate is > 0 and <= 1e8))
        {
            throw new EnergyException(EnergyError.BadOption, $"{rate} samples per second make no sense.");
        }

        if (!(options.TimeScale is > 0 and < 1000))
        {
            throw new EnergyException(EnergyError.BadOption, "a time scale is the true seconds in a second of the trace: above 0, below 1000.");
        }

        byte[] head = new byte[4096];
        int count;
        using (var file = File.OpenRead(path))
        {
            count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }

        ReadOnlySpan<byte> start = head.AsSpan(0, count);
        if (start.IsEmpty)
        {
            throw new EnergyException(EnergyError.EmptyTrace, $"{Path.GetFileName(path)} is empty.");
        }

        if (start.StartsWith("PK"u8))
        {
            return new Ppk2Session(path, options);
        }

        if (start.StartsWith("jlsfmt"u8))
        {
            return new JlsTrace(path, options);
        }

        if (start.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return new OtiiTrace(path, options);
        }

        if (Lpm01aTrace.IsOne(start))
        {
            return new Lpm01aTrace(path, options);
        }

        return start.IndexOf((byte)0) < 0
            ? new CsvTrace(path, options)
            : throw new EnergyException(EnergyError.UnknownFormat,
                $"{Path.GetFileName(path)}: neither text nor .ppk2 nor JLS; export the trace as CSV.");
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Tells something, once for each name.</summary>
    protected void Find(string name, string text)
    {
        if (!_findings.Exists(finding => finding.Name == name))
        {
            _findings.Add(new TraceFinding(name, text));
        }
    }

    /// <summary>The supply for a trace of currents.</summary>
    protected static double VoltageOf(TraceOptions options, string format) => options.Voltage
        ?? throw new EnergyException(EnergyError.NoVoltage, $"{format}: holds currents and no voltage; say it with --voltage, such as --voltage 1.8.");
}
