namespace NanoFormer.Cli.Evaluation;

/// <summary>How a line of the deployment checklist came out.</summary>
internal enum CheckState
{
    /// <summary>Something it needs is missing.</summary>
    NotMeasured,

    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,
}
