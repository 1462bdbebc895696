namespace NanoFormer.Training.Evaluation;

/// <summary>How close the network that was fine-tuned with the device's arithmetic is to the integer graph on one set of windows.</summary>
/// <param name="SameAnswer">Part of the windows with the same class, 0..1.</param>
/// <param name="SameOutputs">Part of all int8 outputs that are equal, 0..1.</param>
/// <param name="LargestDifference">Largest difference of an output, in int8 steps.</param>
public sealed record Agreement(double SameAnswer, double SameOutputs, int LargestDifference)
{
    /// <summary>Compares int8 outputs, both <c>[n][outputs]</c>, of which the first are <paramref name="classes"/> classes.</summary>
    internal static Agreement Of(sbyte[][] fake, sbyte[][] integer, int classes)
    {
        int[] differences = fake.Zip(integer).SelectMany(pair => pair.First.Zip(pair.Second, (a, b) => Math.Abs(a - b))).ToArray();
        var same = fake.Zip(integer, (a, b) => IntegerAnswers.ClassOf(a, classes) == IntegerAnswers.ClassOf(b, classes));
        return new Agreement(same.Average(s => s ? 1.0 : 0), differences.Average(d => d == 0 ? 1.0 : 0), differences.Max());
    }
}
