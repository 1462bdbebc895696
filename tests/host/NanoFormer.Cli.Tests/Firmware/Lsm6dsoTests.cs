using NanoFormer.Board;
using NanoFormer.Cli.Engines;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>The firmware with another maker's sensor: the same model, answers and words, well and with faults.</summary>
public class Lsm6dsoTests
{
    private const int FaultStart = 30;

    [Fact]
    public void Walk_is_recognised_as_with_the_other_sensor()
    {
        var device = With();

        Assert.Empty(device.Of("gap"));
        Assert.Empty(device.Of("error"));
        var boot = Assert.Single(device.Of("boot"));
        Assert.Equal(("6C", "genuine"), (boot.Text("sensor_id"), boot.Text("sensor")));
        Assert.Equal("motion", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Of("wake")[1].Number("t_ms", -1), WornDevice.WalkStart * 1000, (WornDevice.WalkStart + 3) * 1000);
        Assert.InRange(device.Of("wake")[1].Number("temp_cc", 0), 2900, 3100);
        AssertWalkRecognised(device, leastWindows: 38);
    }

    [Fact]
    public void Noisy_bus_keeps_its_windows()
    {
        int undisturbed = With().Of("infer").Length;
        var device = With(new FaultPlan { NackProbability = 0.2, Seed = 3 });

        Assert.InRange((double)device.Of("infer").Length / undisturbed, 0.95, 1.05);
    }

    [Fact]
    public void Power_dip_of_the_sleeping_sensor_is_found_at_the_next_look()
    {
        var device = With(new FaultPlan { PowerDips = [8.6] }, new WearableSettings { LookMilliseconds = 20_000 });

        Assert.Equal("power_lost", Assert.Single(device.Errors("sensor_reset")).Text("detail"));
        AssertWalkRecognised(device, leastWindows: 25);
    }

    [Fact]
    public void Sensor_that_stands_still_is_answered_with_unknown()
    {
        var device = With(new FaultPlan { Frozen = [new(FaultStart, FaultStart + 20)] });

        Assert.Equal("values", device.Errors("frozen_sensor")[0].Text("detail"));
        Assert.Contains(device.Of("infer"), record => record.Number("t0_ms", -1) > (FaultStart + 20) * 1000 && record.Text("label") == "WALKING");
    }

    /// <summary>A full FIFO drops words, not samples: what is left begins with the wrong one.</summary>
    [Fact]
    public void Processor_that_stands_still_loses_what_the_gap_says()
    {
        const int Stall = 5;
        var device = With(new FaultPlan { ProcessorStalls = [new(FaultStart, FaultStart + Stall)] });

        var gap = Assert.Single(device.Of("gap"));
        Assert.Equal("overflow", gap.Text("cause"));
        Assert.InRange(gap.Number("lost", -1), Stall * 104 * 0.98, (Stall + 1.5) * 104);
        AssertWalkRecognised(device, leastWindows: 30);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.05, false)]
    [InlineData(0.05, true)]
    public void Native_path_and_its_twin_say_the_same(double noise, bool stalls)
    {
        var faults = new FaultPlan { NackProbability = noise, ProcessorStalls = stalls ? [new(FaultStart, FaultStart + 5)] : [] };

        Assert.Equal(Lines(EngineFactory.Host), Lines(EngineFactory.Reference));

        IReadOnlyList<string> Lines(string path) => WornDevice.On(
            new() { Part = SensorPart.Lsm6dso, Sensor = Lsm6dso.Typical, Faults = faults }, path: path, chargesWork: false).Lines;
    }

    private static WornDevice With(FaultPlan? faults = null, WearableSettings? settings = null) =>
        WornDevice.On(new() { Part = SensorPart.Lsm6dso, Sensor = Lsm6dso.Typical, Faults = faults ?? new() }, settings);

    private static void AssertWalkRecognised(WornDevice device, int leastWindows)
    {
        var windows = device.WalkingWindows();
        Assert.InRange(windows.Length, leastWindows, 60);
        Assert.All(windows, record => Assert.Equal("WALKING", record.Text("label")));
    }
}
