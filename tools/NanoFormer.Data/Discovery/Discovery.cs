using System.Globalization;
using System.Text.RegularExpressions;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Discovery;

/// <summary>Something that was chosen, and why.</summary>
/// <param name="What">What was to be chosen, such as <c>rate</c>.</param>
/// <param name="Value">The choice.</param>
/// <param name="Why">What it was found from.</param>
public sealed record Choice(string What, string Value, string Why);

/// <summary>What the user states in advance; null for what the files are to show.</summary>
public sealed record DiscoveryRequest
{
    /// <summary>Samples per second, where nothing tells them.</summary>
    public double? RateHz { get; init; }

    /// <summary>The sensor to use where there are several, by a part of its columns' names.</summary>
    public string? Sensor { get; init; }

    /// <summary>Column with the classes.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Column with the persons or machines.</summary>
    public string? SubjectColumn { get; init; }

    /// <summary>Table that says from when to when which activity was done; with a <c>*</c> for the recording's name, one for each.</summary>
    public string? LabelSpans { get; init; }

    /// <summary>Columns of that table, in their order: file, subject, label, start, end.</summary>
    public IReadOnlyList<string> SpanColumns { get; init; } = [];

    /// <summary>What start and end count.</summary>
    public SpanUnit? SpanUnit { get; init; }
}

/// <summary>How to read a folder of recordings, as found by looking at it.</summary>
/// <param name="Format">Its form.</param>
/// <param name="Files">What to read, with the options of each file; empty for forms that say everything themselves.</param>
/// <param name="Names">What the names of the files tell; null where it is not used.</param>
/// <param name="Choices">What was chosen and why.</param>
internal sealed record DiscoveredSource(
    RecordingFormat Format, IReadOnlyList<(string Path, string Name, CsvSourceOptions Options)> Files, NameRoles? Names,
    IReadOnlyList<Choice> Choices)
{
    /// <summary>The folder that was looked at: that of the files, or one of unpacked archives.</summary>
    public string Root { get; init; } = "";

    /// <summary>Tables that tell the classes; null without.</summary>
    public LabelSpanOptions? Spans { get; init; }

    /// <summary>Samples per second that irregular stamps are brought to; null to leave them.</summary>
    public double? ResampleHz { get; init; }

    /// <summary>Sample periods that make a gap.</summary>
    public double GapPeriods { get; init; } = RecordingImport.UsualGapPeriods;
}

/// <summary>Looks at a folder and tells how it is to be read.</summary>
internal sealed partial class Discovery
{
    private const int LookedAt = 24; // files looked at closely
    private const int MostOthers = 16;
    private const int ManyColumns = 60; // more than sensors have
    private const double Irregular = 0.01; // of the steps longer than a gap
    private const double LongestFilled = 2; // seconds between two uneven stamps that are one recording
    private const double PacketSteps = 6;  // usual steps within a packet, from one packet to the next at least
    private const double PacketSpread = 4; // of the longest of these steps and the shortest
    /// <summary>Extensions of files that may hold recordings; empty for none.</summary>
    internal static readonly string[] AllExtensions = [".csv", ".tsv", ".txt", ".dat", ".data", "", .. RecordingFormat.EdgeImpulse.Extensions, ".log"];
    private static readonly string[] NotRecordings = ["readme", "license", "licence", "changelog", "activity_labels", "features", "info", "description", "metadata", "requirements"];

    private readonly string _path;
    private readonly DiscoveryRequest _request;
    private readonly List<Choice> _choices = [];
    private readonly List<(string File, SensorUnits Units)> _otherUnits = [];
    private SensorUnits? _acceleration;
    private string _root = "";
    private bool _isPlaceStated;

    private readonly SensorFiles _joined;
    private readonly UnpackedArchives _unpacked;

    private Discovery(string path, DiscoveryRequest request, UnpackedArchives unpacked, SensorFiles joined) =>
        (_path, _request, _unpacked, _joined) = (path, request, unpacked, joined);

