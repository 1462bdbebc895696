using NanoFormer.Data;
using NanoFormer.Data.Preparation;
using NanoFormer.Evaluation;

namespace NanoFormer.Training.Phases;

/// <summary>The windows of one training: what is learnt from, and what is judged on.</summary>
/// <param name="Source">Name of the data set.</param>
/// <param name="SplitDescription">One sentence about the split, for the model card.</param>
/// <param name="Train">Windows to learn from.</param>
/// <param name="Test">Windows of other subjects, with the same processing.</param>
/// <param name="RawTest">Windows of those other subjects cut from raw recordings; null when the configuration names none.</param>
public sealed record TrainingData(string Source, string SplitDescription, WindowSet Train, WindowSet Test, WindowSet? RawTest)
{
    /// <summary>Windows of the judged installations' baselines; null where recordings are not installations.</summary>
    public WindowSet? Baselines { get; init; }

    /// <summary>Healthy windows that are not learnt from and set the alarm's threshold; null where none are held out for it.</summary>
    public WindowSet? Alarm { get; init; }

    /// <summary>Loads a data set, and the raw recordings the configuration adds.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dataset">Folder of packed windows with an official split, or of recordings; or a CSV file, or a folder of them.</param>
    /// <param name="validate">
    /// True while settings are being chosen: the configured validation subjects are taken out of the training part and judged on, and
    /// nothing of the test part gets into the result.
    /// </param>
    /// <param name="note">Told what is to be known of CSV files; null to be spared.</param>
    /// <exception cref="DataException">A file is missing, damaged, or does not fit the others.</exception>
    /// <exception cref="ConfigException">The configuration does not fit the data.</exception>
    public static TrainingData Load(TrainingConfig config, string dataset, bool validate, Action<string>? note = null)
    {
        var loaded = WindowSource.Load(config, dataset, note);
        if (config.Data.AlarmSubjects.Count == 0)
        {
            return Load(config, dataset, loaded, validate);
        }

        var (kept, alarm) = SplitAlarm(config, loaded.Train);
        var data = Load(config, dataset, loaded with { Train = kept }, validate);
        return data with
        {
            Alarm = alarm,
            SplitDescription = data.SplitDescription + FormattableString.Invariant($"; {SubjectsOf(alarm)} more to set the alarm ({alarm.Count} windows)"),
        };
    }

    private static TrainingData Load(TrainingConfig config, string dataset, WindowSource loaded, bool validate)
    {
        var (source, train, test) = loaded;
        ConfigValidator.ValidateFor(config, train.WindowSamples, train.Channels.Count);
        ConfigValidator.ValidateClasses(config, train.ClassNames);
        var raw = RawWindows.Load(config, dataset, train);
        raw = raw with { Train = raw.Train?.SplitBySubject(config.Data.AlarmSubjects).Kept };
        if (config.Data.Recordings?.Installation is { } installation)
        {
            return ForInstallations(config, loaded, installation, validate);
        }

        return validate
            ? ForValidation(config, source, train, raw.Train)
            : new TrainingData(source, DescribeSplit(config.Data, train, raw.Train, test), Join(train, raw.Train), test, raw.Test);
    }

    /// <summary>What is learnt from is normal and needs no labels, so all installations take part; settings are chosen by some of them.</summary>
    private static TrainingData ForInstallations(
        TrainingConfig config, WindowSource source, InstallationOptions installation, bool validate)
    {
        var train = source.Train;
        var judged = validate ? source.Test.SplitBySubject(config.Data.ValidationSubjects).HeldOut : source.Test;
        if (judged.Count == 0)
        {
            throw new ConfigException(ConfigError.Mismatch, "data.validationSubjects must name recordings.");
        }

        return new TrainingData(source.Name, (validate ? "validation: " : "") + FormattableString.Invariant(
            $"in time: the first {installation.BaselineSamples} samples of {SubjectsOf(train)} recordings to learn from ({train.Count} windows), ")
            + FormattableString.Invariant($"the rest of {SubjectsOf(judged)} to judge on ({judged.Count} windows)"), train, judged, null)
        {
            Baselines = source.Baselines,
        };
    }

    /// <summary>Takes the windows out that set the alarm; those labelled as anomalies are dropped.</summary>
    private static (WindowSet Kept, WindowSet Alarm) SplitAlarm(TrainingConfig config, WindowSet train)
    {
        var (kept, held) = train.SplitBySubject(config.Data.AlarmSubjects);
        var healthy = held.Where(i => !AnomalyResult.IsAnomaly(held.ClassNames[held.Labels[i]]));
        string[] missing = [.. config.Data.AlarmSubjects.Except(healthy.Subjects)];
        return kept.Count > 0 && missing.Length == 0
            ? (kept, healthy)
            : throw new ConfigException(ConfigError.Mismatch, missing.Length == 0
                ? "data.alarmSubjects must leave train subjects to learn from."
                : $"data.alarmSubjects: '{missing[0]}' is no train subject with healthy windows.");
    }

    private static TrainingData ForValidation(TrainingConfig config, string source, WindowSet train, WindowSet? rawTrain)
    {
        var (kept, held) = train.SplitBySubject(config.Data.ValidationSubjects);
        if (kept.Count == 0 || held.Count == 0)
        {
            throw new ConfigException(ConfigError.Mismatch, "data.validationSubjects must name some, not all, of the train subjects.");
        }

        var raw = rawTrain?.SplitBySubject(config.Data.ValidationSubjects);
        return new TrainingData(source, "validation: " + DescribeSplit(config.Data, kept, raw?.Kept, held), Join(kept, raw?.Kept), held, raw?.HeldOut);
    }

    private static WindowSet Join(WindowSet windows, WindowSet? more) => more is null ? windows : windows.Concat(more);

    private static string DescribeSplit(DataOptions options, WindowSet train, WindowSet? rawTrain, WindowSet test)
    {
        string raw = rawTrain is null ? "" : FormattableString.Invariant($" and {rawTrain.Count} cut from their raw recordings");
        var unlearnt = (options.Csv ?? options.Recordings)?.TestClasses ?? [];
        string how = unlearnt.Count == 0 ? "by subject" : $"by class, with {string.Join(", ", unlearnt)} never learnt";
        return FormattableString.Invariant(
            $"{how}: {SubjectsOf(train)} to learn from ({train.Count} windows{raw}), {SubjectsOf(test)} to judge on ")
            + FormattableString.Invariant($"({test.Count} windows)");
    }

    private static int SubjectsOf(WindowSet windows) => windows.Subjects.Distinct().Count();
}
