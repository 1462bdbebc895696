namespace NanoFormer.Model;

/// <summary>What the operators of one program are read against.</summary>
/// <param name="Tensors">All tensors of the image.</param>
/// <param name="Input">The program's input.</param>
/// <param name="Output">The program's output.</param>
/// <param name="ArenaBytes">Its arena.</param>
/// <param name="IsStep">Whether it is the step program, where operators remember.</param>
internal sealed record ProgramContext(
    IReadOnlyList<Tensor> Tensors,
    WindowTensor Input,
    ActivationTensor Output,
    int ArenaBytes,
    bool IsStep);
