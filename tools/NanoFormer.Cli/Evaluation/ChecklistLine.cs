namespace NanoFormer.Cli.Evaluation;

/// <summary>A line of the deployment checklist.</summary>
/// <param name="Check">What is checked.</param>
/// <param name="State">How it came out.</param>
/// <param name="Figure">The figure behind it, or why there is none.</param>
internal sealed record ChecklistLine(string Check, CheckState State, string Figure)
{
    /// <summary>The state in words.</summary>
    public string StateName => State switch
    {
        CheckState.Passed => "passed",
        CheckState.Failed => "failed",
        CheckState.NotMeasured => "not measured",
        _ => throw new InvalidOperationException($"{State} has no name."),
    };
}

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
