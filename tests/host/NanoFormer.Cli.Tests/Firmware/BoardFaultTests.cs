using NanoFormer.Board;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>The firmware on a simulated board on which something goes wrong: it says what, for how long, and goes on.</summary>
public class BoardFaultTests
{
    private const int FaultStart = 30;

    /// <summary>A window's start is known to one sample of the sensor.</summary>
    private const int SampleMilliseconds = 10;

    /// <summary>The sensor's FIFO is read this often or more.</summary>
    private const int ReadMilliseconds = 700;

    [Fact]
    public void Board_without_faults_gives_no_gap_and_no_error_and_recognises_the_walk()
    {
        var device = WornDevice.With();

        Assert.Empty(device.Of("gap"));
        Assert.Empty(device.Of("error"));
        Assert.Equal(0, device.TornLines);
        Assert.Equal("genuine", Assert.Single(device.Of("boot")).Text("sensor"));
        Assert.Equal("boot", device.Of("wake")[0].Text("cause"));
        Assert.Equal("motion", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Of("wake")[1].Number("t_ms", -1), WornDevice.WalkStart * 1000, (WornDevice.WalkStart + 2) * 1000);
        AssertWalkRecognised(device, leastWindows: 40);
        Assert.All(device.Lines, line => Assert.True(LogChecksum.IsRight(line), line));
    }

    [Fact]
    public void Unplugged_sensor_gives_a_gap_of_its_length_and_windows_go_on()
    {
        const int Away = 7;
        var device = WornDevice.With(new FaultPlan { Unplugged = [new(FaultStart, FaultStart + Away)] });

        var gap = Assert.Single(device.Of("gap"));
        Assert.Equal("nack", gap.Text("cause"));
        // Attempts to find it again are 500, 1000, 2000 and 4000 ms apart.
        AssertCovers(gap, FaultStart, FaultStart + Away, lateMilliseconds: 4500);
        Assert.NotEmpty(device.Errors("nack"));
        Assert.NotEmpty(device.Errors("sensor_lost"));
        AssertNoWindowTouches(device, FaultStart, FaultStart + Away);
        AssertWalkRecognised(device, leastWindows: 30);
        Assert.InRange(device.WalkingWindows(FaultStart + Away).Length, 15, 30);
    }

    [Fact]
    public void Sensor_that_does_not_acknowledge_for_seconds_gives_a_gap_of_that_length()
    {
        const int Away = 3;
        var device = WornDevice.With(new FaultPlan { NackWindows = [new(FaultStart, FaultStart + Away)] });

        var gap = Assert.Single(device.Of("gap"));
        Assert.Equal("nack", gap.Text("cause"));
        AssertCovers(gap, FaultStart, FaultStart + Away, lateMilliseconds: 2500);
        AssertNoWindowTouches(device, FaultStart, FaultStart + Away);
        AssertWalkRecognised(device, leastWindows: 33);
    }

    [Fact]
    public void Single_missing_acknowledges_cost_at_most_the_read_they_fall_in()
    {
        var device = WornDevice.With(new FaultPlan { NackProbability = 0.005, Seed = 2 });

        Assert.InRange(device.Errors("nack").Length, 5, 40);
        Assert.Empty(device.Errors("sensor_lost"));
        Assert.All(device.Of("gap"), gap => Assert.Equal("nack", gap.Text("cause")));
        Assert.All(device.Of("gap"), gap => Assert.InRange(gap.Number("ms", -1), 1, ReadMilliseconds));
        AssertWalkRecognised(device, leastWindows: 15);
    }

    [Theory]
    [InlineData(0.2, 0.95)]
    [InlineData(0.4, 0.5)]
    public void Noisy_bus_keeps_its_windows(double probability, double least)
    {
        int undisturbed = WornDevice.With().Of("infer").Length;
        double[] kept =
        [
            .. Enumerable.Range(1, 5)
                .Select(seed => WornDevice.With(new FaultPlan { NackProbability = probability, Seed = seed }))
                .Select(device => (double)device.Of("infer").Length / undisturbed),
        ];

        Assert.InRange(kept.Min(), least, 1.05);
    }

