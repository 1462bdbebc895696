namespace NanoFormer.Model;

/// <summary>The tensors of an image, valid one by one.</summary>
/// <param name="All">In the order of the image.</param>
/// <param name="Window">The input tensor.</param>
/// <param name="Output">The output tensor.</param>
/// <param name="StepInput">The input tensor of the step program.</param>
/// <param name="StepOutput">The output tensor of the step program.</param>
/// <param name="Regions">Where the activations and states lie in the arena.</param>
internal sealed record TensorTable(
    IReadOnlyList<Tensor> All,
    WindowTensor Window,
    ActivationTensor Output,
    WindowTensor? StepInput,
    ActivationTensor? StepOutput,
    IReadOnlyDictionary<Tensor, ArenaRegion> Regions);
