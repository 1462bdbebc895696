namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>What to use in place of a node that is not supported.</summary>
internal static class Advice
{
    /// <summary>The advice for a type of node.</summary>
    public static string For(string kind) => kind switch
    {
        "MaxPool" or "AveragePool" or "GlobalMaxPool" or "ReduceMax" =>
            "use a stride in the convolution before it, and the mean or the last token at the end",
        "LSTM" or "GRU" or "RNN" => "use attention, or a causal convolution",
        "InstanceNormalization" or "GroupNormalization" or "LpNormalization" => "use BatchNorm or LayerNorm",
        "Einsum" => "write attention with matmul and transpose",
        "ConvTranspose" or "Resize" or "Upsample" => "nothing makes more rows than there were; keep the number of tokens",
        "Concat" => "join the tokens of several sensors alone; use the mean over the tokens or the last one, not a class token",
        "ScatterND" or "GatherElements" or "NonZero" or "If" or "Loop" =>
            "export the model with fixed shapes and without data-dependent steps",
        "QuantizeLinear" or "DequantizeLinear" or "QLinearConv" or "QLinearMatMul" =>
            "export the float model; quantization comes afterwards",
        _ when kind.Contains("Attention", StringComparison.Ordinal) || kind.Contains("aten", StringComparison.Ordinal) =>
            "export plain operators: torch.backends.mha.set_fastpath_enabled(False), and no fusion of the exported file",
        _ => "use linear layers, convolutions over time, attention, LayerNorm or BatchNorm, ReLU, GELU, SiLU or tanh, and mean pooling",
    };
}
