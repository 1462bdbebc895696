using NanoFormer.Model;
using NanoFormer.Training.Evaluation;

namespace NanoFormer.Training;

/// <summary>A trained, quantized and judged model.</summary>
/// <param name="Graph">The integer graph, with test vectors.</param>
/// <param name="Parameters">Weights, biases and positions of the folded network.</param>
/// <param name="Test">Results on the test windows.</param>
/// <param name="RawTest">Results on test windows cut from raw recordings; null without such.</param>
public sealed record TrainedModel(Graph Graph, int Parameters, SetResult Test, SetResult? RawTest);
