namespace NanoFormer.Training.Configuration;

/// <summary>What makes one row of the tokens for the classes.</summary>
public enum PoolingKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The last one.</summary>
    Last,

    /// <summary>Their mean weighted by a softmax of learned scores; does not stream.</summary>
    Attention,
}
