using System.Text.RegularExpressions;

namespace NanoFormer.Data.Discovery;

/// <summary>What a sensor measures.</summary>
internal enum SensorKind
{
    /// <summary>Acceleration, gravity included.</summary>
    Acceleration,

    /// <summary>Rotation.</summary>
    Rotation,

    /// <summary>Acceleration from which gravity was taken.</summary>
    LinearAcceleration,

    /// <summary>Something else with three axes.</summary>
    Other,

    /// <summary>The names do not tell.</summary>
    Unknown,
}

/// <summary>A column that is an axis of a sensor by its name.</summary>
/// <param name="Column">The column.</param>
/// <param name="Axis">0..2 for x, y and z.</param>
/// <param name="Kind">What is measured.</param>
/// <param name="Place">The rest of the name, such as <c>left wrist</c>; columns of one sensor have the same.</param>
internal sealed partial record AxisColumn(TableColumn Column, int Axis, SensorKind Kind, string Place)
{
    private static readonly string[] UnitWords = ["m", "s", "s2", "ms2", "mps2", "g", "mg", "dps", "deg", "rad", "rads", "degs", "2", "raw", "cal", "ut"];

    /// <summary>The axis that a name tells; null when it tells none.</summary>
    public static AxisColumn? Of(TableColumn column)
    {
        string name = Unit().Replace(column.Name, " ");
        var words = ColumnRoles.Words(name).ToList();
        int axis = words.FindIndex(word => word is "x" or "y" or "z");
        if (axis < 0)
        {
            axis = words.FindIndex(word => ShortAxis().IsMatch(word));
            if (axis < 0)
            {
                return null;
            }

            words.Insert(axis, words[axis][..^1]);
            axis++;
        }

        int letter = words[axis][^1] - 'x';
        words.RemoveAt(axis);
        return new AxisColumn(column, letter, KindOf(words), string.Join(' ', words.Where(word => !IsOfSensor(word) && !UnitWords.Contains(word))));
    }

    private static SensorKind KindOf(List<string> words)
    {
        bool Has(params string[] begins) => words.Any(word => begins.Any(begin => word.StartsWith(begin, StringComparison.Ordinal)));
        bool Is(params string[] all) => words.Any(all.Contains);
        if (Has("mag", "compass", "grav", "quat", "euler", "orient", "att", "pos", "vel") || Is("m", "q", "roll", "pitch", "yaw"))
        {
            return SensorKind.Other;
        }

        if (Has("gyr", "rot", "omega", "angular", "turn") || Is("g", "gy", "w", "r"))
        {
            return SensorKind.Rotation;
        }

        if (Has("acc") || Is("a", "ac", "xl"))
        {
            return Has("lin", "user", "body") || Is("la") ? SensorKind.LinearAcceleration : SensorKind.Acceleration;
        }

        return Has("lin") ? SensorKind.LinearAcceleration : SensorKind.Unknown;
    }

    private static bool IsOfSensor(string word) => word.StartsWith("acc", StringComparison.Ordinal) || word.StartsWith("gyr", StringComparison.Ordinal)
        || word.StartsWith("rot", StringComparison.Ordinal) || word.StartsWith("lin", StringComparison.Ordinal)
        || word is "a" or "ac" or "g" or "gy" or "w" or "r" or "m" or "xl" or "angular" or "velocity" or "rate" or "omega" or "axis" or "data" or "value" or "user"
            or "total" or "body" or "sensor";

    [GeneratedRegex(@"[\(\[].*?[\)\]]")]
    private static partial Regex Unit();

    [GeneratedRegex("^(a|ac|g|gy|m|w|la|acc|accel|acceleration|accelerometer|gyr|gyro|gyroscope|mag|rot|lin|linacc|grav)[xyz]$")]
    private static partial Regex ShortAxis();
}

/// <summary>The columns of one sensor, x, y and z.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Place">Where it is worn, as the columns' names tell; often empty.</param>
/// <param name="Columns">The columns in the order of the axes.</param>
internal sealed record SensorColumns(SensorKind Kind, string Place, IReadOnlyList<TableColumn> Columns)
{
    private const double MostlyTurns = 0.6; // of the fastest rotation, half of the time

    /// <summary>
    /// Sensors of the axes that names tell or, of a table without names, of columns in threes: first acceleration, then rotation.
    /// </summary>
    public static IReadOnlyList<SensorColumns> Group(List<AxisColumn> axes, IReadOnlyList<TableColumn> unnamed)
    {
        var sensors = new List<SensorColumns>();
        foreach (var group in axes.GroupBy(axis => (axis.Kind, axis.Place)))
        {
            int rounds = group.Max(axis => group.Count(other => other.Axis == axis.Axis)); // x y z x y z
            for (int round = 0; round < rounds; round++)
            {
                TableColumn[] columns = [.. Enumerable.Range(0, 3).Select(axis => group.Where(one => one.Axis == axis).Skip(round).FirstOrDefault()?.Column).OfType<TableColumn>()];
                if (columns.Length > 1)
                {
                    sensors.Add(new SensorColumns(group.Key.Kind, group.Key.Place, columns));
                }
            }
        }

        sensors.RemoveAll(sensor => sensor.Kind != SensorKind.Other && sensor.Columns.All(column => column.Distinct.Count == 1)); // not connected
        sensors.AddRange(unnamed.Skip(BeforeAxes(unnamed)).Chunk(3).Where(three => three.Length == 3).Select(three => new SensorColumns(SensorKind.Unknown, "", three)));
        return Resolve(sensors);
    }

