using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Firmware.Tests;

/// <summary>What the loop makes of the native path's events, one by one.</summary>
public sealed class CaptureLoopTests : IDisposable
{
    private const int AllValues = 0x3F;
    private const string Names = "acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z";
    private const string Units = "g,g,g,rad/s,rad/s,rad/s";

    private readonly BoardDevice _device = new();
    private readonly ScriptedCapture _capture = new();

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData(0, true, "gravity")]
    [InlineData(0.49, true, "gravity")]
    [InlineData(0.51, true, null)]
    [InlineData(-1, true, null)]
    [InlineData(1.49, true, null)]
    [InlineData(1.51, true, "gravity")]
    [InlineData(0, false, null)] // falling
    public void A_still_sensor_that_feels_no_gravity_does_not_measure(double gravity, bool isStill, string? fault)
    {
        _capture.AddWindow(moves: false, isStill, gravity: gravity);

        Run(1);

        Assert.Equal(fault, _device.Log.Of("error").FirstOrDefault(error => error.Text("code") == "frozen_sensor")?.Text("detail"));
    }

    [Fact]
    public void What_was_not_measured_has_no_vote_later()
    {
        for (int i = 0; i < 3; i++)
        {
            _capture.AddWindow(moves: false, frozen: AllValues);
        }

        _capture.AddWindow(moves: true);

        Run(4);

        Assert.Equal(["unknown", "unknown", "unknown", "MOVING"], _device.Log.Of("infer").Select(record => record.Text("label")));
    }

    [Fact]
    public void What_was_not_measured_has_no_rarity_and_alarms_nobody()
    {
        var settings = new WearableSettings { Alarm = { LearningWindows = 8, NoticeRarity = 4, WarningRarity = 8 } };
        _capture.AddWindows(9, height: 0);
        _capture.AddWindows(1, height: 5000);
        _capture.AddWindows(3, height: 5000, frozen: AllValues);
        _capture.AddWindows(1, height: 5000);

        Run(14, _capture, ends: false, settings, FakeEngine.Model(Names, Units, scored: true));

        var records = _device.Log.Records.Where(record => record.Kind is "infer" or "alarm").ToArray();
        Assert.Equal(["infer", "infer", "infer", "infer", "infer", "alarm"], records[9..].Select(record => record.Kind));
        Assert.Equal([9, 0, 0, 0, 10], records[9..14].Select(record => record.Number("rarity", 0)));
    }

    [Fact]
    public void A_posture_of_the_model_is_held_until_a_window_that_is_not_still()
    {
        foreach (var (moves, isStill) in new[] { (true, true), (true, true), (true, true), (false, true), (false, false) })
        {
            _capture.AddWindow(moves, isStill);
        }

        Run(5, _capture, ends: false, new WearableSettings(), FakeEngine.Model(Names, Units, postures: 0b11));

        Assert.Equal(["MOVING", "MOVING", "MOVING", "MOVING", "RESTING"], _device.Log.Of("infer").Select(record => record.Text("label")));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 4)]
    [InlineData(100, 5)]
    public void Samples_lost_are_counted_by_time_within_what_is_certain(int periods, int lost)
    {
        _capture.AddGap(periods * ScriptedCapture.PeriodMicroseconds, atLeast: 3, atMost: 5);

        Run(1);

        var gap = Assert.Single(_device.Log.Of("gap"));
        Assert.Equal(("overflow", lost), (gap.Text("cause"), gap.Number("lost", -1)));
    }

    [Fact]
    public void What_the_ring_holds_at_the_end_is_told_up_to_a_gap_that_nothing_follows()
    {
        var capture = new ScriptedCapture { KeepsRing = true };
        capture.AddWindow(moves: true);
        capture.AddGap(40 * ScriptedCapture.PeriodMicroseconds, atLeast: 3, atMost: 50);
        capture.AddWindow(moves: true);
        capture.AddGap(0, atLeast: 0, atMost: 9);

        Run(1, capture, ends: true);

        Assert.Equal(["infer", "gap", "infer"], _device.Log.Records.Select(record => record.Kind).Where(kind => kind is "infer" or "gap"));
        Assert.Equal(40, Assert.Single(_device.Log.Of("gap")).Number("lost", -1));
    }

    private void Run(int steps) => Run(steps, _capture, ends: false);

    private void Run(int steps, ScriptedCapture capture, bool ends) =>
        Run(steps, capture, ends, new WearableSettings { Voters = 3 }, FakeEngine.Model(Names, Units));

    private void Run(int steps, ScriptedCapture capture, bool ends, ApplicationSettings settings, ModelInfo model)
    {
        var board = _device.Access;
        board.OpenCapture = _ => new Capture(capture);
        using var transformer = new Transformer(new FakeEngine(_ => { }) { Info = model });
        var parts = new DeviceParts(board, transformer, "test/1", settings);
        Assert.Equal(Sensors.SensorStatus.Ok, parts.Link.Connect());
        var loop = new CaptureLoop(parts, ChannelMap.ForModel(parts.Model, parts.Sensor.Scale));
        Assert.True(loop.Start(WakeCause.Boot, 0, InferenceLog.NoThreshold));
        for (int i = 0; i < steps; i++)
        {
            loop.Step();
        }

        if (ends)
        {
            loop.End();
        }
    }
}
