using System.CommandLine;
using NanoFormer.Data.Import;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>The options of <c>data import</c> that repair faults; without them every fault is refused.</summary>
internal sealed class RepairOptionSet
{
    private readonly Option<string> _badRows = Choice("--bad-rows", "Rows that cannot be read.", "drop");
    private readonly Option<MissingValueRepair> _missing = new("--missing") { Description = "Samples that lack a value." };

    private readonly Option<int> _fillLimit = new("--fill-limit")
    {
        Description = "Most samples in a row to hold or interpolate.",
        DefaultValueFactory = _ => new RepairOptions().FillLimit,
    };

    private readonly Option<string> _duplicates = Choice("--duplicate-times", "Of equal time stamps keep the first.", "drop");
    private readonly Option<BackwardTimeRepair> _backwards = new("--backward-times") { Description = "Time stamps before the one before." };
    private readonly Option<BurstRepair> _bursts = new("--bursts")
    {
        Description = "Stamps of packets: spread where the sensor sampled evenly, keep where it did not.",
    };

    private readonly Option<OutlierRepair> _outliers = new("--outliers")
    {
        Description = "Single values far beyond all others: clip what is an error of transfer, keep what is real.",
    };

    private readonly Option<string> _twins = Choice(
        "--duplicate-recordings", "Of recordings with the same samples keep the first.", "drop");

    private readonly Option<string> _spans = Choice(
        "--bad-spans", "Labelled spans that end before they begin, overlap, or belong to no recording.", "drop");

    private readonly Option<string> _range = Choice("--out-of-range", "Values that do not fit the stated scale.", "clip");

    private readonly Option<string> _loggedNames = Choice(
        "--logged-names", "Names in a device's log that are not those of --label and --subject.", "replace");

    private readonly Option<string[]> _renames = ListOption.Of("--rename", "OLD=NEW, another name for a label, or OLD= for none.");

    private readonly Option<string[]> _labels = ListOption.Of("--labels", "All classes; others are refused.");

    private readonly Option<double?> _resample = new("--resample")
    {
        Description = "Resample all recordings to this many samples per second, by their time stamps.",
    };

    /// <summary>All options.</summary>
    public IEnumerable<Option> All =>
    [
        _badRows, _missing, _fillLimit, _duplicates, _backwards, _bursts, _outliers, _twins, _spans, _range, _loggedNames, _renames, _labels,
        _resample,
    ];

    /// <summary>What the options say.</summary>
    /// <exception cref="CommandFailure">One of them makes no sense.</exception>
    public RepairOptions Of(ParseResult parse)
    {
        string[] labels = parse.GetRequiredValue(_labels);
        if (labels.Length != labels.Distinct().Count() || labels.Contains(""))
        {
            throw new CommandFailure("BAD_OPTION", "--labels takes different names.");
        }

        if (parse.GetValue(_resample) is { } rate && !(rate is > 0 and <= 1e6))
        {
            throw new CommandFailure("BAD_OPTION", "--resample must be above 0, and at most 1000000.");
        }

        if (parse.GetValue(_fillLimit) is < 1 or > 10_000)
        {
            throw new CommandFailure("BAD_OPTION", "--fill-limit must lie between 1 and 10000.");
        }

        return new RepairOptions
        {
            DropBadRows = parse.GetValue(_badRows) == "drop",
            DropBadSpans = parse.GetValue(_spans) == "drop",
            MissingValues = parse.GetValue(_missing),
            FillLimit = parse.GetValue(_fillLimit),
            DropDuplicateTimes = parse.GetValue(_duplicates) == "drop",
            BackwardTimes = parse.GetValue(_backwards),
            Bursts = parse.GetValue(_bursts),
            Outliers = parse.GetValue(_outliers),
            DropDuplicateRecordings = parse.GetValue(_twins) == "drop",
            ClipOutOfRange = parse.GetValue(_range) == "clip",
            ReplaceLoggedNames = parse.GetValue(_loggedNames) == "replace",
            Renames = Renames(parse.GetRequiredValue(_renames)),
            Labels = labels,
            ResampleHz = parse.GetValue(_resample),
        };
    }

    /// <summary>Refuses repairs of a source that has nothing to repair.</summary>
    public void RefuseAll(ParseResult parse)
    {
        if (All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CommandFailure("BAD_OPTION", $"{given.Name} does not apply to packed sources, which are checked as they are read.");
        }
    }

    private static Dictionary<string, string> Renames(string[] texts)
    {
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            if (text.Split('=') is not [{ Length: > 0 } old, var name] || !renames.TryAdd(old, name))
            {
                throw new CommandFailure("BAD_OPTION", $"'{text}' does not rename: write OLD=NEW, once for each label.");
            }
        }

        return renames;
    }

    private static Option<string> Choice(string name, string description, string repair)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => "refuse" };
        option.AcceptOnlyFromAmong("refuse", repair);
        return option;
    }
}
