using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>What start and end of labelled spans count, by the lengths of the recordings.</summary>
internal static class SpanUnits
{
    private const double Beyond = 1.03;    // of a recording's length that the last span may reach
    private const double Little = 0.15;    // of it; who labels no more counts something else
    private const double NearlyAll = 0.7;  // of it; beside this reading one that reaches
    private const double MuchLess = 0.35;  // no further makes no sense
    private static readonly string[] SampleWords = ["sample", "samples", "frame", "frames", "index", "idx", "row", "rows"];

    /// <summary>A recording's length.</summary>
    /// <param name="Rows">Its samples.</param>
    /// <param name="Seconds">Their time.</param>
    /// <param name="FirstStamp">The first time stamp, in the file's unit; null without.</param>
    /// <param name="StampSeconds">Seconds in one unit of the stamps.</param>
    internal sealed record Length(int Rows, double Seconds, double? FirstStamp, double StampSeconds);

    /// <summary>The unit.</summary>
    /// <param name="table">Name of the table, for messages.</param>
    /// <param name="name">Name of the column of starts; empty without.</param>
    /// <param name="files">Length and spans, start and end, of some recordings.</param>
    /// <exception cref="DataException"><see cref="DataError.UnknownFormat"/>: several units make sense, or none does.</exception>
    public static SpanUnit Of(string table, string name, IReadOnlyList<(Length Length, (double Start, double End)[] Spans)> files)
    {
        var all = files.SelectMany(file => file.Spans).ToArray();
        bool areWhole = all.All(span => span.Start == Math.Floor(span.Start) && span.End == Math.Floor(span.End));
        bool saysSamples = ColumnRoles.Words(name).Intersect(SampleWords).Any();
        double? saysTime = saysSamples ? null : TimeUnits.Named(name);
        SpanUnit[] units = [.. SpanUnit.All.Where(unit => unit.Borders switch
        {
            SpanBorders.Samples => areWhole && saysTime is null && unit == Samples(files),
            SpanBorders.Time => !saysSamples && (saysTime is null || saysTime == unit.Seconds),
            _ => !saysSamples && files.All(file => file.Length.FirstStamp is { } first && Math.Abs(first * file.Length.StampSeconds) > file.Length.Seconds / file.Length.Rows),
        })];
        var reaches = units.Select(unit => (Unit: unit, Reach: Statistics.Median([.. files.Select(file => ReachOf(unit, file.Length, file.Spans))])))
            .Where(one => one.Reach is > 0 and <= Beyond && (one.Reach >= Little || units.Length == 1)).ToArray();
        bool isClear = reaches.Any(one => one.Reach >= NearlyAll);
        SpanUnit[] sensible = [.. reaches.Where(one => !isClear || one.Reach >= MuchLess).Select(one => one.Unit)];
        return sensible.Length == 1 ? sensible[0] : throw new DataException(DataError.UnknownFormat, sensible.Length == 0
            ? $"{table}: in no unit do its spans, up to {all.Max(span => span.End):0.###}, fit the recordings: say it with --span-unit {string.Join(", ", SpanUnit.All.Select(unit => unit.Name))}."
            : $"{table}: start and end may be {string.Join(" or ", sensible.Select(unit => unit.Name))}: say which with --span-unit.");
    }

    /// <summary>Where one span's end is the next one's start, or a span starts at 0, samples are counted from 0.</summary>
    private static SpanUnit Samples(IReadOnlyList<(Length Length, (double Start, double End)[] Spans)> files)
    {
        var borders = files.SelectMany(file => file.Spans.OrderBy(span => span.Start).Zip(file.Spans.OrderBy(span => span.Start).Skip(1))).ToArray();
        bool isShared = borders.Any(pair => pair.First.End == pair.Second.Start) && !borders.Any(pair => pair.First.End + 1 == pair.Second.Start);
        return isShared || files.Any(file => file.Spans.Any(span => span.Start == 0)) ? SpanUnit.SamplesFromZero : SpanUnit.Samples;
    }

    /// <summary>Part of a recording up to the end of its last span; not a number where a span begins before it.</summary>
    private static double ReachOf(SpanUnit unit, Length length, (double Start, double End)[] spans)
    {
        double first = unit.Borders == SpanBorders.Stamps ? length.FirstStamp!.Value : 0;
        double whole = unit.Borders switch
        {
            SpanBorders.Samples => length.Rows,
            SpanBorders.Time => length.Seconds / unit.Seconds,
            _ => length.Seconds / length.StampSeconds,
        };
        return spans.Min(span => span.Start) < first - (0.01 * whole) ? double.NaN : (spans.Max(span => span.End) - first) / whole;
    }
}