    [Fact]
    public void Bus_whose_lines_are_low_is_told_from_a_sensor_that_is_away()
    {
        const int Low = 7;
        var device = WornDevice.With(new FaultPlan { BusHeldLow = [new(FaultStart, FaultStart + Low)] });

        Assert.NotEmpty(device.Errors("sensor_lost"));
        Assert.All(device.Errors("sensor_lost"), error => Assert.Equal("bus_stuck", error.Text("detail")));
        AssertCovers(Assert.Single(device.Of("gap")), FaultStart, FaultStart + Low, lateMilliseconds: 4500);
        AssertWalkRecognised(device, leastWindows: 28);
    }

    [Fact]
    public void Two_devices_at_one_address_are_named()
    {
        var device = WornDevice.With(new FaultPlan { SharesAddress = true });

        Assert.NotEmpty(device.Errors("sensor_lost"));
        Assert.All(device.Errors("sensor_lost"), error => Assert.Equal("shared_address", error.Text("detail")));
        Assert.Empty(device.Of("infer"));
    }

    [Fact]
    public void Sensor_whose_address_pin_is_open_is_looked_for()
    {
        var device = WornDevice.With(new FaultPlan { HasOpenAddressPin = true });

        Assert.NotEmpty(device.Errors("sensor_lost"));
        Assert.All(device.Errors("sensor_lost"), error => Assert.Equal("nack", error.Text("detail")));
        Assert.Empty(device.Of("infer"));
    }

    /// <summary>The remedy for a shared address.</summary>
    [Theory]
    [InlineData(SensorPart.Mpu6050)]
    [InlineData(SensorPart.Lsm6dso)]
    public void Sensor_at_its_second_address_works_beside_a_device_at_the_first(SensorPart part)
    {
        var device = WornDevice.On(new() { Part = part, IsAddressPinHigh = true, Faults = new() { SharesAddress = true } });

        Assert.Equal("genuine", Assert.Single(device.Of("boot")).Text("sensor"));
        Assert.Empty(device.Of("error"));
        AssertWalkRecognised(device, leastWindows: 38);
    }

    [Theory]
    [InlineData(SensorFreeze.Values, "values")]
    [InlineData(SensorFreeze.Zeros, "values")]
    [InlineData(SensorFreeze.Axis, "axis")]
    public void Sensor_that_answers_without_measuring_is_told_and_answered_with_unknown(SensorFreeze freeze, string detail)
    {
        const int From = 30;
        const int To = 50;
        const int WindowSeconds = 3;
        var device = WornDevice.With(new FaultPlan { Frozen = [new(From, To)], Freeze = freeze });

        var first = device.Errors("frozen_sensor")[0];
        Assert.Equal(detail, first.Text("detail"));
        Assert.InRange(first.Number("t_ms", -1), From * 1000, (From + WindowSeconds) * 1000); // two hops and a read
        Assert.NotEmpty(device.Errors("sensor_reset"));
        Assert.All(device.Errors("sensor_reset"), error => Assert.Equal("frozen", error.Text("detail")));
        Assert.All(device.Of("gap"), gap => Assert.Equal("frozen", gap.Text("cause")));
        LogLine[] within =
            [.. device.Of("infer").Where(record => record.Number("t0_ms", -1) is > (From * 1000) + 100 and < (To - WindowSeconds) * 1000)];
        Assert.NotEmpty(within);
        Assert.All(within, record => Assert.Equal("unknown", record.Text("label")));
        Assert.Contains(device.Of("infer"), record => record.Number("t0_ms", -1) > To * 1000 && record.Text("label") == "WALKING");
    }

    [Fact]
    public void Processor_that_stands_still_finds_an_overflow_and_tells_its_length()
    {
        const int Stall = 3;
        var device = WornDevice.With(new FaultPlan { ProcessorStalls = [new(FaultStart, FaultStart + Stall)] });

        var gap = Assert.Single(device.Of("gap"));
        Assert.Equal("overflow", gap.Text("cause"));
        AssertCovers(gap, FaultStart, FaultStart + Stall, lateMilliseconds: ReadMilliseconds);
        Assert.Empty(device.Errors("sensor_lost"));
        AssertWalkRecognised(device, leastWindows: 33);
    }

