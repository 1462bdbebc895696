using System.Globalization;
using NanoFormer.Board;
using NanoFormer.Cli.Tests.Firmware;
using NanoFormer.Model;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Commands;

public class DemoCommandTests
{
    private const int LinesBetweenHeads = 50;

    public static TheoryData<string> Cores => ["reference", "host", "cortex-m4"];

    [Theory, MemberData(nameof(Cores))]
    public void Synthetic_wearer_is_recognised_and_named_synthetic(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);

        string recording = Assert.Single(demo.Lines, line => line.StartsWith("recording", StringComparison.Ordinal));
        Assert.Contains("SYNTHETIC", recording, StringComparison.Ordinal);
        Assert.True(demo.Summary.GetProperty("synthetic").GetBoolean());
        Assert.Equal("synthetic wearer, seed 1", demo.Summary.GetProperty("recording").GetString());
        Assert.Equal(core, demo.Summary.GetProperty("core").GetString());
        Assert.InRange(demo.Number("accuracy"), 0.95, 1);
        Assert.InRange(demo.Number("windows"), 100, 250);
        Assert.InRange(demo.Number("wakes"), 3, 20);
        Assert.InRange(demo.Number("asleep_seconds"), 60, 250);
        Assert.Equal(0, demo.Number("gaps"));
        Assert.Equal(0, demo.Number("errors"));
    }

    [Theory, MemberData(nameof(Cores))]
    public void Summary_counts_what_the_log_shows(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);
        byte[] image = ShippedModel.Image;

        Assert.Equal(demo.Of("infer").Count(), demo.Number("windows"));
        Assert.Equal(demo.Of("wake").Count(), demo.Number("wakes"));
        Assert.Equal(demo.LogLines.Count(), demo.Number("log_lines"));
        Assert.Equal(0, demo.Number("torn_lines"));
        Assert.Equal(image.Length, demo.Number("image_bytes"));
        Assert.Equal(Images.ImageSections.Int32(image, 48), demo.Number("arena_bytes"));
        Assert.All(demo.Of("infer"), record => Assert.Equal(demo.Number("arena_bytes"), record.Number("arena", -1)));
        long asleep = demo.Of("sleep").Sum(record => record.Number("sleep_ms", -1));
        Assert.InRange(demo.Number("asleep_seconds") - asleep / 1000.0, -0.1, 0.1);
    }

    [Theory, MemberData(nameof(Cores))]
    public void Accuracy_is_that_of_the_printed_lines_against_the_scenario(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);
        (LogLine Record, string? Label)[] judged =
            [.. demo.Of("infer").Select(record => (record, DayOfTheWearer.LabelOf(record))).Where(pair => pair.Item2 is not null)];

        Assert.Equal(judged.Length, demo.Number("judged_windows"));
        Assert.Equal(judged.Average(pair => pair.Record.Text("raw") == pair.Label ? 1.0 : 0), demo.Number("accuracy"), 12);
        Assert.Equal(judged.Average(pair => pair.Record.Text("label") == pair.Label ? 1.0 : 0), demo.Number("device_accuracy"), 12);
    }

    [Fact]
    public void The_vote_that_the_image_names_is_the_devices()
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.nfm", ImageWriter.Write(ImageReader.Read(ShippedModel.Image).Graph with { Voters = 9 }));

        var demo = DemoOutput.Run("--core", "reference", "--model", folder.Name);

        Assert.True(Smoothed(demo) > 2 * Smoothed(DemoOutput.OfCore("reference")));

        static int Smoothed(DemoOutput demo) => demo.Of("infer").Count(record => record.Number("smoothed", 0) == 1);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    public void Second_engine_agrees_on_every_output(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);

        Assert.Equal(demo.Number("windows"), demo.Number("total"));
        Assert.Equal(demo.Number("total"), demo.Number("agree"));
        Assert.Contains(demo.Lines, line => line.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"agree on {demo.Number("total")} of {demo.Number("total")} outputs"),
            StringComparison.Ordinal));
    }

    [Fact]
    public void Reference_core_has_no_second_engine_and_counts_nothing()
    {
        var demo = DemoOutput.OfCore("reference");

        Assert.Equal(0, demo.Number("agree"));
        Assert.Equal(0, demo.Number("total"));
        Assert.All(["instructions_per_inference", "energy_uj_per_inference", "estimated_ms"], key => Assert.True(demo.IsNull(key), key));
    }

    [Fact]
    public void Emulated_core_counts_instructions_and_its_log_shows_the_time_they_take()
    {
        Native.RequireCore("cortex-m4");
        var demo = DemoOutput.OfCore("cortex-m4");

        Assert.InRange(demo.Number("instructions_per_inference"), demo.Number("instructions_min"), demo.Number("instructions_max"));
        Assert.True(demo.Number("energy_uj_per_inference") > 0);
        Assert.InRange(demo.Number("battery_days"), demo.Number("always_on_battery_days"), 1e4);
        // The call into the engine passes some managed code, which takes its time, too: a small part of a hop's.
        double logged = demo.Of("infer").Average(record => record.Number("latency_us", -1)) / 1000;
        double inference = demo.Number("estimated_ms");
        double managed = inference * demo.Number("managed_instructions_per_hop") / demo.Number("instructions_per_inference");
        Assert.InRange(logged, inference * 0.99, (inference * 1.01) + (managed / 4));
    }

    [Theory, MemberData(nameof(Cores))]
    public void A_hop_costs_managed_code_beside_the_inference(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);

        Assert.InRange(demo.Number("managed_instructions_per_hop"), 10_000, 20_000_000);
        Assert.Single(demo.Lines, line => line.StartsWith("hop ", StringComparison.Ordinal));
        Assert.Equal(core != "cortex-m4", demo.IsNull("energy_uj_per_hop"));
        if (core != "cortex-m4")
        {
            return;
        }

        double inference = demo.Number("cycles_per_inference");
        double capture = demo.IsNull("capture_instructions_per_hop") ? 0 : demo.Number("capture_instructions_per_hop");
        double beside = (capture + demo.Number("managed_instructions_per_hop")) * PowerFigures.Shipped.Board(core).Entry.CyclesPerInstruction;
        Assert.Equal((inference + beside) / inference, demo.Number("energy_uj_per_hop") / demo.Number("energy_uj_per_inference"), 0.01);
    }

    [Theory, MemberData(nameof(Cores))]
    public void Every_log_line_parses_and_holds_its_checksum(string core)
    {
        Native.RequireCore(core);
        var demo = DemoOutput.OfCore(core);

        Assert.All(demo.LogLines, line => Assert.True(LogChecksum.IsRight(line), line));
        LogLine?[] records = [.. demo.LogLines.Select(LogLine.Parse)];
        Assert.All(records, Assert.NotNull);
        Assert.Equal(Enumerable.Range(0, records.Length).Select(i => (long)i), records.Select(record => record!.Number("seq", -1)));
        Assert.All(records.Index(), pair => Assert.Equal(pair.Index % (LinesBetweenHeads + 1) == 0, pair.Item!.Kind == "head"));
        Assert.Equal(records.Select(record => record!.Number("t_ms", -1)).Order(), records.Select(record => record!.Number("t_ms", -1)));
        var head = demo.Of("head").First();
        Assert.Equal(ShippedModel.Read().Crc32.ToString("X8", CultureInfo.InvariantCulture), head.Text("model_crc"));
        Assert.Equal("1", head.Text("schema"));
    }

    [Fact]
    public void Log_reads_as_the_golden_transcript() =>
        GoldenFile.AssertEqual("demo-reference.txt", DemoOutput.OfCore("reference").LogLines.Select(LogLine.Parse).Select(Reduced!));

    [Fact]
    public void Csv_recording_is_replayed_and_not_called_synthetic()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("walk.csv");
        File.WriteAllLines(path, WalkAsCsv());
        var demo = DemoOutput.Run("--core", "reference", "--recording", path);

        Assert.DoesNotContain(demo.Lines, line => line.Contains("synthetic", StringComparison.OrdinalIgnoreCase));
        Assert.False(demo.Summary.GetProperty("synthetic").GetBoolean());
        Assert.Equal("walk.csv", demo.Summary.GetProperty("recording").GetString());
        Assert.InRange(demo.Number("judged_windows"), 15, 40);
        Assert.Equal(1, demo.Number("accuracy"));
    }

    [Fact]
    public void Recording_of_a_person_is_recognised_as_the_model_card_promises()
    {
        Native.RequireCore("cortex-m7");
        string folder = Repository.RequireDataset("hapt_raw");
        var demo = DemoOutput.Run("--core", "cortex-m7", "--recording", folder, "--subject", "2");

        Assert.False(demo.Summary.GetProperty("synthetic").GetBoolean());
        Assert.InRange(demo.Number("judged_windows"), 150, 1000);
        Assert.InRange(demo.Number("accuracy"), demo.Number("card_accuracy") - 0.05, 1);
        Assert.Equal(demo.Number("windows"), demo.Number("total"));
        Assert.Equal(demo.Number("total"), demo.Number("agree"));
    }

    [Theory]
    [InlineData("NO_MODEL", "--model", "no-such-folder")]
    [InlineData("NO_RECORDINGS", "--recording", "{windows}")]
    [InlineData("MISSING_FILE", "--recording", "tests")]
    [InlineData("FILE", "--recording", "no-such-file.csv")]
    public void What_cannot_be_replayed_is_refused_by_name(string name, params string[] arguments)
    {
        using var windows = WindowFolder.OfWearer();
        string[] replaced = [.. arguments.Select(argument => argument == "{windows}" ? windows.Name : argument)];
        CommandLine.Run(["demo", "--core", "reference", .. replaced]).AssertRefused(name);
    }

    [Fact]
    public void Injected_faults_show_in_the_summary()
    {
        var demo = DemoOutput.Run("--core", "reference", "--fault", "unplugged", "--fault", "serial-noise");

        Assert.InRange(demo.Number("gaps"), 1, 3);
        Assert.InRange(demo.Number("errors"), 2, 20);
        Assert.InRange(demo.Number("torn_lines"), 1, 20);
        Assert.Equal(demo.LogLines.Count(LogChecksum.IsRight), demo.Number("log_lines"));
        Assert.InRange(demo.Number("accuracy"), 0.97, 1);
    }

    /// <summary>
    /// What a retrained model and another compiler must not change: the kinds of records in their order, what they name, and the
    /// answer wherever one activity fills the window.
    /// </summary>
    private static string Reduced(LogLine record) => record.Kind switch
    {
        "boot" => $"boot {record.Text("reset")} {record.Text("sensor")} {record.Text("self_test")}",
        "wake" => $"wake {record.Text("cause")}",
        "infer" => $"infer {(DayOfTheWearer.LabelOf(record) is null ? "(changing)" : Posture(record.Text("raw")!))}",
        _ => record.Kind,
    };

    /// <summary>Sitting and standing differ by some degrees of tilt: models are allowed to take one for the other now and then.</summary>
    private static string Posture(string label) => label is "SITTING" or "STANDING" ? "UPRIGHT" : label;

    private static IEnumerable<string> WalkAsCsv()
    {
        const double DegreesPerRadian = 180 / Math.PI;
        var wearer = new SyntheticWearer(5, [new(WearerActivity.PutDown, 10), new(WearerActivity.Walking, 40)]);
        yield return "t,acc_x,acc_y,acc_z,gyro_x,gyro_y,gyro_z,label";
        for (int i = 0; i < wearer.DurationSeconds * 50; i++)
        {
            var sample = wearer.At(i / 50.0);
            (var acceleration, var rate) = (sample.Acceleration, sample.AngularRate / (float)DegreesPerRadian);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{i / 50.0},{acceleration.X},{acceleration.Y},{acceleration.Z},{rate.X},{rate.Y},{rate.Z},{wearer.LabelAt(i / 50.0)}");
        }
    }
}
