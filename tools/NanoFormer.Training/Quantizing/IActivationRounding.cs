using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>What happens to an activation on its way to the next operator.</summary>
internal interface IActivationRounding
{
    /// <summary>The activation as the next operator sees it.</summary>
    Tensor Apply(string name, Tensor values);

    /// <summary>The step of an activation that was applied before; null when activations are not rounded.</summary>
    double? Scale(string name);
}