    /// <summary>Looks at a file or folder.</summary>
    /// <exception cref="DataException"><see cref="DataError.UnknownFormat"/>: nothing in it is a recording, or something that must be
    /// known cannot be seen; the message says what, and how to tell it.</exception>
    /// <param name="path">The file or folder.</param>
    /// <param name="request">What the user states.</param>
    /// <param name="unpacked">Receives the files of archives; what is found may refer to them.</param>
    /// <param name="joined">Receives the files of several sensors, joined; what is found may refer to them.</param>
    public static DiscoveredSource Look(string path, DiscoveryRequest request, UnpackedArchives unpacked, SensorFiles joined) =>
        new Discovery(path, request, unpacked, joined).Look();

    private DiscoveredSource Look()
    {
        _root = _unpacked.Unpack(_path, AllExtensions, _choices);
        var files = SourceFiles.Find(_root, AllExtensions).Where(file => !IsNote(file.Name) && !IsHidden(file.Name))
            .OrderBy(file => file.Name.Count(c => c == '/')).ToArray(); // of copies the one nearest to the top stays
        var acquisitions = files.Where(file => RecordingFormat.EdgeImpulse.Extensions.Contains(SourceFiles.ExtensionOf(file.Path))
            && !file.Name.EndsWith("info.labels", StringComparison.Ordinal)).ToArray();
        var texts = files.Except(acquisitions).ToArray();
        var logs = texts.Where(file => IsLog(file.Path)).ToArray();
        if (logs.Length > 0 && logs.Length >= texts.Length - logs.Length)
        {
            _choices.Add(new Choice("layout", $"{logs.Length} logs of a device", "lines of the log format"));
            return new DiscoveredSource(RecordingFormat.Log, [], null, _choices) { Root = _root };
        }

        (texts, _isPlaceStated) = SensorPlaces.Keep([.. texts.Except(logs)], _request.Sensor, _choices);
        var spans = SpanTables.Among(texts, _request);
        var tables = Tables(_joined.Join(spans.Others, _choices));
        if (acquisitions.Length > tables.Sum(group => group.Count))
        {
            return Acquisitions(acquisitions);
        }

        return tables.Count > 0
            ? Table(tables, spans)
            : throw new DataException(DataError.UnknownFormat,
                $"'{_path}' holds no table of numbers, no device log and no Edge Impulse file among {files.Length} files. "
                + "Recordings are CSV files (.csv, .tsv, .txt, .gz or .zip of these) with a row per sample.");
    }

    private DiscoveredSource Acquisitions((string Path, string Name)[] files)
    {
        var names = NameRoles.Of([.. files.Select(file => file.Name)]);
        _choices.Add(new Choice("layout", $"{files.Length} Edge Impulse files", "their extension"));
        return new DiscoveredSource(RecordingFormat.EdgeImpulse, [], names, _choices) { Root = _root };
    }

    /// <summary>The tables of the form that most bytes are in, and what is left out.</summary>
    private static List<List<(string Path, string Name, TableLook Look)>> Tables((string Path, string Name)[] files)
    {
        var looks = new List<(string Path, string Name, TableLook Look)>();
        foreach (var (path, name) in files)
        {
            if (TableLook.At(path, whole: false) is { } look && ColumnRoles.Of(look) is { } roles && (roles.Sensors.Count > 0 || roles.Others.Count > 0))
            {
                looks.Add((path, name, look));
            }
        }

        return [.. looks.GroupBy(file => file.Look.Signature).Select(group => group.ToList())
            .OrderByDescending(group => group.Sum(file => new FileInfo(file.Path).Length * (file.Name.Contains("acc", StringComparison.OrdinalIgnoreCase) ? 1.5 : 1)))];
    }

