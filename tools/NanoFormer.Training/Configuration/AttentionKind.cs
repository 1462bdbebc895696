namespace NanoFormer.Training.Configuration;

/// <summary>How tokens are weighed against each other.</summary>
public enum AttentionKind
{
    /// <summary>By a softmax of dot products.</summary>
    Softmax,

    /// <summary>By dot products of features <c>max(x, 0)</c>, at a cost that grows with the tokens, not with their square.</summary>
    Linear,
}
