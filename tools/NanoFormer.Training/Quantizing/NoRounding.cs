using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>Leaves everything in float.</summary>
internal sealed class NoRounding : IActivationRounding
{
    public static NoRounding Instance { get; } = new();

    public Tensor Apply(string name, Tensor values) => values;

    public double? Scale(string name) => null;
}