    private DiscoveredSource Table(List<List<(string Path, string Name, TableLook Look)>> groups, SpanTables tables)
    {
        var files = groups[0];
        int left = groups.Skip(1).Sum(group => group.Count);
        var sample = files.Count <= LookedAt ? files : [.. Enumerable.Range(0, LookedAt).Select(i => files[i * files.Count / LookedAt])];
        var looks = sample.Select(file => (file.Name, Look: TableLook.At(file.Path, whole: true)!)).ToArray();
        var first = looks.MaxBy(look => look.Look.Columns[0].Texts.Length).Look;
        var roles = Agreed(ColumnRoles.Of(first), [.. looks.Select(look => ColumnRoles.Of(look.Look))]);
        _choices.Add(new Choice("layout", $"{files.Count} {(files.Count == 1 ? "file" : "files")}, fields parted by {string.Join(" or ", files.Select(file => NameOf(file.Look.Delimiter)).Distinct())}",
            first.HasHeader ? $"columns {string.Join(", ", first.Columns.Take(12).Select(c => c.Name))}{(first.Columns.Count > 12 ? " ..." : "")}"
                : $"{first.Columns.Count} columns without names"));
        if (left > 0)
        {
            _choices.Add(new Choice("left out", $"{left} files of another form", $"such as {groups[1][0].Name}"));
        }

        var names = NameRoles.Of([.. files.Select(file => file.Name)]);
        var options = Channels(first, roles, [.. looks.Select(look => look.Look)]) with
        {
            ColumnNames = first.HasHeader && !HasTwins(first) ? [] : Unique(first),
        };
        var timed = Time(options, first, [.. looks.Select(look => look.Look)], roles, [.. files.Select(file => file.Path)], out double? resample, out double gaps);
        var spans = Spans(tables, timed, roles, files);
        options = Labels(Subjects(timed, first.HasHeader, roles, names, spans), roles, names, spans);
        (string Path, string Name, CsvSourceOptions Options)[] described =
        [
            .. files.Select((file, i) => (file.Path, file.Name, OfFile(options, names, i, file.Look) with
            {
                Channels = Gained(options.Channels, file.Path, file.Look),
            })),
        ];
        foreach (var group in _otherUnits.GroupBy(other => other.Units.Unit))
        {
            _choices.Add(new Choice("mixed units", $"{group.Count()} of {files.Count} files in {group.Key}, brought to {options.Channels[0].Unit}",
                $"{group.First().File}: {group.First().Units.Why}"));
        }

        return new DiscoveredSource(RecordingFormat.Csv, described, names, _choices)
        {
            Root = _root,
            Spans = spans,
            ResampleHz = resample,
            GapPeriods = gaps,
        };
    }

    /// <summary>Roles of the largest file; what some files have and others lack of labels, is taken from those that have it.</summary>
    private ColumnRoles Agreed(ColumnRoles roles, ColumnRoles[] all)
    {
        TableColumn? Stated(string? name) => name is null ? null : all.SelectMany(r => r.Others.Concat(new[] { r.Label, r.Subject, r.Recording, r.Time }.OfType<TableColumn>())
            .Concat(r.Sensors.SelectMany(s => s.Columns))).FirstOrDefault(column => column.Name == name);
        var label = Stated(_request.LabelColumn) ?? roles.Label ?? all.Select(r => r.Label).OfType<TableColumn>().FirstOrDefault();
        return roles with
        {
            Label = label,
            Subject = Stated(_request.SubjectColumn) ?? roles.Subject ?? all.Select(r => r.Subject).OfType<TableColumn>().FirstOrDefault(),
        };
    }

