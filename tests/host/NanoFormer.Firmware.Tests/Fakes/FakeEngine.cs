using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>"MOVING" when the acceleration along x changes within the window, "RESTING" when it does not. Takes 7 ms a run.</summary>
internal sealed class FakeEngine(FakeClock clock) : ITransformerEngine
{
    public const int WindowSamples = 128;
    public const int HopSamples = 64;

    public ModelInfo Info { get; init; } = Model("total_acc_x,total_acc_y,total_acc_z,body_gyro_x,body_gyro_y,body_gyro_z",
        "g,g,g,rad/s,rad/s,rad/s");

    /// <summary>Status thrown by the runs, 0 for none.</summary>
    public Func<int> RunStatus { get; set; } = () => 0;

    public int SelfTestStatus { get; set; }

    public List<short[]> Windows { get; } = [];

    /// <summary>Six channels: 1/8192 g and 1/4096 rad/s a step, as UCI HAR is packed.</summary>
    public static ModelInfo Model(string names, string units, bool labelled = true)
    {
        var channels = names.Split(',').Length;
        var numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.Crc32] = unchecked((int)0xDEADBEEF);
        numbers[ModelNumbers.ImageBytes] = 40_960;
        numbers[ModelNumbers.ArenaBytes] = 12_288;
        numbers[ModelNumbers.RateMillihertz] = 50_000;
        numbers[ModelNumbers.WindowSamples] = WindowSamples;
        numbers[ModelNumbers.HopSamples] = HopSamples;
        numbers[ModelNumbers.ChannelCount] = channels;
        numbers[ModelNumbers.OutputCount] = 2;
        numbers[ModelNumbers.LabelCount] = labelled ? 2 : 0;
        numbers[ModelNumbers.GateThresholdPermille] = 500;
        return new ModelInfo(
            "fake-har", numbers, labelled ? ["MOVING", "RESTING"] : [], names.Split(','), units.Split(','),
            Enumerable.Repeat(1 << 30, channels).ToArray(),
            units.Split(',').Select(u => u == "g" ? -12 : -11).ToArray());
    }

    public void Run(short[] window, sbyte[] output)
    {
        Assert.Equal(WindowSamples * Info.ChannelCount, window.Length);
        clock.Advance(7000);
        Windows.Add((short[])window.Clone());
        Throw(RunStatus());
        var x = window.Where((_, i) => i % Info.ChannelCount == 0).ToArray();
        var moving = x.Max() - x.Min() > 400;
        output[0] = (sbyte)(moving ? 100 : -128);
        output[1] = (sbyte)(moving ? -101 : 127);
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
