using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Evaluation;

/// <summary>How close the fake-quantized network, from which the scales came, is to the integer graph on one set of windows.</summary>
/// <param name="SameAnswer">Part of the windows with the same class by logits, 0..1.</param>
/// <param name="SameLogits">Part of all int8 logits that are equal, 0..1.</param>
/// <param name="LargestDifference">Largest difference of a logit, in int8 steps.</param>
public sealed record Agreement(double SameAnswer, double SameLogits, int LargestDifference)
{
    /// <summary>Compares real logits, which are multiples of the quantization's step, with int8 logits; both <c>[n][classes]</c>.</summary>
    internal static Agreement Of(float[][] fake, Quantization quantization, sbyte[][] integer)
    {
        int ToStep(float logit) => (int)Math.Round(logit / quantization.Scale) + quantization.ZeroPoint;

        var steps = fake.Select(row => row.Select(ToStep).ToArray()).ToArray();
        var differences = steps.Zip(integer).SelectMany(pair => pair.First.Zip(pair.Second, (a, b) => Math.Abs(a - b))).ToArray();
        var same = steps.Zip(integer, (a, b) => Array.IndexOf(a, a.Max()) == Array.IndexOf(b, b.Max()));
        return new Agreement(same.Average(s => s ? 1.0 : 0), differences.Average(d => d == 0 ? 1.0 : 0), differences.Max());
    }
}