    private CsvSourceOptions Channels(TableLook look, ColumnRoles roles, TableLook[] all)
    {
        var sensors = roles.Sensors.Where(sensor => _request.Sensor is null || _isPlaceStated
            || sensor.Columns.Any(column => column.Name.Contains(_request.Sensor, StringComparison.OrdinalIgnoreCase))).ToArray();
        var acceleration = sensors.FirstOrDefault(sensor => sensor.Kind == SensorKind.Acceleration)
            ?? sensors.FirstOrDefault(sensor => sensor.Kind == SensorKind.LinearAcceleration);
        var rotation = sensors.FirstOrDefault(sensor => sensor.Kind == SensorKind.Rotation && (acceleration is null || sensor.Place == acceleration.Place))
            ?? OnlyRotation(sensors);
        if (acceleration is null && rotation is null)
        {
            return Generic(look, roles, sensors);
        }

        var channels = new List<SourceChannel>();
        SensorColumns[] unused = [.. roles.Sensors];
        if (acceleration is not null)
        {
            var units = SensorUnits.OfAcceleration(InAll(acceleration));
            _acceleration = acceleration.Kind == SensorKind.Acceleration && units is { IsSure: true, Zero: null } ? units : null;
            var gravity = acceleration.Kind == SensorKind.LinearAcceleration ? GravityFor(acceleration, roles.Sensors) : null;
            if (gravity is not null)
            {
                units = SensorUnits.OfAcceleration(Sum(acceleration, gravity));
                _choices.Add(new Choice("gravity", $"{NamesOf(gravity)} is added", "the sensor on the device measures both in one"));
            }

            channels.AddRange(Axes(acceleration, look, "acc", units).Select((channel, i) => gravity is null ? channel : channel with { Added = ColumnName(look, gravity.Columns[i]) }));
            unused = [.. unused.Where(sensor => sensor != gravity)];
            _choices.Add(new Choice("acceleration", $"{NamesOf(acceleration)} in {Unit(units)}", units.Why));
            if (acceleration.Kind == SensorKind.LinearAcceleration && gravity is null)
            {
                _choices.Add(new Choice("note", "acceleration without gravity", "the sensor on the device measures it with gravity: record that"));
            }
        }

        if (rotation is not null)
        {
            var units = SensorUnits.OfRotation(InAll(rotation));
            channels.AddRange(Axes(rotation, look, "gyro", units));
            _choices.Add(new Choice("rotation", $"{NamesOf(rotation)} in {Unit(units)}", units.Why));
        }

        var left = unused.Where(sensor => sensor != acceleration && sensor != rotation).ToArray();
        if (left.Length > 0)
        {
            _choices.Add(new Choice("left out", string.Join("; ", left.Select(NamesOf)),
                "the device has one accelerometer with gyroscope; another place: --sensor NAME"));
        }

        return new CsvSourceOptions { Channels = channels };

        IReadOnlyList<TableColumn>[] InAll(SensorColumns sensor) =>
            [.. all.Select(file => sensor.Columns.Select(column => file.Columns[column.Index]).ToArray())];
    }

    /// <summary>The gravity that was taken from an acceleration, where both together rest at one g in the unit of both; null without.</summary>
    private static SensorColumns? GravityFor(SensorColumns acceleration, IReadOnlyList<SensorColumns> sensors) => sensors.FirstOrDefault(sensor =>
        sensor.Columns.Count == acceleration.Columns.Count && sensor.Columns.All(column => column.Name.Contains("grav", StringComparison.OrdinalIgnoreCase))
        && SensorUnits.OfAcceleration(Sum(acceleration, sensor)) is { IsSure: true, Gain: 1 });

    private static TableColumn[] Sum(SensorColumns one, SensorColumns other) => [.. one.Columns.Zip(other.Columns, (a, b) => a with
    {
        Numbers = [.. a.Numbers.Zip(b.Numbers, (x, y) => x + y)],
    })];

    /// <summary>The gyroscope of a table that has one of each: whatever its name says beside it, they are at one place.</summary>
    private static SensorColumns? OnlyRotation(SensorColumns[] sensors)
    {
        var rotations = sensors.Where(sensor => sensor.Kind == SensorKind.Rotation).ToArray();
        return rotations.Length == 1 && sensors.Count(sensor => sensor.Kind is SensorKind.Acceleration) <= 1 ? rotations[0] : null;
    }

    /// <summary>All numbers of a table that is not of motion.</summary>
    private CsvSourceOptions Generic(TableLook look, ColumnRoles roles, SensorColumns[] sensors)
    {
        TableColumn[] columns = [.. sensors.SelectMany(sensor => sensor.Columns).Concat(roles.Others).OrderBy(column => column.Index).Take(MostOthers)];
        if (columns.Length == 0)
        {
            throw new DataException(DataError.UnknownFormat,
                $"no column of '{_path}' holds a signal; there are {string.Join(", ", look.Columns.Select(column => column.Name))}."
                + (_request.Sensor is null ? "" : $" --sensor '{_request.Sensor}' names none of them."));
        }

        _choices.Add(new Choice("channels", string.Join(", ", columns.Select(column => column.Name)), "all columns of numbers; none is an axis of a motion sensor"));
        return new CsvSourceOptions
        {
            Channels = [.. columns.Select((column, i) => new SourceChannel(ShortName(column.Name, i), UnitIn(column.Name)) { Column = ColumnName(look, column) })],
        };
    }

