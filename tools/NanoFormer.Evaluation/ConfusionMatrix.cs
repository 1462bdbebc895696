namespace NanoFormer.Evaluation;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[][] _counts;

    /// <summary>Counts answers.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">The true class of each window.</param>
    /// <param name="answers">The class each window was given.</param>
    public ConfusionMatrix(int classes, IReadOnlyList<int> labels, IReadOnlyList<int> answers)
    {
        if (labels.Count != answers.Count)
        {
            throw new ArgumentException("There must be one answer for each label.", nameof(answers));
        }

        _counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        foreach (var (label, answer) in labels.Zip(answers))
        {
            _counts[label][answer]++;
        }
    }

    /// <summary>Counts by true class (rows) and answer (columns).</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts => _counts;

    /// <summary>Windows counted.</summary>
    public int Total => _counts.Sum(row => row.Sum());

    /// <summary>Windows given their true class.</summary>
    public int Correct => _counts.Index().Sum(row => row.Item[row.Index]);

    /// <summary>Part of the windows given their true class, 0..1; NaN without windows.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Mean over the classes of the F1 score, 0..1; a class that neither occurs nor is answered counts 0.</summary>
    public double MacroF1 => Enumerable.Range(0, _counts.Length).Average(F1);

    private double F1(int index)
    {
        int actual = _counts[index].Sum();
        int answered = _counts.Sum(row => row[index]);
        return actual + answered == 0 ? 0 : 2.0 * _counts[index][index] / (actual + answered);
    }
}
