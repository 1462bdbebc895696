namespace NanoFormer.Training.Evaluation;

/// <summary>How the float twin and the integer model did on one set of windows.</summary>
/// <param name="Float">Answers of the float network, before fine-tuning with rounding.</param>
/// <param name="Integer">Answers of the integer graph.</param>
/// <param name="Agreement">How close the fake-quantized network is to the integer graph.</param>
public sealed record SetResult(ConfusionMatrix Float, ConfusionMatrix Integer, Agreement Agreement);