    [Fact]
    public void Interrupt_stuck_high_is_found_out_and_motion_still_wakes()
    {
        var device = WornDevice.With(new FaultPlan { InterruptStuckHigh = [new(0, 1e6)] });

        Assert.Equal([1L, 2, 3], device.Errors("wake_without_motion").Select(record => record.Number("value", -1)));
        var stuck = Assert.Single(device.Errors("stuck_interrupt"));
        Assert.InRange(stuck.Number("t_ms", -1), 0, WornDevice.WalkStart * 1000);
        Assert.Equal("poll", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Of("wake")[1].Number("t_ms", -1), WornDevice.WalkStart * 1000, (WornDevice.WalkStart + 3) * 1000);
        AssertWalkRecognised(device, leastWindows: 40);
    }

    [Fact]
    public void Interrupt_stuck_low_is_found_out_by_the_timer()
    {
        var settings = new WearableSettings { TimerWakeMilliseconds = 20_000 };
        var device = WornDevice.With(new FaultPlan { InterruptStuckLow = [new(0, 1e6)] }, settings);

        Assert.Single(device.Errors("silent_interrupt"));
        Assert.Equal("poll", device.Of("wake")[1].Text("cause"));
        AssertWalkRecognised(device, leastWindows: 30);
    }

    /// <summary>A wire that is repaired is used again, without a boot.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interrupt_that_works_again_wakes_again(bool high)
    {
        const double Repaired = 25;
        FaultWindow[] stuck = [new(0, Repaired)];
        var faults = high ? new FaultPlan { InterruptStuckHigh = stuck } : new FaultPlan { InterruptStuckLow = stuck };
        var device = WornDevice.Often(new() { Faults = faults }, new WearableSettings { LookMilliseconds = 5_000 });

        Assert.Equal("poll", device.Of("wake")[1].Text("cause"));
        LogLine[] later = [.. device.Of("wake").Where(wake => wake.Number("t_ms", 0) > Repaired * 1000)];
        Assert.InRange(later.Length, 2, 10);
        Assert.All(later, wake => Assert.Equal("motion", wake.Text("cause")));
        Assert.Single(device.Of("error"), error => error.Text("code") is "stuck_interrupt" or "silent_interrupt");
    }

    [Fact]
    public void Power_dip_of_the_sleeping_sensor_costs_no_more_than_the_time_to_the_next_look()
    {
        var settings = new WearableSettings { LookMilliseconds = 20_000 };
        var device = WornDevice.With(new FaultPlan { PowerDips = [8.6] }, settings);

        Assert.Equal("power_lost", Assert.Single(device.Errors("sensor_reset")).Text("detail"));
        Assert.Equal("reset", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Of("wake")[1].Number("t_ms", -1), 8_600, 28_600);
        Assert.Empty(device.Errors("missed_motion"));
        Assert.Empty(device.Of("gap"));
        AssertWalkRecognised(device, leastWindows: 25);
    }

    /// <summary>A device that takes a deaf pad for a cut wire says so and polls, and draws more.</summary>
    [Theory]
    [InlineData(Esp32Traps.None)]
    [InlineData(Esp32Traps.RtcPad)]
    [InlineData(Esp32Traps.All)]
    public void Esp32_wakes_by_a_pin_whose_pad_the_RTC_has_taken(Esp32Traps traps)
    {
        var device = WornDevice.On(new() { BoardId = "esp32", Esp32 = traps });
        var asOneMightThink = WornDevice.On(new() { BoardId = "esp32", Esp32 = Esp32Traps.None });

        Assert.Empty(device.Of("error"));
        Assert.Equal("motion", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Milliamps / asOneMightThink.Milliamps, 0.98, 1.05);
        AssertWalkRecognised(device, leastWindows: 40);
    }

    [Fact]
    public void Line_has_left_an_Esp32_before_it_sleeps()
    {
        const int LineMilliseconds = 30;
        var device = WornDevice.On(new() { BoardId = "esp32", Esp32 = Esp32Traps.SuspendedUart });

        Assert.Equal(0, device.TornLines);
        long[] late = [.. device.Records.Zip(device.Arrivals, (record, arrival) => arrival - record.Number("t_ms", -1))];
        Assert.Equal(device.Lines.Count, late.Length);
        Assert.InRange(late.Max(), 0, LineMilliseconds);
    }

