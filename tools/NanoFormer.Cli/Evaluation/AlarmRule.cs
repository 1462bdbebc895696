using NanoFormer.Data;
using NanoFormer.Evaluation;

namespace NanoFormer.Cli.Evaluation;

/// <summary>When a score is an alarm: from the model's threshold on, or from a limit that each installation learns from its baseline.</summary>
internal sealed class AlarmRule
{
    private readonly double? _threshold;
    private readonly InstallationLimits? _limits;

    private AlarmRule(double? threshold, InstallationLimits? limits) => (_threshold, _limits) = (threshold, limits);

    /// <summary>The rule for a model on some data.</summary>
    /// <param name="threshold">The model's alarm threshold; null when it has none.</param>
    /// <param name="data">The data, with baselines where it is of installations.</param>
    /// <param name="scores">The model's scores for windows.</param>
    public static AlarmRule Of(double? threshold, EvaluationWindows data, Func<WindowSet, double[]> scores) =>
        threshold is { } least && data is { Baselines: { } baselines, LimitFactor: { } factor }
            ? new AlarmRule(1, InstallationLimits.Learn(baselines, scores(baselines), least, factor))
            : At(threshold);

    /// <summary>The same threshold for all windows; null for no alarms.</summary>
    public static AlarmRule At(double? threshold) => new(threshold, null);

    /// <summary>Judges predictions for windows.</summary>
    public Judgement Judge(WindowSet windows, Predictions predictions) =>
        Judgement.Of(windows, predictions with { Scores = Apply(windows, predictions.Scores) }, _threshold);

    /// <summary>Least score of an alarm, of those that <see cref="Apply"/> gives; null when there is none.</summary>
    public double? Threshold => _threshold;

    /// <summary>Least score of an alarm on a subject, in the model's own steps; null when there is none.</summary>
    public int? LimitOf(string subject) => _threshold is { } threshold ? (int)Math.Ceiling(_limits?[subject] ?? threshold) : null;

    /// <summary>Whether every subject has a limit of its own.</summary>
    public bool HasLimits => _limits is not null;

    /// <summary>Scores to hold against <see cref="Threshold"/>.</summary>
    public double[] Apply(WindowSet windows, double[] scores) => _limits?.Relative(windows, scores) ?? scores;
}
