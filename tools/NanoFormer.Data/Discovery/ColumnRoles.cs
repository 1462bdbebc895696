using System.Text.RegularExpressions;

namespace NanoFormer.Data.Discovery;

/// <summary>Which column of a table holds what.</summary>
/// <param name="Time">Time stamps; null without.</param>
/// <param name="Label">Classes; null without.</param>
/// <param name="Subject">Persons or machines; null without.</param>
/// <param name="Recording">Sessions; null without.</param>
/// <param name="Sensors">Groups of columns, those of one sensor each, the one to use first.</param>
/// <param name="Others">Numbers that belong to none of these.</param>
internal sealed partial record ColumnRoles(
    TableColumn? Time, TableColumn? Label, TableColumn? Subject, TableColumn? Recording, IReadOnlyList<SensorColumns> Sensors,
    IReadOnlyList<TableColumn> Others)
{
    private const int MostClasses = 60;
    private const double SeldomChanges = 0.25; // of the rows, from one class or person to the next
    private const double Rising = 0.9;
    private const double HardlyChanges = 0.02;
    private const double WholeSeconds = 0.002; // stamps of whole seconds at 500 Hz

    private static readonly string[] LabelNames =
    [
        "label", "labels", "activity", "activities", "class", "classes", "gesture", "gestures", "target", "state", "motion", "movement",
        "event", "category", "behavior", "behaviour", "posture", "exercise", "condition", "fault", "mode", "action", "classification",
        "annotation", "y",
    ];

    private static readonly string[] SubjectNames =
    [
        "subject", "subjects", "user", "users", "person", "people", "participant", "participants", "volunteer", "wearer", "uid", "subj",
        "sub", "patient", "individual", "userid", "personid", "subjectid", "who", "id", "machine", "unit", "device", "motor", "pid", "sid",
    ];

    private static readonly string[] RecordingNames =
    [
        "session", "recording", "trial", "rep", "repetition", "take", "sequence", "series", "run", "file", "filename", "experiment", "exp",
        "segment", "sample", "measurement", "group", "window", "bout", "attempt", "instance",
    ];

    private static readonly string[] TimeNames =
        ["time", "timestamp", "t", "ts", "datetime", "date", "epoch", "seconds", "millis", "elapsed", "stamp", "clock", "ms", "us", "ns", "utc"];

    private static readonly string[] CounterNames = ["index", "idx", "counter", "count", "row", "no", "nr", "n", "seq", "unnamed", "number"];

    /// <summary>Finds the roles by names and, where those tell nothing, by values.</summary>
    public static ColumnRoles Of(TableLook look)
    {
        var columns = look.Columns.Where(column => column.Distinct.Count > 0).ToList();
        var axes = columns.Where(column => column.IsNumeric).Select(AxisColumn.Of).OfType<AxisColumn>().ToList();
        var names = axes.Select(axis => axis.Column).ToHashSet();
        var rest = columns.Where(column => !names.Contains(column)).ToList();

        var time = Take(rest, rest.Where(IsTime).OrderByDescending(TimeRank).FirstOrDefault(), rest.FirstOrDefault(IsClock));
        var label = Take(rest, Named(rest, LabelNames, IsLabel), rest.FirstOrDefault(column => IsText(column) && !IsNamed(column, SubjectNames)
            && !IsNamed(column, RecordingNames) && !IsNamed(column, TimeNames) && IsLabel(column)), look.HasHeader ? null : rest.LastOrDefault(IsUnnamedCode));
        var subject = Take(rest, Named(rest, SubjectNames, column => column.Changes < SeldomChanges),
            look.HasHeader ? null : rest.FirstOrDefault(column => column.IsWhole && column.Changes < HardlyChanges && !IsConstantZero(column)));
        var recording = Take(rest, Named(rest, RecordingNames, column => column.Changes < SeldomChanges && !IsConstant(column)));
        var unnamed = look.HasHeader ? [] : rest.Where(column => column.IsNumeric && !column.IsWhole).ToArray();
        var sensors = SensorColumns.Group(axes, unnamed.Length >= 3 ? unnamed : look.HasHeader ? [] : [.. rest.Where(IsSignal)]);
        var used = sensors.SelectMany(sensor => sensor.Columns).ToHashSet();
        return new ColumnRoles(time, label, subject, recording, sensors,
            [.. rest.Where(column => !used.Contains(column) && IsSignal(column) && !IsNamed(column, CounterNames) && !IsNamed(column, TimeNames))]);
    }

    private static TableColumn? Take(List<TableColumn> rest, params TableColumn?[] choices)
    {
        var chosen = choices.FirstOrDefault(choice => choice is not null);
        if (chosen is not null)
        {
            rest.Remove(chosen);
        }

        return chosen;
    }

    /// <summary>The first column with one of some names, in the order of the names, that holds what is meant.</summary>
    private static TableColumn? Named(List<TableColumn> columns, string[] names, Func<TableColumn, bool> holds) =>
        columns.Where(column => IsNamed(column, names) && holds(column)).MinBy(column => Array.FindIndex(names, Words(column.Name).Contains));

    private static bool IsNamed(TableColumn column, string[] names) => Words(column.Name).Intersect(names).Any();

    private static bool IsText(TableColumn column) => column is { IsNumeric: false, IsDate: false };

    private static bool IsLabel(TableColumn column) =>
        column.Distinct.Count <= MostClasses && column.Changes < SeldomChanges && (IsText(column) || column.IsWhole);

    /// <summary>Whether a column without a name holds a few small numbers that stay for long, such as codes of classes.</summary>
    private static bool IsUnnamedCode(TableColumn column) => IsLabel(column) && column.IsNumeric && !IsConstant(column) && column.Changes < HardlyChanges
        && column.Numbers.All(number => number is >= 0 and < 1000);

    private static bool IsConstant(TableColumn column) => column.Distinct.Count == 1;

    private static bool IsConstantZero(TableColumn column) => column.Distinct.All(text => text is "0" or "");

    private static bool IsSignal(TableColumn column) => column.IsNumeric && !IsConstant(column);

    private static bool IsTime(TableColumn column) =>
        (column.IsDate || IsNamed(column, TimeNames)) && (column.IsDate || column.IsNumeric) && column.Changes > WholeSeconds && column.Rises >= Rising;

    /// <summary>Numbers that rise all the time in steps that are not one: a clock without a name.</summary>
    private static bool IsClock(TableColumn column) =>
        column.IsDate || (column.IsNumeric && column.Changes > HardlyChanges && column.Rises >= Rising && column.Step != 1);

    /// <summary>Of several clocks the one with the finest stamps, and of those the one that says its unit.</summary>
    private static double TimeRank(TableColumn column) => column.Changes + (CounterNames.Intersect(Words(column.Name)).Any() ? -1 : 0)
        + (column.IsDate ? 0 : 0.01) + (TimeUnits.Named(column.Name) is null ? 0 : 0.005);

    /// <summary>The words of a name in lower case: <c>Activity_ID</c> and <c>activityId</c> are activity, id.</summary>
    public static string[] Words(string name) =>
        [.. Word().Matches(name).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[0-9]+|[^\x00-\x7f]+")]
    private static partial Regex Word();
}

/// <summary>Units of time.</summary>
internal static class TimeUnits
{
    private const double EpochBegin = 946_684_800;  // 2000
    private const double EpochEnd = 4_102_444_800;  // 2100
    private const double UsualRate = 50;
    private const double SecondsOfDay = 86_400;
    private const double SheetBegin = 36_526; // days since 1900: 2000
    private const double SheetEnd = 73_051;   // 2100
    private static readonly (double Seconds, string Name)[] All = [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")];

    /// <summary>The unit that a column's name states; null when it states none.</summary>
    public static double? Named(string name)
    {
        string[] words = ColumnRoles.Words(name);
        return words.Intersect(["ns", "nanos", "nanoseconds", "nano"]).Any() ? 1e-9
            : words.Intersect(["us", "µs", "μs", "micros", "microseconds", "usec"]).Any() ? 1e-6
            : words.Intersect(["ms", "millis", "milliseconds", "msec", "milli"]).Any() ? 1e-3
            : words.Intersect(["s", "sec", "secs", "seconds"]).Any() ? 1 : null;
    }

    /// <summary>The unit of a column: what its name says where that makes sense, else what makes most sense of its values.</summary>
    public static (double Seconds, string Name) Of(TableColumn column)
    {
        double first = column.Numbers.FirstOrDefault(double.IsFinite);
        double step = column.Step * Math.Min(1, Math.Max(column.Changes, 1e-3)); // of stamps that stand still within packets
        if (Named(column.Name) is { } named && 1 / (step * named) is > 0.2 and < 100e3)
        {
            return All.First(unit => unit.Seconds == named);
        }

        if (first is > SheetBegin and < SheetEnd && step < 1 && Rate(SecondsOfDay) is > 0.5 and < 2e3 && Rate(1) > 2e3)
        {
            return (SecondsOfDay, "days, as a spreadsheet counts them");
        }

        var dates = All.Where(unit => first * unit.Seconds is > EpochBegin and < EpochEnd && Rate(unit.Seconds) is > 0.5 and < 50e3).ToArray();
        return (dates.Length > 0 ? dates : All).MinBy(unit => Math.Abs(Math.Log(Rate(unit.Seconds) / UsualRate)));

        double Rate(double unit) => 1 / (step * unit);
    }
}
