namespace NanoFormer.Training.Configuration;

/// <summary>What a token is to tell of the signal.</summary>
public enum ScoreKind
{
    /// <summary>The samples it was made of.</summary>
    Reconstruction,

    /// <summary>The samples of the next token; needs causal attention.</summary>
    Forecast,
}
