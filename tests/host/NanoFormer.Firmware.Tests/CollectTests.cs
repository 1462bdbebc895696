using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Industrial;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class CollectTests
{
    private const int Channels = 6;

    [Fact]
    public void The_log_of_a_motion_that_is_collected_is_as_recorded()
    {
        var wearer = Collecting();
        wearer.Settings.StillWindows = 1;
        wearer.Move(60, 60.4);
        Assert.True(wearer.Run(1));

        GoldenLog.Check("collect.log", wearer.Log.Lines);
    }

    [Fact]
    public void The_samples_are_those_of_the_windows_that_the_model_would_have_got()
    {
        var wearer = Collecting();
        var recognised = new Wearer { GyroOffset = wearer.GyroOffset };
        // Neither an inference nor a line takes time on this device, so that both are the same one.
        recognised.Engine = new FakeEngine(_ => { }) { Info = recognised.Engine.Info };
        foreach (var device in new[] { wearer, recognised })
        {
            device.Move(60, 66);
            device.Move(90, 101.7);
            device.Sensor.Unplugged.Add((95_000_000, 96_000_000));
            device.Run(2);
        }

        var recordings = CollectedSamples.In(wearer.Log);
        Assert.Equal(3, recordings.Count);
        Assert.Equal(recognised.Engine.Windows, recordings.SelectMany(WindowsOf));
        Assert.Empty(wearer.Engine.Windows);
    }

    [Fact]
    public void A_gap_ends_the_recording_and_the_next_one_begins_after_it()
    {
        var wearer = Collecting();
        wearer.Sensor.Unplugged.Add((65_000_000, 72_000_000));
        wearer.Move(60, 90);
        wearer.Run(1);

        Assert.Equal(
            ["collect", "collected", "gap", "collect", "collected"],
            wearer.Log.Records.Select(record => record.Kind).Where(kind => kind is "collect" or "collected" or "gap"));
        Assert.Equal(2, CollectedSamples.In(wearer.Log).Count);
    }

    [Fact]
    public void Without_a_model_all_channels_come_in_the_sensors_own_steps()
    {
        var wearer = Collecting();
        wearer.Settings.Collect.RateMillihertz = 25_000;
        wearer.Settings.Collect.Label = "";
        wearer.Move(60, 66);

        Assert.True(wearer.Application(null!).Run(1));

        Assert.Equal("none", wearer.Log.Of("head").First().Text("model"));
        Assert.Equal("skipped", Assert.Single(wearer.Log.Of("boot")).Text("self_test"));
        var collect = Assert.Single(wearer.Log.Of("collect"));
        // 292978596 / 2^40 is pi / 180 / 65.5 to nine digits; odd mantissas, because fractions are reduced.
        Assert.Equal(
            "acc_x:g:1:13,acc_y:g:1:13,acc_z:g:1:13,gyro_x:rad/s:73244649:38,gyro_y:rad/s:73244649:38,gyro_z:rad/s:73244649:38",
            collect.Text("channels"));
        Assert.Null(collect.Text("label"));
        Assert.Equal(25_000, collect.Number("rate_millihertz", 0));
        short[][] samples = Assert.Single(CollectedSamples.In(wearer.Log)).Chunk(Channels).ToArray();
        Assert.All(samples, sample => Assert.Equal(8192, sample[2]));
        Assert.InRange(samples.Max(sample => sample[0]), 3900, 4096);
    }

    [Fact]
    public void A_model_that_could_not_answer_serves_to_collect()
    {
        var wearer = Collecting();
        wearer.Engine = new FakeEngine(wearer.Clock)
        {
            Info = FakeEngine.Model("acc_x,acc_y,acc_z", "g,g,g", labelled: false),
            SelfTestStatus = EngineStatus.SelfTestFailed,
        };
        wearer.Move(60, 66);

        Assert.True(wearer.Run(1));
        Assert.Single(CollectedSamples.In(wearer.Log));
    }

    [Fact]
    public void Every_burst_of_a_machine_is_a_recording_and_deep_sleep_does_not_repeat_a_number()
    {
        using var device = new BoardDevice();
        var settings = new IndustrialSettings { Collect = new CollectSettings(), DetectFrozenSensor = false };
        int bursts = 0;
        while (bursts++ < 3)
        {
            var application = new IndustrialApplication(device.Access, null!, settings);
            Assert.True(application.Run(0));
            Assert.True(application.HasPoweredDown);
        }

        var recordings = CollectedSamples.In(device.Log);
        Assert.Equal(3, recordings.Count);
        Assert.All(recordings, values => Assert.InRange(values.Length / Channels, 250, 280)); // 4 windows of 2 s, every second, and a read
        Assert.Equal(3, device.Log.Of("collect").Select(record => record.Text("rec")).Distinct().Count());
    }

    [Fact]
    public void Six_channels_at_50_hertz_take_the_bytes_that_the_format_states()
    {
        var wearer = Collecting();
        wearer.Move(60, 1600);
        wearer.Run(1);

        double seconds = CollectedSamples.In(wearer.Log).Sum(values => values.Length / Channels) / 50.0;
        Assert.InRange(wearer.Log.Lines.Sum(line => line.Length + 2) / seconds, 1550, 1660);
    }

    private static Wearer Collecting() => new()
    {
        GyroOffset = 655,
        Settings = { Collect = new CollectSettings { Label = "WALK", Subject = "ada" } },
    };

    /// <summary>The windows of a recording by the model's own length and hop.</summary>
    private static IEnumerable<short[]> WindowsOf(short[] recording)
    {
        const int Length = FakeEngine.WindowSamples * Channels;
        for (int at = 0; at + Length <= recording.Length; at += FakeEngine.HopSamples * Channels)
        {
            yield return recording[at..(at + Length)];
        }
    }
}
