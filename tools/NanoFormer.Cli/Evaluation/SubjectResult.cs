namespace NanoFormer.Cli.Evaluation;

/// <summary>How a model does on one subject.</summary>
/// <param name="Subject">Person or machine.</param>
/// <param name="Windows">Windows of it.</param>
/// <param name="Correct">Of which answered rightly.</param>
internal sealed record SubjectResult(string Subject, int Windows, int Correct)
{
    /// <summary>Part answered rightly, 0..1.</summary>
    public double Accuracy => (double)Correct / Windows;
}