    /// <summary>Whether each axis is mostly near 0, as rotation is: nothing turns one way all the time.</summary>
    private static bool IsAroundZero(SensorColumns sensor) => sensor.Columns.All(column =>
    {
        double[] numbers = [.. column.Numbers.Where(double.IsFinite)];
        return Math.Abs(Statistics.Median(numbers)) <= MostlyTurns * Statistics.Quantile([.. numbers.Select(Math.Abs)], 0.99);
    });

    /// <summary>Columns before the first three that feel one g at rest, less whole sensors: something else, such as a temperature.</summary>
    private static int BeforeAxes(IReadOnlyList<TableColumn> unnamed) =>
        Math.Max(0, Enumerable.Range(0, Math.Max(0, unnamed.Count - 2)).ToList().FindIndex(first => SensorUnits.IsAcceleration([.. unnamed.Skip(first).Take(3)]))) % 3;

    /// <summary>
    /// Gives sensors without a kind one: the first that is at rest at one g, or else the first, is an accelerometer, the next a gyroscope.
    /// </summary>
    private static List<SensorColumns> Resolve(List<SensorColumns> sensors)
    {
        foreach (string? place in sensors.Select(sensor => sensor.Place).Distinct().ToArray())
        {
            var unknown = sensors.Where(sensor => sensor.Place == place && sensor.Kind == SensorKind.Unknown).ToList();
            bool hasAcceleration = sensors.Any(sensor => sensor.Place == place && sensor.Kind == SensorKind.Acceleration);
            bool hasRotation = sensors.Any(sensor => sensor.Place == place && sensor.Kind == SensorKind.Rotation);
            foreach (var sensor in unknown.OrderByDescending(sensor => SensorUnits.OfAcceleration([sensor.Columns]).IsSure))
            {
                var kind = !hasAcceleration ? SensorKind.Acceleration : !hasRotation && IsAroundZero(sensor) ? SensorKind.Rotation : SensorKind.Other;
                hasAcceleration = true;
                hasRotation |= kind == SensorKind.Rotation;
                sensors[sensors.IndexOf(sensor)] = sensor with { Kind = kind };
            }
        }

        return sensors;
    }
}

/// <summary>The unit of a sensor's numbers.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Gain">What the numbers are multiplied by to be in it.</param>
/// <param name="IsSure">Whether the values tell: a sensor at rest feels one g.</param>
/// <param name="Why">What it was found from.</param>
internal sealed record SensorUnits(string Unit, double Gain, bool IsSure, string Why)
{
    /// <summary>What each axis shows without acceleration; null where that is 0.</summary>
    public double[]? Zero { get; private init; }

    private const double Tolerance = 0.15;
    private const int CalmRows = 20;
    private const double FastestRadians = 40; // a gyroscope ends at 35 rad/s
    private const double OftenRadians = 12;   // 700 deg/s in one of ten samples: nobody turns so fast so often
    private const double FastestDegrees = 4200;
    private static readonly (string Unit, double OneG, double Gain)[] Accelerations =
    [
        ("g", 1, 1), ("m/s2", 9.80665, 1), ("mg", 1000, 1),
        ("g", 2048, 1 / 2048.0), ("g", 4096, 1 / 4096.0), ("g", 8192, 1 / 8192.0), ("g", 16384, 1 / 16384.0), ("g", 256, 1 / 256.0),
    ];

