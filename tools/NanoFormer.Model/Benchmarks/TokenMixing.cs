namespace NanoFormer.Model;

/// <summary>How the tokens of a benchmark encoder look at each other.</summary>
internal enum TokenMixing
{
    /// <summary>Attention to all tokens.</summary>
    Full,

    /// <summary>Attention to the token itself and those before it.</summary>
    Causal,

    /// <summary>Causal linear attention.</summary>
    Linear,
}
