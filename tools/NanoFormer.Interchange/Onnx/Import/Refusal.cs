namespace NanoFormer.Interchange;

/// <summary>A node asks for what a network of this kind cannot do. The importer adds which node.</summary>
/// <param name="why">What the obstacle is, and the remedy.</param>
internal sealed class Refusal(string why) : Exception(why)
{
    /// <summary>A node of a type that is not known, with what to use in its place.</summary>
    public static Refusal Of(string kind) => new(kind switch
    {
        "MaxPool" or "AveragePool" or "GlobalMaxPool" or "ReduceMax" =>
            "use a stride in the convolution before it, and the mean or the last token at the end",
        "LSTM" or "GRU" or "RNN" => "use attention, or a causal convolution",
        "InstanceNormalization" or "GroupNormalization" or "LpNormalization" => "use BatchNorm or LayerNorm",
        "Einsum" => "write attention with matmul and transpose",
        "ConvTranspose" or "Resize" or "Upsample" => "nothing makes more rows than there were; keep the number of tokens",
        "ScatterND" or "GatherElements" or "NonZero" or "If" or "Loop" =>
            "export the model with fixed shapes and without data-dependent steps",
        "QuantizeLinear" or "DequantizeLinear" or "QLinearConv" or "QLinearMatMul" =>
            "export the float model; quantization comes afterwards",
        _ when kind.Contains("Attention", StringComparison.Ordinal) || kind.Contains("aten", StringComparison.Ordinal) =>
            "export plain operators: torch.backends.mha.set_fastpath_enabled(False), and no fusion of the exported file",
        _ => "use linear layers, convolutions over time, attention, LayerNorm or BatchNorm, ReLU, GELU, SiLU or tanh, and mean pooling",
    });
}
