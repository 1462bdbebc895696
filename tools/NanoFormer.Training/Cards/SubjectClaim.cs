using NanoFormer.Data;

namespace NanoFormer.Training.Cards;

/// <summary>How a model does on one subject or file.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Windows">Windows of it.</param>
/// <param name="Accuracy">Part of them answered rightly, 0..1.</param>
public sealed record SubjectClaim(string Subject, int Windows, double Accuracy)
{
    /// <summary>The subject with the lowest accuracy, the first of equals by name; null for a single subject.</summary>
    /// <param name="windows">Labelled windows.</param>
    /// <param name="answers">The class answered for each.</param>
    internal static SubjectClaim? Worst(WindowSet windows, IReadOnlyList<int> answers)
    {
        var subjects = windows.Subjects.Index().GroupBy(one => one.Item, one => answers[one.Index] == windows.Labels[one.Index])
            .Select(group => new SubjectClaim(
                group.Key, group.Count(), Math.Round(group.Average(isRight => isRight ? 1.0 : 0), 6)))
            .OrderBy(subject => subject.Accuracy).ThenBy(subject => subject.Subject, StringComparer.Ordinal).ToArray();
        return subjects.Length > 1 ? subjects[0] : null;
    }
}