    private static IEnumerable<SourceChannel> Axes(SensorColumns sensor, TableLook look, string name, SensorUnits units) =>
        sensor.Columns.Select((column, axis) => new SourceChannel($"{name}_{"xyz"[AxisColumn.Of(column)?.Axis ?? axis]}", units.Unit)
        {
            Column = ColumnName(look, column),
            Gain = units.Gain,
            Offset = units.Zero?[axis] ?? 0,
        });

    /// <summary>The channels as one file writes them: some files of a set may be in another unit.</summary>
    private IReadOnlyList<SourceChannel> Gained(IReadOnlyList<SourceChannel> channels, string path, TableLook look)
    {
        var acceleration = channels.Where(channel => channel.Name.StartsWith("acc_", StringComparison.Ordinal)).ToArray();
        TableColumn[] columns = [.. acceleration.Select(channel => look.Columns.FirstOrDefault(column => ColumnName(look, column) == channel.ColumnName)).OfType<TableColumn>()];
        if (_acceleration is not { } usual || columns.Length < 3 || SensorUnits.OfFile(columns, usual) is not { } own || own.Unit == usual.Unit)
        {
            return channels;
        }

        double factor = own.Gain * AccelerationUnit.InG(own.Unit)!.Value / AccelerationUnit.InG(acceleration[0].Unit)!.Value;
        _otherUnits.Add((Path.GetFileName(path), own));
        return [.. channels.Select(channel => acceleration.Contains(channel) ? channel with { Gain = factor } : channel)];
    }

    private static string Unit(SensorUnits units) => units.Gain == 1 ? units.Unit
        : FormattableString.Invariant($"{units.Unit} (counts / {1 / units.Gain:0.#})");