    [Theory]
    [InlineData(0x70, "70")]
    [InlineData(0x71, "71")]
    [InlineData(0x72, "72")]
    [InlineData(0x73, "73")]
    [InlineData(0x74, "74")]
    [InlineData(0x98, "98")]
    [InlineData(0xAE, "AE")]
    [InlineData(0xAF, "AF")]
    [InlineData(0x11, "11")]
    [InlineData(0x12, "12")]
    [InlineData(0x19, "19")]
    public void Clone_is_named_and_works(byte identity, string logged)
    {
        var device = WornDevice.With(new FaultPlan { CloneWhoAmI = identity });

        var boot = Assert.Single(device.Of("boot"));
        Assert.Equal(logged, boot.Text("sensor_id"));
        Assert.Equal("clone", boot.Text("sensor"));
        Assert.InRange(device.Of("wake")[1].Number("temp_cc", 0), 2990, 3010); // 30 degrees on the simulated board
        // With its threshold in another family's register it would wake by its noise.
        Assert.Equal("motion", device.Of("wake")[1].Text("cause"));
        Assert.InRange(device.Of("wake")[1].Number("t_ms", -1), WornDevice.WalkStart * 1000, (WornDevice.WalkStart + 3) * 1000);
        Assert.Empty(device.Of("gap"));
        AssertWalkRecognised(device, leastWindows: 40);
    }

    [Fact]
    public void Unknown_part_is_refused_by_name_and_captures_when_the_user_says_so()
    {
        var refused = WornDevice.With(new FaultPlan { CloneWhoAmI = 0x42 });
        Assert.Equal("42", Assert.Single(refused.Of("boot")).Text("sensor_id"));
        Assert.All(refused.Errors("sensor_lost"), error => Assert.Equal("unknown_chip", error.Text("detail")));
        Assert.Empty(refused.Of("infer"));

        var settings = new WearableSettings { AcceptUnknownSensor = true, TimerWakeMilliseconds = 10_000 };
        var used = WornDevice.With(new FaultPlan { CloneWhoAmI = 0x42 }, settings);
        Assert.Equal("unknown", Assert.Single(used.Of("boot")).Text("sensor"));
        Assert.Single(used.Errors("no_motion_wake"));
        Assert.Equal("timer", used.Of("wake")[1].Text("cause"));
        AssertWalkRecognised(used, leastWindows: 30);
    }

    [Fact]
    public void Clone_that_never_detects_motion_is_woken_by_the_timer()
    {
        var settings = new WearableSettings { TimerWakeMilliseconds = 20_000 };
        var device = WornDevice.With(new FaultPlan { CloneWhoAmI = 0x70, DeadMotionDetection = true }, settings);

        Assert.All(device.Of("wake").Skip(1), record => Assert.Equal("timer", record.Text("cause")));
        Assert.NotEmpty(device.Errors("missed_motion"));
        AssertWalkRecognised(device, leastWindows: 30);
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(-30_000)]
    public void Sensor_clock_that_is_off_neither_stretches_windows_nor_loses_samples(double errorPpm)
    {
        var clock = new SensorOscillator(ErrorPpm: errorPpm, JitterMicroseconds: 200);
        var device = WornDevice.With(new FaultPlan { SensorClock = clock });

        Assert.Empty(device.Of("gap"));
        AssertWalkRecognised(device, leastWindows: 40);
        // On the board's own clock windows follow each other by one hop of the model's rate.
        long[] starts = [.. device.WalkingWindows().Select(WornDevice.StartOf)];
        double hop = (starts[^1] - starts[0]) / (starts.Length - 1.0);
        double expected = device.Model.HopSamples * 1e6 / device.Model.RateMillihertz;
        Assert.InRange(hop / expected, 0.997, 1.003);
        Assert.All(starts.Zip(starts.Skip(1)), pair =>
            Assert.InRange(pair.Second - pair.First, expected - 4 * SampleMilliseconds, expected + 4 * SampleMilliseconds));
    }

