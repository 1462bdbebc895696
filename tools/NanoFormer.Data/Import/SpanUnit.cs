namespace NanoFormer.Data.Import;

/// <summary>What the borders of spans count.</summary>
public enum SpanBorders
{
    /// <summary>Samples of the file.</summary>
    Samples,

    /// <summary>Time since the first sample of the file.</summary>
    Time,

    /// <summary>The file's own time stamps, as numbers or dates.</summary>
    Stamps,
}

/// <summary>The unit of start and end of a span.</summary>
/// <param name="Name">Its name in options.</param>
/// <param name="Borders">What they count.</param>
/// <param name="Seconds">Seconds in one unit of time; 1 for others.</param>
/// <param name="First">Number of the first sample, 0 or 1. Counted from 1 a span has its last sample, counted from 0 it ends before it.</param>
public sealed record SpanUnit(string Name, SpanBorders Borders, double Seconds = 1, int First = 0)
{
    /// <summary>Samples counted from 1; the last one belongs to the span.</summary>
    public static SpanUnit Samples { get; } = new("samples", SpanBorders.Samples, First: 1);

    /// <summary>Samples counted from 0; the span ends before the last one.</summary>
    public static SpanUnit SamplesFromZero { get; } = new("samples-from-0", SpanBorders.Samples);

    /// <summary>The recording's own time stamps.</summary>
    public static SpanUnit Stamps { get; } = new("stamps", SpanBorders.Stamps);

    /// <summary>Dates; also for recordings whose stamps count from 1970.</summary>
    public static SpanUnit Dates { get; } = new("dates", SpanBorders.Stamps);

    /// <summary>All units that an option can name.</summary>
    public static IReadOnlyList<SpanUnit> All { get; } =
    [
        new("s", SpanBorders.Time), new("ms", SpanBorders.Time, 1e-3), new("us", SpanBorders.Time, 1e-6), new("ns", SpanBorders.Time, 1e-9),
        Samples, SamplesFromZero, Stamps,
    ];

    /// <summary>A unit by its name.</summary>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: there is none of that name.</exception>
    public static SpanUnit Of(string name) => All.FirstOrDefault(unit => unit.Name == name)
        ?? throw new DataException(DataError.BadOption, $"'{name}' is not a unit of spans: write {string.Join(", ", All.Select(unit => unit.Name))}.");
}
