namespace NanoFormer.Search.Trials;

/// <summary>Where a trial's architecture comes from.</summary>
public enum TrialOrigin
{
    /// <summary>The configuration that the search was given.</summary>
    Given,

    /// <summary>Drawn at random.</summary>
    Random,

    /// <summary>Another trial's, with one change.</summary>
    Mutation,
}
