using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>A step's windows.</summary>
/// <param name="Inputs">Scaled windows <c>[B, T, C]</c>.</param>
/// <param name="Labels"><c>[B]</c>, or <c>[B, S]</c> with one for each token.</param>
/// <param name="Faulty">1 for windows that a fault was put into, else 0, <c>[B]</c>; null where none ever is.</param>
/// <param name="Clean">The windows without the shifts that were put on them, scaled; null where none were.</param>
internal sealed record Batch(Tensor Inputs, Tensor Labels, Tensor? Faulty, Tensor? Clean = null);
