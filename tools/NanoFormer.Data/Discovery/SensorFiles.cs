using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>
/// Joins the files of one recording that a phone writes for each of its sensors, such as <c>Accelerometer.csv</c> and <c>Gyroscope.csv</c>,
/// into one table per recording: rows of the accelerometer, with the rotation at their time on a line between two samples.
/// </summary>
/// <remarks>The tables are in a folder of their own, which is deleted with this.</remarks>
internal sealed partial class SensorFiles : IDisposable
{
    private const double FarInSteps = 10; // from the nearest sample of the gyroscope, in its usual steps
    private const double LeastJoined = 0.5; // of the rows: otherwise the clocks are not the same

    // Words of files' names, such as TotalAcceleration or GyroscopeUncalibrated.
    private const string Begin = "(?<![a-z])";
    private const string End = "(uncalibrated)?(?![a-z])";
    private const string Acceleration = "((linear|total|user)?[ _-]?(accelerometer|acceleration|accel|acc))";
    private const string Rotation = "(gyroscope|gyro|gyr|rotation[ _-]?rate|angular[ _-]?velocity)";
    private const string Other = "(gravity|magnetometer|magnet|mag|barometer|orientation|pedometer|location|compass|annotation|metadata|light|pressure|microphone|battery)";

    private string? _folder;

    /// <summary>The files, with those of one recording replaced by one; what was joined is told.</summary>
    public (string Path, string Name)[] Join((string Path, string Name)[] files, List<Choice> choices)
    {
        var others = new List<(string Path, string Name)>();
        var joined = new List<(string Path, string Name)>();
        var (rows, lost, unused) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var group in files.GroupBy(file => WithoutSensor(file.Name)))
        {
            var parts = group.Select(file => (File: file, Kind: KindOf(file.Name))).ToArray();
            var acceleration = parts.Where(part => part.Kind is SensorKind.Acceleration or SensorKind.LinearAcceleration)
                .OrderBy(part => part.Kind == SensorKind.LinearAcceleration).ThenBy(part => !IsTotal(part.File.Name)).Select(part => part.File).FirstOrDefault();
            var rotation = parts.FirstOrDefault(part => part.Kind == SensorKind.Rotation).File;
            // Where gravity has a file of its own, it was taken from the acceleration.
            bool isLinear = acceleration.Name is not null && !IsTotal(acceleration.Name)
                && (KindOf(acceleration.Name) == SensorKind.LinearAcceleration || parts.Any(part => GravityWord().IsMatch(part.File.Name)));
            if (acceleration.Path is null || rotation.Path is null || Part.Read(acceleration.Path) is not { } first || Part.Read(rotation.Path) is not { } second
                || Rows(first, second) is not { } turned || turned.Count(row => row is not null) < LeastJoined * turned.Length)
            {
                others.AddRange(group);
                continue;
            }

            joined.Add(Write(group.Key, [.. first.Names(isLinear ? "lin acc" : "acc"), .. second.AxisNames("gyro")], first, turned));
            rows += turned.Length;
            lost += turned.Count(row => row is null);
            unused.UnionWith(group.Where(file => file != acceleration && file != rotation).Select(file => Path.GetFileName(file.Name)));
        }

        if (joined.Count == 0)
        {
            return files;
        }

        choices.Add(new Choice("joined", FormattableString.Invariant($"{joined.Count} recordings of an accelerometer's and a gyroscope's file each"),
            lost == 0 ? "their names differ in the sensor only" : FormattableString.Invariant($"{lost} of {rows} rows are left out: the gyroscope has none near them")));
        if (unused.Count > 0)
        {
            choices.Add(new Choice("left out", string.Join(", ", unused.Order(StringComparer.Ordinal).Take(12)), "files beside them"));
        }

        var alone = others.Where(file => KindOf(file.Name) != SensorKind.Unknown).ToArray();
        if (alone.Length > 0)
        {
            choices.Add(new Choice("left out", FormattableString.Invariant($"{alone.Length} files of one sensor, such as {alone[0].Name}"),
                "the file of the other sensor is missing, or its clock is another"));
        }

