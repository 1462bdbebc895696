using System.CommandLine;
using NanoFormer.Data.Import;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>The options of <c>data import</c> that say where values are.</summary>
internal sealed class ImportOptions
{
    private const string AllColumns = "*";
    private static readonly Dictionary<string, double> TimeUnits = new() { ["s"] = 1, ["ms"] = 1e-3, ["us"] = 1e-6, ["ns"] = 1e-9 };

    private readonly Option<string?> _layout = new("--layout")
    {
        Description = $"Columns of a known device or program: {string.Join(", ", CsvLayouts.All.Keys)}. "
            + "What other options say goes before it.",
    };

    private readonly Option<string[]> _channels = ListOption.OfWords("--channel",
        "Columns to read, as NAME:UNIT or NAME:UNIT:SCALE with the units of one int16 step, or NAME=COLUMN:UNIT.");

    private readonly Option<string[]> _columns = ListOption.Of("--columns", "Names of all columns, of a file without a header line or in place of it.");

    private readonly Option<string?> _time = new("--time-column")
    {
        Description = "Column with time stamps, numbers or dates of ISO 8601; without it, give --rate.",
    };

    private readonly Option<string?> _timeUnit = new("--time-unit") { Description = "Unit of the time stamps; default: s." };
    private readonly Option<double?> _rate = new("--rate") { Description = "Samples per second; without it, taken from the time stamps." };
    private readonly Option<string?> _labels = new("--label-column") { Description = "Column with the class of each row." };
    private readonly Option<string?> _subjects = new("--subject-column") { Description = "Column with the person or machine." };
    private readonly Option<string?> _recordings = new("--recording-column")
    {
        Description = "Column with the session; without it, each file is one session.",
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

    private readonly Option<string?> _spans = new("--label-spans")
    {
        Description = "Table that says from when to when which activity was done; with a * for the recording's name, a table for each.",
    };

    private readonly Option<string[]> _spanColumns = ListOption.Of("--span-columns",
        "Columns of that table in their order: file, subject, label, start, end, or - for another; without it, by its header.");

    private readonly Option<string?> _spanUnit = new("--span-unit")
    {
        Description = "What start and end count: s, ms, us or ns since the first sample, samples (from 1, the last included), samples-from-0 "
            + "(the last excluded), or stamps, the recording's own. Dates need none.",
    };

    private readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "What separates two fields: a character, or tab, or space for any number of blanks. "
            + "Without it, found from the header.",
    };

    private readonly Option<string?> _decimal = new("--decimal") { Description = "How numbers are written: point or comma." };
    private readonly Option<string?> _encoding = new("--encoding") { Description = "Text encoding, such as windows-1252; default: UTF-8." };
    private readonly Option<BlankLineRule> _blankLines = new("--blank-lines")
    {
        Description = "An empty line between rows without time stamps.",
    };

    private readonly Option<double> _gapPeriods = new("--gap-periods")
    {
        Description = "A longer step in time than this many sample periods begins a new recording.",
        DefaultValueFactory = _ => RecordingImport.UsualGapPeriods,
    };

    private readonly Option<string?> _keyFile = DataFolder.KeyFileOption();

    public ImportOptions()
    {
        _timeUnit.AcceptOnlyFromAmong([.. TimeUnits.Keys]);
        _decimal.AcceptOnlyFromAmong("point", "comma");
        _spanUnit.AcceptOnlyFromAmong([.. SpanUnit.All.Select(unit => unit.Name)]);
    }

    /// <summary>All options.</summary>
    public IEnumerable<Option> All => [.. Columns, _names, _label, _subject, _spans, _spanColumns, _spanUnit, _keyFile];

    private Option[] Columns =>
    [
        _layout, _channels, _columns, _time, _timeUnit, _rate, _labels, _subjects, _recordings, _delimiter, _decimal, _encoding, _blankLines,
        _gapPeriods,
    ];

    /// <summary>What the options ask for.</summary>
    /// <exception cref="CommandFailure">An option is missing, makes no sense, or is given for a form that it does not apply to.</exception>
    public ImportRequest Request(ParseResult parse, string path, RecordingFormat format, RepairOptions repairs)
    {
        RefuseStray(parse, format);
        return new ImportRequest(path, repairs)
        {
            Csv = format == RecordingFormat.Csv ? CsvOptions(parse) : null,
            Spans = SpanOptions(parse),
            Names = parse.GetValue(_names) is { } names ? new FileNamePattern(names) : null,
            HmacKey = DataFolder.ReadKey(parse.GetValue(_keyFile)),
            Label = parse.GetValue(_label),
            Subject = parse.GetValue(_subject),
        };
    }

