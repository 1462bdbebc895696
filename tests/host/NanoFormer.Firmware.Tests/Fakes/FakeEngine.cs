using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>
/// "MOVING" when the acceleration along x changes within the window, "RESTING" when it does not. A third output, where the model has
/// one, is a score: the range of the acceleration along z. Takes 7 ms per run.
/// </summary>
internal sealed class FakeEngine(Action<long> pass) : ITransformerEngine
{
    public FakeEngine(FakeClock clock)
        : this(clock.Advance)
    {
    }

    public const int WindowSamples = 128;
    public const int HopSamples = 64;
    public const int AlarmThreshold = -64;

    public ModelInfo Info { get; init; } = Model("total_acc_x,total_acc_y,total_acc_z,body_gyro_x,body_gyro_y,body_gyro_z",
        "g,g,g,rad/s,rad/s,rad/s");

    /// <summary>Status thrown by the runs, 0 for none.</summary>
    public Func<int> RunStatus { get; set; } = () => 0;

    public int SelfTestStatus { get; set; }

    public List<short[]> Windows { get; } = [];

    /// <summary>Six channels: 1/8192 g and 1/4096 rad/s a step, as UCI HAR is packed.</summary>
    public static ModelInfo Model(string names, string units, bool labelled = true, bool scored = false, int postures = 0)
    {
        int channels = names.Split(',').Length;
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.Crc32] = unchecked((int)0xDEADBEEF);
        numbers[ModelNumbers.ImageBytes] = 40_960;
        numbers[ModelNumbers.ArenaBytes] = 12_288;
        numbers[ModelNumbers.RateMillihertz] = 50_000;
        numbers[ModelNumbers.WindowSamples] = WindowSamples;
        numbers[ModelNumbers.HopSamples] = HopSamples;
        numbers[ModelNumbers.ChannelCount] = channels;
        string[] labels = scored ? ["MOVING", "RESTING", "anomaly"] : ["MOVING", "RESTING"];
        numbers[ModelNumbers.OutputCount] = labels.Length;
        numbers[ModelNumbers.LabelCount] = labelled ? labels.Length : 0;
        numbers[ModelNumbers.GateThresholdPermille] = 500;
        numbers[ModelNumbers.ClassCount] = 2;
        numbers[ModelNumbers.Postures] = postures;
        numbers[ModelNumbers.AlarmThreshold] = scored ? AlarmThreshold : OutputLayout.NoAlarm;
        return new ModelInfo(
            "fake-har", numbers, labelled ? labels : [], names.Split(','), units.Split(','),
            Enumerable.Repeat(1 << 30, channels).ToArray(),
            units.Split(',').Select(u => u == "g" ? -12 : -11).ToArray());
    }

    public void Run(short[] window, sbyte[] output)
    {
        Assert.Equal(WindowSamples * Info.ChannelCount, window.Length);
        pass(7000);
        Windows.Add((short[])window.Clone());
        Throw(RunStatus());
        short[] x = window.Where((_, i) => i % Info.ChannelCount == 0).ToArray();
        bool moving = x.Max() - x.Min() > 400;
        output[0] = (sbyte)(moving ? 100 : -128);
        output[1] = (sbyte)(moving ? -101 : 127);
        if (output.Length > 2)
        {
            short[] z = window.Where((_, i) => i % Info.ChannelCount == 2).ToArray();
            output[2] = (sbyte)Math.Clamp((z.Max() - z.Min()) / 64 - 128, -128, 127);
        }
    }

    public void SelfTest() => Throw(SelfTestStatus);

    public void Dispose()
    {
    }

    private static void Throw(int status)
    {
        if (status != 0)
        {
            throw new TransformerException(status);
        }
    }
}