        return [.. others.Except(alone), .. joined];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>For each row of the accelerometer the rotation, null where none is near; null when nothing tells what belongs together.</summary>
    private static double[]?[]? Rows(Part acceleration, Part rotation)
    {
        if (acceleration.Times is null || rotation.Times is null)
        {
            return acceleration.Rows.Count == rotation.Rows.Count ? [.. rotation.Axes] : null;
        }

        var samples = rotation.Times.Zip(rotation.Axes).Where(sample => double.IsFinite(sample.First) && sample.Second.All(double.IsFinite))
            .OrderBy(sample => sample.First).DistinctBy(sample => sample.First).ToArray();
        if (samples.Length < 2)
        {
            return null;
        }

        double[] times = [.. samples.Select(sample => sample.First)];
        double far = FarInSteps * Statistics.Median([.. times.Zip(times.Skip(1), (one, next) => next - one)]);
        return [.. acceleration.Times.Select(time => At(time))];

        double[]? At(double time)
        {
            int found = Array.BinarySearch(times, time);
            int next = Math.Clamp(found < 0 ? ~found : found, 1, times.Length - 1);
            var (before, after) = (samples[next - 1], samples[next]);
            if (!double.IsFinite(time) || Math.Min(Math.Abs(time - before.First), Math.Abs(after.First - time)) > far)
            {
                return null;
            }

            double part = Math.Clamp((time - before.First) / (after.First - before.First), 0, 1);
            return [.. before.Second.Zip(after.Second, (one, other) => one + (part * (other - one)))];
        }
    }

    private (string Path, string Name) Write(string name, string[] header, Part acceleration, double[]?[] turned)
    {
        _folder ??= Directory.CreateTempSubdirectory("nanoformer-joined-").FullName;
        string path = Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(false));
        text.WriteLine(string.Join('\t', header));
        foreach (var (row, rotation) in acceleration.Rows.Zip(turned))
        {
            if (rotation is not null)
            {
                text.WriteLine(string.Join('\t', row.Concat(rotation.Select(value => value.ToString("G9", CultureInfo.InvariantCulture)))));
            }
        }