    /// <summary>Sample periods of a gap.</summary>
    public double GapPeriods(ParseResult parse) => parse.GetValue(_gapPeriods) is >= 1 and <= 1e6 and var periods
        ? periods
        : throw new CommandFailure("BAD_OPTION", "--gap-periods must lie between 1 and 1000000.");

    /// <summary>Refuses options that do not apply to a form, rather than pass over them.</summary>
    /// <param name="parse">What was given.</param>
    /// <param name="format">The form; null for packed sets, which say everything themselves.</param>
    public void RefuseStray(ParseResult parse, RecordingFormat? format)
    {
        var known = format?.Options ?? [];
        var stray = All.Where(option => !known.Contains(option.Name) && !(known.Contains(AllColumns) && Columns.Contains(option)));
        if (stray.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CommandFailure("BAD_OPTION", $"{given.Name} does not apply to {format?.Name ?? "packed"} sources.");
        }
    }

    private LabelSpanOptions? SpanOptions(ParseResult parse)
    {
        if (parse.GetValue(_spans) is not { } path)
        {
            Require(parse.GetValue(_spanUnit) is null && parse.GetRequiredValue(_spanColumns).Length == 0, "--span-unit and --span-columns need --label-spans.");
            return null;
        }

        Require(parse.GetValue(_labels) is null && parse.GetValue(_label) is null, "--label-spans tells the classes: without --label and --label-column.");
        return new LabelSpanOptions(LabelSpanOptions.TablesOf(path), parse.GetValue(_spanUnit) is { } unit ? SpanUnit.Of(unit) : null) { Columns = parse.GetRequiredValue(_spanColumns) };
    }

    private CsvSourceOptions CsvOptions(ParseResult parse)
    {
        var layout = parse.GetValue(_layout) is { } name ? CsvLayouts.Of(name) : new CsvSourceOptions { Channels = [] };
        SourceChannel[] channels = [.. parse.GetRequiredValue(_channels).Select(SourceChannel.Parse)];
        var options = layout with
        {
            Channels = channels.Length > 0 ? channels : layout.Channels,
            ColumnNames = parse.GetRequiredValue(_columns) is { Length: > 0 } names ? names : layout.ColumnNames,
            TimeColumn = parse.GetValue(_time) ?? layout.TimeColumn,
            TimeUnitSeconds = parse.GetValue(_timeUnit) is { } unit ? TimeUnits[unit] : layout.TimeUnitSeconds,
            RateHz = parse.GetValue(_rate),
            LabelColumn = parse.GetValue(_labels) ?? (parse.GetValue(_label) is null ? layout.LabelColumn : null),
            SubjectColumn = parse.GetValue(_subjects) ?? (parse.GetValue(_subject) is null ? layout.SubjectColumn : null),
            RecordingColumn = parse.GetValue(_recordings),
            Label = parse.GetValue(_label),
            Subject = parse.GetValue(_subject) ?? "",
            Delimiter = Delimiter(parse),
            DecimalComma = parse.GetValue(_decimal) == "comma",
            Encoding = parse.GetValue(_encoding),
            BlankLines = parse.GetValue(_blankLines),
        };
        Require(options.Channels.Count > 0, "CSV needs a --channel NAME:UNIT for each column to read, or a --layout.");
        Require(options.TimeColumn is not null || options.RateHz is not null, "CSV needs a --time-column or a --rate.");
        Require(options.RateHz is null or (>= 1e-3 and <= 1e6), "--rate must lie between 0.001 and 1000000.");
        Require(!(options.DecimalComma && options.Delimiter == ","), "A comma cannot both part fields and write decimals.");
        return options;
    }

    private string? Delimiter(ParseResult parse)
    {
        string? text = parse.GetValue(_delimiter) switch { "tab" or "\\t" => "\t", "space" => " ", var other => other };
        Require(text is null or [not ('"' or '\r' or '\n')] && !(text is [var c] && (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+')),
            "--delimiter is one character that no number or name holds, or tab, or space.");
        return text;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new CommandFailure("BAD_OPTION", message);
        }
    }
}
