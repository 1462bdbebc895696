namespace NanoFormer.Data.Preparation;

/// <summary>How to part recordings into those learnt from and those judged on.</summary>
public sealed record SplitRequest
{
    /// <summary>What stays together.</summary>
    public SplitUnit Unit { get; init; }

    /// <summary>The share of samples to judge on, above 0 and below 1; not used when <see cref="TestUnits"/> names the units.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>The subjects, or sources, to judge on; empty to choose them.</summary>
    public IReadOnlyList<string> TestUnits { get; init; } = [];

    /// <summary>The share of the remaining samples whose units to propose for validation; 0 for none.</summary>
    public double ValidationShare { get; init; }

    /// <summary>Whether recordings that share samples are left out already, so that nobody need look for them again.</summary>
    public bool IsFreeOfTwins { get; init; }

    /// <summary>Seed of the choice.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>What a split keeps together.</summary>
public enum SplitUnit
{
    /// <summary>Everything of one subject: the model is judged on people or machines it has not seen.</summary>
    Subject,

    /// <summary>Everything of one source: the model may know the subject from another recording.</summary>
    Recording,

    /// <summary>Nothing. Always refused: neighbouring windows overlap or nearly repeat each other, and would be in both parts.</summary>
    Window,
}