        return (path, name);
    }

    private static bool IsTotal(string name) => name.Contains("total", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the name of a file, or of a folder it is in, says that it measures.</summary>
    private static SensorKind KindOf(string name)
    {
        string words = name.ToLowerInvariant();
        return words.Contains("uncalibrated", StringComparison.Ordinal) ? SensorKind.Other
            : RotationWord().IsMatch(words) ? SensorKind.Rotation
            : AccelerationWord().IsMatch(words)
                ? LinearWord().IsMatch(words) ? SensorKind.LinearAcceleration : SensorKind.Acceleration
            : OtherWord().IsMatch(words) ? SensorKind.Other : SensorKind.Unknown;
    }

    /// <summary>A name without the words for sensors. Where nothing else is left of a file's name, the folder names the recording.</summary>
    private static string WithoutSensor(string name)
    {
        string[] parts = [.. name.Split('/').Select((part, i) => Separators().Replace(AnySensor().Replace(i == name.Count(c => c == '/') ? Stem(part) : part, ""), "$1")
            .Trim(' ', '_', '-', '.')).Where(part => part.Length > 0)];
        return (parts.Length == 0 ? "recording" : string.Join('/', parts)) + ".tsv";
    }

    private static string Stem(string file) =>
        Path.GetFileNameWithoutExtension(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file);

    [GeneratedRegex(Begin + Rotation + End)]
    private static partial Regex RotationWord();

    [GeneratedRegex(Begin + Acceleration + End)]
    private static partial Regex AccelerationWord();

    [GeneratedRegex(Begin + "(linear|lin|user(?![ _-]?[0-9]))")]
    private static partial Regex LinearWord();

    [GeneratedRegex(Begin + "gravity" + End, RegexOptions.IgnoreCase)]
    private static partial Regex GravityWord();

    [GeneratedRegex(Begin + Other + End)]
    private static partial Regex OtherWord();

    [GeneratedRegex(Begin + "(" + Acceleration + "|" + Rotation + "|" + Other + ")" + End, RegexOptions.IgnoreCase)]
    private static partial Regex AnySensor();

    [GeneratedRegex("([ _.-])[ _.-]+")]
    private static partial Regex Separators();

    /// <summary>The file of one sensor: its clock, three axes, and what says class and person.</summary>
    private sealed class Part
    {
        private readonly TableLook _look;
        private readonly ColumnRoles _roles;
        private readonly SensorColumns _sensor;
        private readonly TableColumn[] _others;

        private Part(TableLook look, ColumnRoles roles, SensorColumns sensor)
        {
            _look = look;
            _roles = roles;
            _sensor = sensor;
            _others = [.. new[] { roles.Time, roles.Label, roles.Subject, roles.Recording }.OfType<TableColumn>()];
        }

        /// <summary>Fields of class, person, clock and axes, a decimal point in numbers.</summary>
        public List<string[]> Rows { get; } = [];

        /// <summary>The axes of each row, NaN for what is no number.</summary>
        public List<double[]> Axes { get; } = [];

        /// <summary>The clock of each row; null without one.</summary>
        public List<double>? Times { get; private init; }

        /// <summary>Reads a file; null when it is not a table of one sensor with three axes.</summary>
        public static Part? Read(string path)
        {
            if (TableLook.At(path, whole: true) is not { } look || ColumnRoles.Of(look) is not { Sensors: [{ Columns.Count: 3 } sensor, ..] } roles)
            {
                return null;
            }

            var part = new Part(look, roles, sensor) { Times = roles.Time is null ? null : [] };
            return part.ReadRows(path) ? part : null;
        }

        /// <summary>The names of the columns; those of a table without any are what they hold.</summary>
        public IEnumerable<string> Names(string prefix) => _others.Select(column => _look.HasHeader ? column.Name
            : column == _roles.Time ? "time" : column == _roles.Label ? "label" : column == _roles.Subject ? "subject" : "recording").Concat(AxisNames(prefix));

        /// <summary>The names of the axes, behind the sensor's.</summary>
        public IEnumerable<string> AxisNames(string prefix) =>
            _sensor.Columns.Select((column, axis) => _look.HasHeader ? $"{prefix} {column.Name}" : $"{prefix} {"xyz"[axis]}");

        private bool ReadRows(string path)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using var text = new StreamReader(SourceFiles.Open(path), Encoding.GetEncoding(_look.Encoding ?? "utf-8"), true);
            var reader = new LineReader(text);
            TableColumn[] columns = [.. _others, .. _sensor.Columns];
            int width = columns.Max(column => column.Index) + 1;
            while (reader.TryRead(out var line))
            {
                string[] fields = CsvFields.NamesOf(line, _look.Delimiter);
                if (CsvFields.IsComment(line) || CsvFields.IsBlank(line) || fields.Length < width)
                {
                    continue;
                }

                double[] axes = [.. _sensor.Columns.Select(column => Number(fields[column.Index]))];
                if (!axes.Any(double.IsFinite))
                {
                    continue; // a header, a line of units
                }

                Axes.Add(axes);
                Times?.Add(Time(fields[_roles.Time!.Index]));
                Rows.Add([.. columns.Select(column => Field(column, fields[column.Index]))]);
            }

            return Rows.Count > 1;
        }

        private string Field(TableColumn column, string field) =>
            _look.DecimalComma && column.IsNumeric ? field.Replace(',', '.') : field.Replace('\t', ' ');

        private double Time(string field) => CsvNumbers.TryParseDate(field, out var date) ? date.UtcTicks / 1e7 : Number(field);

        private double Number(string field) => CsvNumbers.TryParse(field, _look.DecimalComma, out double number) ? number : double.NaN;
    }
}