    private CsvSourceOptions Time(CsvSourceOptions options, TableLook look, TableLook[] all, ColumnRoles roles, string[] paths, out double? resample, out double gaps)
    {
        (resample, gaps) = (null, RecordingImport.UsualGapPeriods);
        if (roles.Time is not { } time || (_request.RateHz is not null && time.Changes < 0.5))
        {
            var (rate, why) = _request.RateHz is { } given ? (given, "--rate") : RateNotes.Find(_path, _root, paths) ?? throw new DataException(DataError.UnknownFormat,
                $"nothing in '{_path}' tells the sample rate: there is no column of time stamps, and no note beside the files says it. "
                + (look.Columns.Count(column => column.IsNumeric) >= ManyColumns
                    ? $"Its {look.Columns.Count} columns look like whole windows, or features, of a row each: recordings have a row per sample. If these are: --rate HZ."
                    : "Say it with --rate HZ."));
            _choices.Add(new Choice("rate", FormattableString.Invariant($"{rate:0.###} Hz"), why));
            return options with { RateHz = rate };
        }

        var (seconds, unit) = time.IsDate ? (1, "dates") : TimeUnits.Of(time);
        // Of the file whose rate is in the middle: some may have another.
        double[][] files = [.. all.Where(other => time.Index < other.Columns.Count && other.Columns[time.Index].Name == time.Name)
            .Select(other => StepsOf(other.Columns[time.Index]).Select(step => step * seconds).ToArray()).Where(own => own.Any(step => step > 0))
            .OrderBy(own => Statistics.Median([.. own.Where(step => step > 0)]))];
        double[] alike = files.Length > 0 ? files[files.Length / 2] : [];
        double[] steps = [.. alike.Where(step => step > 0)];
        double usual = Statistics.Median(steps);
        double hertz = 1 / alike.Where(step => Math.Abs(step) <= 4 * usual).DefaultIfEmpty(usual).Average();
        bool isBursty = time.Changes < 0.7 || ComeInPackets(steps, usual);
        if (!isBursty && steps.Count(step => step > 1.5 * usual || step < 0.5 * usual) > Irregular * steps.Length)
        {
            resample = NiceRate(hertz);
            gaps = hertz * Math.Max(Math.Max(4 / hertz, 0.25), Math.Min(LongestFilled, 3 * Statistics.Quantile(steps, 0.95)));
            _choices.Add(new Choice("rate", FormattableString.Invariant($"{resample:0.###} Hz"),
                $"the stamps of '{time.Name}' ({unit}) are uneven, about {hertz.ToString("0.#", CultureInfo.InvariantCulture)} Hz: samples are placed by them"));
        }
        else
        {
            _choices.Add(new Choice("rate", isBursty ? "by the number of samples" : FormattableString.Invariant($"{hertz:0.##} Hz"),
                $"time stamps of '{time.Name}', {unit}"));
        }

        return options with { TimeColumn = ColumnName(look, time), TimeUnitSeconds = seconds };
    }

    private static IEnumerable<double> StepsOf(TableColumn time) => Enumerable.Range(1, Math.Max(0, time.Numbers.Length - 1))
        .Where(i => time.Blocks[i] == time.Blocks[i - 1]).Select(i => time.Numbers[i] - time.Numbers[i - 1]).Where(double.IsFinite);

    /// <summary>Whether most of the time passes in long steps that are about equal, from one packet to the next; losses by radio differ.</summary>
    private static bool ComeInPackets(double[] steps, double usual)
    {
        double[] all = [.. steps.Where(step => step > PacketSteps * usual)];
        return all.Length > 0.01 * steps.Length && all.Sum() > 0.5 * steps.Sum()
            && Statistics.Quantile(all, 0.9) < PacketSpread * Statistics.Quantile(all, 0.1);
    }

    /// <summary>A rate that a sensor is set to, within 6 % of a measured one; else the measured one in three digits.</summary>
    public static double NiceRate(double hertz)
    {
        double[] usual = [10, 12.5, 20, 25, 26, 30, 31.25, 32, 40, 50, 52, 60, 62.5, 64, 75, 80, 100, 104, 119, 125, 128, 200, 208, 250, 256, 400, 500, 512, 800, 1000];
        double near = usual.MinBy(rate => Math.Abs(rate / hertz - 1));
        return Math.Abs(near / hertz - 1) < 0.06 ? near : SampleTimes.Round(hertz);
    }

    /// <summary>How to read the tables of labelled spans; null where there are none, or a column of the recordings tells the classes.</summary>
    private LabelSpanOptions? Spans(SpanTables tables, CsvSourceOptions options, ColumnRoles roles, List<(string Path, string Name, TableLook Look)> files)
    {
        if (tables.Tables.Count == 0)
        {
            return null;
        }

        string name = tables.Tables.Count == 1 ? tables.Tables[0].Name : $"{tables.Tables[0].Name} and {tables.Tables.Count - 1} more";
        if (_request.LabelSpans is null && (_request.LabelColumn is not null || roles.Label is not null))
        {
            _choices.Add(new Choice("left out", $"{name}, which tells classes too", $"column '{roles.Label?.Name}' of the recordings does; otherwise --label-spans {name}"));
            return null;
        }

        var found = tables.Read([.. files.Select(file => file.Name)], _request.SpanColumns);
        var (spans, unit) = SpansWithUnit(tables, found, options, files);
        _choices.Add(new Choice("labels", FormattableString.Invariant($"{spans} spans of {name}, {UnitWords(unit)}"),
            _request.SpanUnit is null ? $"columns {string.Join(", ", found.Columns)}; the unit that fits the recordings' lengths" : $"columns {string.Join(", ", found.Columns)}; --span-unit"));
        return found with { Unit = unit == SpanUnit.Dates ? null : unit };
    }

    private (int Spans, SpanUnit Unit) SpansWithUnit(
        SpanTables tables, LabelSpanOptions found, CsvSourceOptions options, List<(string Path, string Name, TableLook Look)> files)
    {
        var (first, rows, columns) = (tables.Tables[0].Name, tables.Tables[0].Rows, SpanColumns.Of(tables.Tables[0].Name, tables.Tables[0].Rows, found.Columns));
        int count = tables.Tables.Sum(table => table.Rows.Rows.Count);
        if (_request.SpanUnit is { } stated)
        {
            return (count, stated);
        }

        if (rows.Rows.Any(row => columns.Start < row.Fields.Length && SpanRows.TryBorder(row.Fields[columns.Start], out _, out bool isDate) && isDate))
        {
            return (count, SpanUnit.Dates);
        }

        var names = new SpanFileNames([.. files.Select(file => file.Name)]);
        var some = new List<(SpanUnits.Length, (double, double)[])>();
        var spans = tables.Tables.Zip(found.Tables).SelectMany(pair => pair.First.Rows.Rows.Select(row => (Key: pair.Second.Recording ?? FieldOf(row.Fields, columns.File), row.Fields)))
            .GroupBy(row => row.Key).Select(group => (File: files.Count == 1 ? [0] : names.Find(group.Key), Rows: group)).Where(group => group.File.Length == 1);
        foreach (var (file, own) in spans.Take(LookedAt / 4))
        {
            (double, double)[] borders = [.. own.Where(row => BorderOf(FieldOf(row.Fields, columns.Start)) <= BorderOf(FieldOf(row.Fields, columns.End)))
                .Select(row => (BorderOf(FieldOf(row.Fields, columns.Start)), BorderOf(FieldOf(row.Fields, columns.End))))];
            if (borders.Length > 0 && LengthOf(files[file[0]], options) is { } length)
            {
                some.Add((length, borders));
            }
        }

        return some.Count > 0 ? (count, SpanUnits.Of(first, columns.Start < rows.Names.Length ? rows.Names[columns.Start] : "", some))
            : throw new DataException(DataError.UnknownFormat, $"{first}: none of its spans is of a recording in '{_path}'.");

        static string FieldOf(string[] fields, int column) => column >= 0 && column < fields.Length ? fields[column] : "";
        static double BorderOf(string field) => SpanRows.TryBorder(field, out double border, out _) ? border : double.NaN;
    }

    /// <summary>Samples and time of a recording; null where it cannot be read.</summary>
    private static SpanUnits.Length? LengthOf((string Path, string Name, TableLook Look) file, CsvSourceOptions options)
    {
        using var spool = new SampleSpool();
        var own = OfFile(options with { BlankLines = BlankLineRule.Skip }, new NameRoles(null, null, "", ""), 0, file.Look);
        var sources = CsvSource.Read(file.Path, file.Name, own, new RepairOptions { DropBadRows = true }, new FindingLog(), spool);
        int rows = sources.Sum(source => source.Samples.Count);
        double seconds = sources.Count == 0 ? 0 : options.RateHz is { } rate ? rows / rate : sources.Max(source => source.Samples.Max(sample => sample.Seconds));
        return rows < 2 || seconds <= 0 ? null : new SpanUnits.Length(rows, seconds, sources[0].FirstStamp, options.TimeUnitSeconds);
    }

    private static string UnitWords(SpanUnit unit) => unit.Name switch
    {
        "samples" => "in samples (from 1, the last included)",
        "samples-from-0" => "in samples (from 0, the last excluded)",
        "stamps" => "in the recordings' own time stamps",
        "dates" => "by dates",
        var name => $"in {name} since each recording's begin",
    };

    private CsvSourceOptions Subjects(CsvSourceOptions options, bool hasHeader, ColumnRoles roles, NameRoles names, LabelSpanOptions? spans)
    {
        if (spans?.Columns.Contains("subject") is true)
        {
            _choices.Add(new Choice("subjects", "", $"the table of labels, {Path.GetFileName(spans.Tables[0].Path)}"));
            return options with { RecordingColumn = Session(options, roles) };
        }

        if (roles.Subject is { } column && (names.Subjects is null || (hasHeader && column.Distinct.Count > 1)))
        {
            _choices.Add(new Choice("subjects", "", $"column '{column.Name}'"));
            return options with { SubjectColumn = NameIn(options, column), RecordingColumn = Session(options, roles) };
        }

        _choices.Add(names.Subjects is { } told
            ? new Choice("subjects", "", names.SubjectFrom)
            : new Choice("subjects", "unknown: each file counts as one", "no column and no name tells who was recorded; the test is of other recordings, perhaps not of other people"));
        return options with { RecordingColumn = Session(options, roles) };
    }

    private static string? Session(CsvSourceOptions options, ColumnRoles roles) => roles.Recording is { } column ? NameIn(options, column) : null;

    private CsvSourceOptions Labels(CsvSourceOptions options, ColumnRoles roles, NameRoles names, LabelSpanOptions? spans)
    {
        if (spans is not null)
        {
            _choices.Add(new Choice("classes", "", "the table of labels"));
            return options;
        }

        if (roles.Label is { } column && (column.Distinct.Count(text => text.Length > 0) > 1 || names.Labels is null))
        {
            _choices.Add(new Choice("classes", "", $"column '{column.Name}'"));
            return options with { LabelColumn = NameIn(options, column) };
        }

        if (names.Labels is { } told)
        {
            _choices.Add(new Choice("classes", "", names.LabelFrom));
            return options;
        }

        throw new DataException(DataError.UnknownFormat,
            $"nothing in '{_path}' tells what was done: no column of classes (label, activity, gesture ...), no folder for each class, no class in "
            + "the files' names, no table of start, end and label. Name the column with --label-column or the table with --label-spans, or put the files of each class in a folder of its name.");
    }

    private static CsvSourceOptions OfFile(CsvSourceOptions options, NameRoles names, int file, TableLook look) => options with
    {
        Label = options.LabelColumn is null ? names.Labels?[file] : null,
        Subject = options.SubjectColumn is null ? names.Subjects?[file] ?? "" : "",
        Split = names.Splits?[file] ?? "",
        Encoding = look.Encoding,
        Delimiter = look.Delimiter.ToString(),
        DecimalComma = look.DecimalComma,
        LinesAfterHeader = look.HasHeader ? look.LinesAfterHeader : 0,
    };

    private static string NameIn(CsvSourceOptions options, TableColumn column) =>
        options.ColumnNames.Count > 0 ? options.ColumnNames[column.Index] : column.Name;

    private static string ColumnName(TableLook look, TableColumn column) => look.HasHeader && !HasTwins(look) ? column.Name : Unique(look)[column.Index];

    private static bool HasTwins(TableLook look) => look.Columns.Select(column => column.Name).Distinct().Count() < look.Columns.Count
        || look.Columns.Any(column => column.Name.StartsWith('*'));

    /// <summary>Names of which each is there once.</summary>
    private static string[] Unique(TableLook look) => [.. look.Columns.Select((column, i) =>
        look.Columns.Count(other => other.Name == column.Name) == 1 && !column.Name.StartsWith('*') ? column.Name : FormattableString.Invariant($"{column.Name.TrimStart('*')}_{i + 1}"))];

    private static bool IsNote(string name)
    {
        string file = Path.GetFileName(name).ToLowerInvariant();
        return file.EndsWith(".md", StringComparison.Ordinal) || NotRecordings.Any(note => file.StartsWith(note, StringComparison.Ordinal));
    }

    /// <summary>Whether an operating system keeps its own notes in a file or folder, not the user's.</summary>
    private static bool IsHidden(string name) => name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");

    private static bool IsLog(string path)
    {
        using var text = new StreamReader(SourceFiles.Open(path));
        char[] head = new char[1 << 16];
        int length = text.ReadBlock(head, 0, head.Length);
        return head.AsSpan(0, length).Contains("nf1 ", StringComparison.Ordinal);
    }

    private static string NamesOf(SensorColumns sensor) => string.Join(" ", sensor.Columns.Select(column => column.Name));

    private static string NameOf(char delimiter) => delimiter switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", ' ' => "blanks", _ => $"'{delimiter}'" };

    private static string ShortName(string name, int index)
    {
        string text = string.Concat(UnitText().Replace(name, "").Trim().Select(c => c is > ' ' and <= '~' and not ('=' or ':') ? c : '_'));
        return text.Length == 0 ? FormattableString.Invariant($"c{index + 1}") : text[..Math.Min(15, text.Length)];
    }

    private static string UnitIn(string name) => UnitText().Match(name) is { Success: true } match && match.Groups[1].Value is { Length: > 0 and < 8 } unit
        && unit.All(c => c is > ' ' and <= '~' and not ':') ? unit : "1";

    [GeneratedRegex(@"[\(\[]([^\)\]]*)[\)\]]")]
    private static partial Regex UnitText();
}
