namespace NanoFormer.Training.Configuration;

/// <summary>What evens out the tokens before attention, feed-forward part and head.</summary>
public enum NormKind
{
    /// <summary>BatchNorm; becomes part of the linear layer behind it and costs nothing on the device.</summary>
    Batch,

    /// <summary>LayerNorm in integers, row by row.</summary>
    Layer,
}
