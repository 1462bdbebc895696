using System.CommandLine;
using NanoFormer.Data.EdgeImpulse;
using NanoFormer.Data.Import;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>The options of <c>data import</c> that say where values are, and for which forms each of them is meant.</summary>
internal sealed class ImportOptions
{
    private readonly Option<string[]> _channels = new("--channel")
    {
        Description = "A column to read, as NAME:UNIT or NAME:UNIT:SCALE with the units of one int16 step; repeat for each.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _time = new("--time-column") { Description = "Column with time stamps; without it, --rate." };
    private readonly Option<string> _timeUnit = new("--time-unit")
    {
        Description = "Unit of the time stamps.",
        DefaultValueFactory = _ => "s",
    };

    private readonly Option<double?> _rate = new("--rate") { Description = "Samples a second; without, taken from the time stamps." };
    private readonly Option<string?> _labels = new("--label-column") { Description = "Column with the class of each row." };
    private readonly Option<string?> _subjects = new("--subject-column") { Description = "Column with the person or machine." };
    private readonly Option<string?> _recordings = new("--recording-column")
    {
        Description = "Column with the session; without, a file is one.",
    };

    private readonly Option<string?> _label = new("--label") { Description = "Class of all rows; of a log, where it names none." };
    private readonly Option<string?> _subject = new("--subject")
    {
        Description = "Person or machine of all rows; of a log, where it names none.",
    };

    private readonly Option<string?> _names = new("--names")
    {
        Description = "Pattern of file names that tell class and subject, such as {subject}_{label}_*, or {label}/{subject} with folders.",
    };

    private readonly Option<string> _delimiter = new("--delimiter")
    {
        Description = "What stands between two fields, or tab.",
        DefaultValueFactory = _ => ",",
    };

    private readonly Option<double> _gapPeriods = new("--gap-periods")
    {
        Description = "A longer step in time than so many sample periods begins a new recording.",
        DefaultValueFactory = _ => RecordingImport.UsualGapPeriods,
    };

    private readonly Option<string?> _keyFile = DataFolder.KeyFileOption();

    public ImportOptions() => _timeUnit.AcceptOnlyFromAmong("s", "ms", "us");

    /// <summary>All options.</summary>
    public IEnumerable<Option> All => [.. CsvOnly, _names, _keyFile];

    private Option[] CsvOnly =>
        [_channels, _time, _timeUnit, _rate, _labels, _subjects, _recordings, _label, _subject, _delimiter, _gapPeriods];

    /// <summary>Reads the sources; what is wrong with them goes to the log.</summary>
    /// <exception cref="CommandFailure">An option is missing, or is given for a form that it does not apply to.</exception>
    public IReadOnlyList<SourceRecording> Read(ParseResult parse, string path, ImportFormat format, RepairOptions repairs, FindingLog log)
    {
        RefuseStray(parse, format);
        var pattern = parse.GetValue(_names) is { } names ? new FileNamePattern(names) : null;
        return format switch
        {
            ImportFormat.Csv => ReadCsv(parse, path, pattern, repairs, log),
            ImportFormat.EdgeImpulse => ReadAcquisitions(parse, path, pattern, repairs, log),
            _ => ReadLogs(parse, path, repairs, log),
        };
    }

    /// <summary>Sample periods of a gap.</summary>
    public double GapPeriods(ParseResult parse) => parse.GetValue(_gapPeriods);

    /// <summary>Refuses options that do not apply to a form, rather than pass over them.</summary>
    public void RefuseStray(ParseResult parse, ImportFormat format)
    {
        Option[] stray = format switch
        {
            ImportFormat.Csv => [_keyFile],
            ImportFormat.EdgeImpulse => CsvOnly,
            ImportFormat.Log => [.. All.Except([_label, _subject])],
            _ => [.. All],
        };
        if (Array.Find(stray, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CommandFailure("BAD_OPTION", $"{given.Name} does not apply to {format.ToString().ToLowerInvariant()} sources.");
        }
    }

    private IReadOnlyList<SourceRecording> ReadAcquisitions(
        ParseResult parse, string path, FileNamePattern? pattern, RepairOptions repairs, FindingLog log) =>
        AcquisitionReader.Read(path, DataFolder.ReadKey(parse.GetValue(_keyFile)), pattern, repairs, log);

    private IReadOnlyList<SourceRecording> ReadCsv(
        ParseResult parse, string path, FileNamePattern? pattern, RepairOptions repairs, FindingLog log)
    {
        var options = CsvOptions(parse);
        var sources = new List<SourceRecording>();
        foreach (var (file, name) in SourceFiles.Find(path, ImportSource.CsvExtensions))
        {
            var told = pattern?.Match(name, log);
            var ofFile = options with { Label = told?.Label ?? options.Label, Subject = told?.Subject ?? options.Subject };
            sources.AddRange(CsvSource.Read(file, name, ofFile, repairs, log));
        }
        return sources;
    }

    private CsvSourceOptions CsvOptions(ParseResult parse)
    {
        var channels = (parse.GetValue(_channels) ?? []).Select(SourceChannel.Parse).ToArray();
        if (channels.Length == 0)
        {
            throw new CommandFailure("BAD_OPTION", "CSV needs a --channel NAME:UNIT for each column to read.");
        }
        if (parse.GetValue(_time) is null && parse.GetValue(_rate) is null)
        {
            throw new CommandFailure("BAD_OPTION", "CSV needs a --time-column or a --rate.");
        }
        return new CsvSourceOptions
        {
            Channels = channels,
            TimeColumn = parse.GetValue(_time),
            TimeUnitSeconds = parse.GetValue(_timeUnit) switch { "ms" => 1e-3, "us" => 1e-6, _ => 1 },
            RateHz = parse.GetValue(_rate),
            LabelColumn = parse.GetValue(_labels),
            SubjectColumn = parse.GetValue(_subjects),
            RecordingColumn = parse.GetValue(_recordings),
            Label = parse.GetValue(_label),
            Subject = parse.GetValue(_subject) ?? "",
            Delimiter = parse.GetValue(_delimiter) is "tab" ? "\t" : parse.GetRequiredValue(_delimiter),
        };
    }

    private IReadOnlyList<SourceRecording> ReadLogs(ParseResult parse, string path, RepairOptions repairs, FindingLog log)
    {
        var sources = new List<SourceRecording>();
        var logs = new CollectLog(repairs, log, parse.GetValue(_label), parse.GetValue(_subject));
        foreach (var (file, name) in SourceFiles.Find(path, ImportSource.LogExtensions))
        {
            using var bytes = File.OpenRead(file);
            sources.AddRange(logs.Read(bytes, name));
        }
        return sources;
    }
}