    /// <summary>The unit of an accelerometer.</summary>
    public static SensorUnits OfAcceleration(params IReadOnlyList<IReadOnlyList<TableColumn>> files)
    {
        var columns = files[0];
        if (UnsignedCounts.Find(files) is { } counts)
        {
            return new SensorUnits("g", 1 / counts.OneG, true, FormattableString.Invariant(
                $"counts without a sign: they rest on a sphere of {counts.OneG:0.#} around {string.Join(", ", counts.Zero.Select(zero => FormattableString.Invariant($"{zero:0.#}")))}"))
            {
                Zero = counts.Zero,
            };
        }

        double[] magnitudes = [.. files.SelectMany(Magnitudes)];
        double middle = AtRest(magnitudes);
        foreach (var (unit, oneG, gain) in Accelerations)
        {
            if (Math.Abs(middle / oneG - 1) <= Tolerance)
            {
                return new SensorUnits(unit, gain, true, gain == 1
                    ? FormattableString.Invariant($"{middle:0.##} at rest is one g")
                    : FormattableString.Invariant($"counts of a sensor: {middle:0} at rest is one g"));
            }
        }

        string? stated = columns.Select(column => NamedAcceleration(column.Name)).OfType<string>().FirstOrDefault();
        var nearest = Accelerations.Where(one => one.Gain == 1).MinBy(one => Math.Abs(Math.Log(middle / one.OneG)));
        return stated is not null ? new SensorUnits(stated, 1, false, "the columns' names say so")
            : Math.Abs(Math.Log(middle / nearest.OneG)) < Math.Log(1.7)
                ? new SensorUnits(nearest.Unit, 1, true, FormattableString.Invariant($"{middle:0.##} at rest is about one g"))
            : new SensorUnits(Statistics.Quantile(magnitudes, 0.99) > 6 ? "m/s2" : "g", 1, false,
                FormattableString.Invariant($"a guess: {middle:0.##} at rest is one g in no unit"));
    }

    /// <summary>Whether three columns feel one g at rest, in one of the usual units.</summary>
    public static bool IsAcceleration(IReadOnlyList<TableColumn> columns) => AtRest([.. Magnitudes(columns)]) is var middle
        && Accelerations.Any(one => Math.Abs(middle / one.OneG - 1) <= Tolerance);

    /// <summary>The unit of one file of an accelerometer, whatever is done in it: the one in which one g is nearest; null when none is near.</summary>
    public static SensorUnits? OfFile(IReadOnlyList<TableColumn> columns, SensorUnits usual)
    {
        double middle = AtRest([.. Magnitudes(columns)]);
        var (unit, oneG, gain) = Accelerations.Where(one => one.Gain == 1 || one.Gain == usual.Gain).MinBy(one => Math.Abs(Math.Log(middle / one.OneG)));
        return Math.Abs(Math.Log(middle / oneG)) < Math.Log(2)
            ? new SensorUnits(unit, gain, true, FormattableString.Invariant($"{middle:0.##} at rest is about one g"))
            : null;
    }

    /// <summary>The unit of a gyroscope.</summary>
    public static SensorUnits OfRotation(params IReadOnlyList<IReadOnlyList<TableColumn>> files)
    {
        var columns = files[0];
        double[] sizes = [.. files.SelectMany(file => file).SelectMany(column => column.Numbers).Where(double.IsFinite).Select(Math.Abs)];
        var (often, most) = (Statistics.Quantile(sizes, 0.9), Statistics.Quantile(sizes, 0.9999));
        string? stated = columns.Select(column => NamedRotation(column.Name)).OfType<string>().FirstOrDefault();
        if (stated is not null && (stated != "rad/s" || most <= FastestRadians))
        {
            return new SensorUnits(stated, 1, true, "the columns' names say so");
        }

        return most > FastestDegrees ? new SensorUnits("deg/s", 1 / 16.4, false, FormattableString.Invariant($"counts of a sensor: up to {most:0}"))
            : most > FastestRadians || often > OftenRadians
                ? new SensorUnits("deg/s", 1, true, FormattableString.Invariant($"up to {most:0.#}, too fast for rad/s"))
            : new SensorUnits("rad/s", 1, false, FormattableString.Invariant($"up to {most:0.#}, slow for deg/s"));
    }

    /// <summary>The magnitude in the calmest quarter of short stretches.</summary>
    private static double AtRest(double[] magnitudes)
    {
        var stretches = magnitudes.Chunk(CalmRows).Where(rows => rows.Length == CalmRows || magnitudes.Length < CalmRows)
            .Select(rows => (Mean: rows.Average(), Range: rows.Max() - rows.Min())).OrderBy(rows => rows.Range).ToArray();
        return Statistics.Median([.. stretches.Take(Math.Max(1, stretches.Length / 4)).Select(rows => rows.Mean)]);
    }

    private static IEnumerable<double> Magnitudes(IReadOnlyList<TableColumn> columns) =>
        Enumerable.Range(0, columns[0].Numbers.Length)
            .Select(row => Math.Sqrt(columns.Sum(column => column.Numbers[row] * column.Numbers[row]))).Where(double.IsFinite);

    private static string? NamedAcceleration(string name)
    {
        string text = name.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        return text.Contains("m/s", StringComparison.Ordinal) || text.Contains("mps2", StringComparison.Ordinal) || text.Contains("ms2", StringComparison.Ordinal)
            ? "m/s2"
            : text.EndsWith("(mg)", StringComparison.Ordinal) || text.EndsWith("[mg]", StringComparison.Ordinal) || text.EndsWith("_mg", StringComparison.Ordinal) ? "mg"
            : text.EndsWith("(g)", StringComparison.Ordinal) || text.EndsWith("[g]", StringComparison.Ordinal) || text.EndsWith("_g", StringComparison.Ordinal) ? "g" : null;
    }

    private static string? NamedRotation(string name)
    {
        string text = name.ToLowerInvariant();
        return text.Contains("rad", StringComparison.Ordinal) ? "rad/s"
            : text.Contains("dps", StringComparison.Ordinal) || text.Contains("deg", StringComparison.Ordinal) || text.Contains('°') ? "deg/s" : null;
    }
}
