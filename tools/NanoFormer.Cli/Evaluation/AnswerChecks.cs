using NanoFormer.Data;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Opponents;
using static NanoFormer.Cli.Evaluation.Checklist;

namespace NanoFormer.Cli.Evaluation;

/// <summary>The lines of the checklist about a model's answers: right often enough, in every class, for everybody.</summary>
internal static class AnswerChecks
{
    private const double LeastAccuracy = 0.65;
    private const double LeastRecall = 0.5;
    private const double LeastCoverage = 0.6;
    private const double SubjectPoints = 20;  // below the mean
    private const int LeastWindows = 10;      // of a subject or class, to say something about it
    private const double SeedPoints = 5;
    private const int LeastSeeds = 3;

    /// <summary>The lines; none for a model without classes.</summary>
    public static IReadOnlyList<ChecklistLine> Of(ModelEvaluation evaluation)
    {
        if (evaluation.Integer.Classes is not { } classes)
        {
            return [];
        }

        var windows = evaluation.Data.Windows;
        return
        [
            Accuracy(classes.Matrix.Accuracy),
            AgainstOpponent(classes.Matrix.Accuracy, evaluation.Opponent),
            Recall(windows.ClassNames, classes.Matrix, evaluation.Data.Train),
            Coverage(evaluation.Gate!),
            Subjects(classes.Subjects, classes.Matrix.Accuracy),
            Seeds(evaluation.SeedAccuracies),
            Events(windows, DeviceVote.Of(evaluation.Model)),
        ];
    }

    /// <summary>Whether most answers are right.</summary>
    public static ChecklistLine Accuracy(double accuracy) => Line("right often enough", accuracy >= LeastAccuracy,
        Text($"{accuracy:P1} of the answers are right, at least {LeastAccuracy:P0} should be"));

    /// <summary>Whether the network is worth its while.</summary>
    public static ChecklistLine AgainstOpponent(double accuracy, Opponent? opponent) => opponent is null
        ? NotMeasured("better than without a network", "needs the windows the model learnt from")
        : Line("better than without a network", accuracy > opponent.Forest.Accuracy && accuracy > opponent.Majority,
            Text($"{100 * (accuracy - opponent.Forest.Accuracy):+0.0;-0.0;0.0} points against a random forest on {opponent.Features} features ")
            + Text($"({opponent.Forest.Accuracy:P1}); always the commonest class: {opponent.Majority:P1}"));

    /// <summary>Whether every class is found.</summary>
    public static ChecklistLine Recall(IReadOnlyList<string> names, ConfusionMatrix matrix, WindowSet? train)
    {
        const string Check = "every class recognised";
        string[] unlearnt = train is null ? [] : names.Where((_, i) => !train.Labels.Contains(i)).ToArray();
        if (unlearnt.Length > 0)
        {
            return Line(Check, false, $"no window to learn from: {string.Join(", ", unlearnt)}");
        }

        var recalls = names.Select((name, i) => (Name: name, Windows: matrix.Counts[i].Sum(), Right: matrix.Counts[i][i],
            Answered: matrix.Counts.Sum(row => row[i]))).ToArray();
        string[] dead = recalls.Where(one => one.Answered == 0 && one.Windows > 0).Select(one => one.Name).ToArray();
        string[] missing = recalls.Where(one => one.Windows == 0).Select(one => one.Name).ToArray();
        string[] weak = recalls.Where(one => one.Answered > 0 && one.Windows > 0 && one.Right < LeastRecall * one.Windows)
            .Select(one => Text($"{one.Name} {(double)one.Right / one.Windows:P0}")).ToArray();
        string[] faults =
        [
            .. dead.Length > 0 ? [$"never answered: {string.Join(", ", dead)}"] : Array.Empty<string>(),
            .. weak.Length > 0 ? [Text($"recognised in less than half: {string.Join(", ", weak)}")] : Array.Empty<string>(),
            .. missing.Length > 0 ? [$"no window to judge by: {string.Join(", ", missing)}"] : Array.Empty<string>(),
        ];
        var least = recalls.Where(one => one.Windows > 0).MinBy(one => (double)one.Right / one.Windows);
        return Line(Check, faults.Length == 0, faults.Length > 0
            ? string.Join("; ", faults)
            : Text($"least: {least.Name}, {(double)least.Right / least.Windows:P0} of its {least.Windows} windows"));
    }

    /// <summary>Whether the gate lets most answers through.</summary>
    public static ChecklistLine Coverage(CoveragePoint gate) => Line("sure often enough", gate.Coverage >= LeastCoverage,
        Text($"{gate.Coverage:P1} of the answers pass the confidence gate, at least {LeastCoverage:P0} should; the others count as unknown"));

    /// <summary>Whether the model works for everybody.</summary>
    public static ChecklistLine Subjects(IReadOnlyList<SubjectResult> subjects, double accuracy)
    {
        const string Check = "works for every subject";
        var judged = subjects.Where(subject => subject.Windows >= LeastWindows).ToArray();
        if (judged.Length < 2)
        {
            return NotMeasured(Check, "needs two subjects or more to judge on");
        }

        var worst = judged.MinBy(subject => subject.Accuracy)!;
        return Line(Check, worst.Accuracy >= accuracy - (SubjectPoints / 100), Text($"worst of {judged.Length}: {worst.Subject} with {worst.Accuracy:P1}, ")
            + Text($"{100 * (accuracy - worst.Accuracy):0.0} points below the mean, at most {SubjectPoints:0}"));
    }

    /// <summary>Whether the result is the network's and not the seed's.</summary>
    public static ChecklistLine Seeds(IReadOnlyList<double> accuracies)
    {
        const string Check = "the same with other seeds";
        if (accuracies.Count < LeastSeeds)
        {
            return NotMeasured(Check, $"needs a card with {LeastSeeds} seeds or more: train --seeds {LeastSeeds}");
        }

        double spread = 100 * (accuracies.Max() - accuracies.Min());
        return Line(Check, spread <= SeedPoints, Text($"{accuracies.Count} seeds from {accuracies.Min():P1} to {accuracies.Max():P1}, mean {accuracies.Average():P1}: ")
            + Text($"{spread:0.0} points apart, at most {SeedPoints:0}"));
    }

    /// <summary>Whether what is to be recognised lasts long enough for the device's vote.</summary>
    /// <param name="windows">The windows, those of a stretch one after the other.</param>
    /// <param name="voters">Answers that vote.</param>
    public static ChecklistLine Events(WindowSet windows, int voters)
    {
        int middle = DeviceVote.MiddleStretch(windows);
        bool outlasts = middle >= DeviceVote.Needed(voters);
        return Line("events outlast the vote", outlasts,
            $"the device answers by {DeviceVote.Text(voters)}; {DeviceVote.Stretches(middle)}" + (outlasts ? "" : ": train with \"voters\": 1 in train.json's input, or with a shorter hop"));
    }
}
