using NanoFormer.Data;

namespace NanoFormer.Evaluation;

/// <summary>The score from which on each installation is anomalous, as the firmware's <c>InstallationMonitor</c> learns it.</summary>
public sealed class InstallationLimits
{
    private const double HighestScore = 255;

    private readonly Dictionary<string, double> _limits;

    private InstallationLimits(Dictionary<string, double> limits) => _limits = limits;

    /// <summary>Learns the limits: a multiple of the highest score of an installation's baseline, and the model's threshold at least.</summary>
    /// <param name="baselines">Windows of the baselines; their subjects are the installations.</param>
    /// <param name="scores">The score of each.</param>
    /// <param name="alarmScore">The model's alarm threshold.</param>
    /// <param name="factor">That multiple; thousandths count.</param>
    public static InstallationLimits Learn(WindowSet baselines, IReadOnlyList<double> scores, double alarmScore, double factor)
    {
        SameLength.Require(baselines.Subjects, scores);
        double permille = Math.Round(factor * 1000);
        return new InstallationLimits(baselines.Subjects.Zip(scores).GroupBy(window => window.First, window => window.Second).ToDictionary(
            group => group.Key,
            group => Math.Clamp(Math.Floor(group.Max() * permille / 1000), alarmScore, HighestScore)));
    }

    /// <summary>Least score of an alarm on an installation.</summary>
    public double this[string installation] => _limits[installation];

    /// <summary>Scores as multiples of the limits: 1 and more is an alarm.</summary>
    /// <param name="windows">Windows of the same installations.</param>
    /// <param name="scores">The score of each.</param>
    public double[] Relative(WindowSet windows, IReadOnlyList<double> scores) =>
        [.. windows.Subjects.Zip(scores, (subject, score) => score / _limits[subject])];
}
