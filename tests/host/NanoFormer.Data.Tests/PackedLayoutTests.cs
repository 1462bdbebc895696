namespace NanoFormer.Data.Tests;

/// <summary>The layouts of recordings besides labelled segments.</summary>
public sealed class PackedLayoutTests
{
    [Fact]
    public void Flights_have_the_flight_as_subject()
    {
        using var fixture = Signal(new
        {
            labels = new[] { "Horizontal", "Vertical" },
            recordings = new[]
            {
                new { label = 1, path = 7, imu = 1, offset_samples = 0, samples = 2 },
                new { label = 1, path = 7, imu = 2, offset_samples = 2, samples = 3 },
            },
        });

        var recordings = PackedDataset.Open(fixture.Folder).ReadRecordings();

        Assert.Equal(["7", "7"], recordings.Select(r => r.Subject));
        Assert.Equal(["Vertical-7-imu-1", "Vertical-7-imu-2"], recordings.Select(r => r.Name));
        Assert.Equal([4, 5, 6, 7, 8, 9], recordings[1].Samples);
        Assert.Equal([1, 1, 1], recordings[1].Labels!);
        Assert.Equal(0.25, recordings[1].Channels[1].Scale);
    }

    [Fact]
    public void Bearings_have_their_own_scale_and_the_load_as_subject()
    {
        using var fixture = Bearings(0.5, 2.0);

        var recordings = PackedDataset.Open(fixture.Folder).ReadRecordings();
        var common = SignalConversion.ToCommonScale(recordings);

        Assert.Equal(["load_0", "load_3"], recordings.Select(r => r.Subject));
        Assert.Equal([0.5, 2.0], recordings.Select(r => r.Channels[0].Scale));
        Assert.Equal([4, 5, 6, 7, 8, 9], recordings[1].Samples);
        Assert.All(common, r => Assert.Equal(2.0, r.Channels[0].Scale));
        Assert.Equal([0, 0, 1, 1], common[0].Samples); // 0 .. 3 halves, in steps of two
        Assert.Equal(recordings[1].Samples, common[1].Samples);
    }

    [Fact]
    public void A_recording_without_any_scale_is_refused()
    {
        using var fixture = Bearings(0.5, null);

        Assert.Equal(DataError.BadHeader, Fault(fixture).Error);
    }

    [Fact]
    public void Runs_have_the_configuration_as_class_and_the_speed_as_subject()
    {
        using var fixture = Signal(Runs(configuration: 3));

        var run = Assert.Single(PackedDataset.Open(fixture.Folder).ReadRecordings());

        Assert.Equal(["red", "green"], run.ClassNames);
        Assert.Equal([1, 1], run.Labels!);
        Assert.Equal("speed_25", run.Subject);
        Assert.Equal([2, 3, 4, 5], run.Samples);
    }

    [Fact]
    public void A_class_the_header_does_not_name_is_refused()
    {
        using var fixture = Signal(Runs(configuration: 2));

        Assert.Equal(DataError.BadHeader, Fault(fixture).Error);
    }

    [Fact]
    public void A_span_outside_the_file_is_refused()
    {
        using var fixture = Signal(Runs(configuration: 1, samples: 5));

        Assert.Equal(DataError.WrongLength, Fault(fixture).Error);
    }

    [Fact]
    public void Flagged_values_fill_int16_and_become_normal_or_anomaly()
    {
        using var fixture = new PackedFixture();
        fixture.AddSingle("values", [0, 8, 1, -4, -2, 2]);
        fixture.AddBytes("flags", [0, 0, 0, 1, 1, 1]);
        fixture.WriteHeader(new
        {
            dtype = "float32 values, uint8 flags",
            experiments = new[]
            {
                new { group = "valve1", file = "0.csv", offset_rows = 0, rows = 1 },
                new { group = "valve2", file = "0.csv", offset_rows = 1, rows = 2 },
            },
        });

        var recordings = PackedDataset.Open(fixture.Folder).ReadRecordings();

        Assert.Equal(["valve1", "valve2"], recordings.Select(r => r.Subject));
        Assert.Equal(["NORMAL", "ANOMALY"], recordings[1].ClassNames);
        Assert.Equal([0, 1], recordings[1].Labels!);
        Assert.Equal([0, 32767], recordings[0].Samples);
        Assert.Equal([16384, -16384, -32767, 8192], recordings[1].Samples); // full scale is 2 and 8, over the whole set
    }

    [Theory]
    [InlineData("int16", "signal")]
    [InlineData("float64", "signal")]
    public void A_layout_nobody_reads_is_named(string type, string key)
    {
        using var fixture = new PackedFixture();
        fixture.AddInt16(key, [1, 2]);
        fixture.WriteHeader(new { dtype = type });

        var fault = Fault(fixture);

        Assert.Equal(DataError.UnsupportedLayout, fault.Error);
        Assert.Contains("'runs'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_of_another_type_is_refused()
    {
        using var fixture = Signal(new { dtype = "float64", recordings = Array.Empty<object>() });

        Assert.Equal(DataError.UnsupportedLayout, Fault(fixture).Error);
    }

    [Theory]
    [InlineData("drone_qdr", 196, 707_184)]
    [InlineData("fan_imbalance", 51, 153_000)]
    [InlineData("cwru_de12", 37, 4_635_087)]
    [InlineData("skab", 35, 46_806)]
    public void The_recorded_sets_have_the_published_size(string name, int count, int samples)
    {
        var recordings = PackedDataset.Open(DatasetFolder.Require(name)).ReadRecordings();

        Assert.Equal(count, recordings.Count);
        Assert.Equal(count, recordings.Select(r => r.Name).Distinct().Count());
        Assert.Equal(samples, recordings.Sum(r => r.SampleCount));
        Assert.All(recordings, r => Assert.Equal(r.SampleCount, r.Labels!.Length));
    }

    [Fact]
    public void The_anomalies_of_skab_have_the_published_count()
    {
        var recordings = PackedDataset.Open(DatasetFolder.Require("skab")).ReadRecordings();

        Assert.Equal(13_067, recordings.Sum(r => r.Labels!.Sum()));
    }

    private static PackedFixture Bearings(double? first, double? second) => Signal(new
    {
        channels = new[] { new { name = "DE_acc", unit = "g", scale = "per recording" } },
        labels = new[] { "Normal", "B_7" },
        recordings = new[]
        {
            new { label = 0, load_hp = 0, offset_samples = 0, samples = 4, scale = first },
            new { label = 1, load_hp = 3, offset_samples = 4, samples = 6, scale = second },
        },
    });

    private static object Runs(int configuration, int samples = 2) => new
    {
        labels = new Dictionary<string, string> { ["1"] = "red: normal", ["3"] = "green: opposite" },
        runs = new[] { new { config = configuration, speed_pct = 25, offset_samples = 1, samples } },
    };

    /// <summary>A signal of ten values from 0 on.</summary>
    private static PackedFixture Signal(object layout)
    {
        var fixture = new PackedFixture();
        fixture.AddInt16("signal", [.. Enumerable.Range(0, 10).Select(i => (short)i)]);
        fixture.WriteHeader(layout);
        return fixture;
    }

    private static DataException Fault(PackedFixture fixture) =>
        Assert.Throws<DataException>(() => PackedDataset.Open(fixture.Folder).ReadRecordings());
}