    [Theory]
    [InlineData(2e-4)]
    [InlineData(2e-3)]
    public void Serial_noise_tears_lines_and_the_others_are_the_firmwares_own(double flipProbability)
    {
        var clean = WornDevice.With();
        var noisy = WornDevice.With(new FaultPlan { SerialFlipProbability = flipProbability });
        var sent = clean.Lines.ToHashSet(StringComparer.Ordinal);
        // Where a line end was hit, the next record begins within the line.
        string[] whole = [.. noisy.Lines.Select(line => line[Math.Max(0, line.LastIndexOf("nf1 ", StringComparison.Ordinal))..]).Where(LogChecksum.IsRight)];

        Assert.InRange(noisy.TornLines, 1, clean.Lines.Count / 2);
        Assert.Equal(whole.Length, noisy.Records.Count);
        Assert.All(whole, line => Assert.Contains(line, sent));
        // The missing sequence numbers are as many as the lost lines.
        Assert.Equal(clean.Lines.Count - whole.Length, Missing(noisy.Records, clean.Records.Count));
        AssertWalkRecognised(noisy, leastWindows: 20);
    }

    [Fact]
    public void Everything_at_once_is_survived()
    {
        var device = WornDevice.With(new FaultPlan
        {
            CloneWhoAmI = 0x70,
            SensorClock = new SensorOscillator(ErrorPpm: -20_000, JitterMicroseconds: 200),
            NackProbability = 0.002,
            Unplugged = [new(25, 27)],
            ProcessorStalls = [new(40, 42)],
            InterruptStuckHigh = [new(0, 1e6)],
            SerialFlipProbability = 2e-4,
        });

        Assert.InRange(device.Of("gap").Length, 2, 10);
        AssertWalkRecognised(device, leastWindows: 15);
        Assert.NotEmpty(device.WalkingWindows(fromSecond: 55));
    }

    private static long Missing(IReadOnlyList<LogLine> records, int sent) =>
        sent - records.Select(record => record.Number("seq", -1)).Distinct().Count();

    /// <summary>Every window of the walk is answered rightly, and none spans a gap.</summary>
    private static void AssertWalkRecognised(WornDevice device, int leastWindows)
    {
        var windows = device.WalkingWindows();
        Assert.InRange(windows.Length, leastWindows, 60);
        Assert.All(windows, record => Assert.Equal("WALKING", record.Text("raw")));
        Assert.All(windows, record => Assert.Equal("WALKING", record.Text("label")));
        foreach (var gap in device.Of("gap"))
        {
            (long start, long end) = IntervalOf(gap);
            Assert.All(device.Of("infer"), record => Assert.True(
                device.EndOf(record) <= start + 2 * SampleMilliseconds || WornDevice.StartOf(record) >= end - 2 * SampleMilliseconds,
                $"the window of {WornDevice.StartOf(record)} ms spans the gap of {start}..{end} ms"));
        }
    }

    /// <summary>
    /// The gap holds the whole fault, began at most one read before it, and ended at most some milliseconds after it; its samples
    /// are as many as its length at 100 Hz.
    /// </summary>
    private static void AssertCovers(LogLine gap, int fromSecond, int toSecond, int lateMilliseconds)
    {
        (long start, long end) = IntervalOf(gap);
        Assert.InRange(start, fromSecond * 1000 - ReadMilliseconds, fromSecond * 1000);
        Assert.InRange(end, toSecond * 1000, toSecond * 1000 + lateMilliseconds);
        Assert.InRange(gap.Number("lost", -1) * SampleMilliseconds, (end - start) * 0.98, (end - start) * 1.02);
    }

    private static (long Start, long End) IntervalOf(LogLine gap)
    {
        long start = gap.Number("t0_ms", -1);
        return (start, start + gap.Number("ms", -1));
    }

    private static void AssertNoWindowTouches(WornDevice device, int fromSecond, int toSecond) =>
        Assert.All(device.Of("infer"), record => Assert.True(
            device.EndOf(record) <= fromSecond * 1000 + 2 * SampleMilliseconds || WornDevice.StartOf(record) >= toSecond * 1000,
            $"the window of {WornDevice.StartOf(record)} ms holds samples of a sensor that was away"));
}
