using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Evaluation;

/// <summary>
/// An engine for windows of one channel in steps of 1 V that tells "low" from "high" by the sign of the first sample, and whose score
/// is the last sample's magnitude.
/// </summary>
internal sealed class ScoringEngine(int alarmThreshold) : ITransformerEngine
{
    public ModelInfo Info { get; } = CreateInfo(alarmThreshold);

    public void Run(short[] window, sbyte[] output)
    {
        (output[0], output[1]) = window[0] < 0 ? ((sbyte)100, (sbyte)-100) : ((sbyte)-100, (sbyte)100);
        output[2] = (sbyte)(Math.Abs(window[^1]) - 128);
    }

    public void SelfTest()
    {
    }

    public void Dispose()
    {
    }

    private static ModelInfo CreateInfo(int alarmThreshold)
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.WindowSamples] = 4;
        numbers[ModelNumbers.HopSamples] = 4;
        numbers[ModelNumbers.RateMillihertz] = 1000;
        numbers[ModelNumbers.ChannelCount] = 1;
        numbers[ModelNumbers.OutputCount] = 3;
        numbers[ModelNumbers.ClassCount] = 2;
        numbers[ModelNumbers.ValueBytes] = 2;
        numbers[ModelNumbers.AlarmThreshold] = alarmThreshold;
        return new ModelInfo("scoring", numbers, ["low", "high", "score"], ["u"], ["V"], [1 << 30], [1]);
    }
}
