using System.Text;
using System.Text.Json;
using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Data;
using NanoFormer.Emulator;
using NanoFormer.Interchange;
using NanoFormer.Model;

namespace NanoFormer.Cli.Tests.Personal;

/// <summary>From what a device collects of its wearer to the wearer's own model on the same device.</summary>
public sealed class PersonalizeTests(OthersModel others) : IClassFixture<OthersModel>, IDisposable
{
    private const int CollectedRounds = 2;
    private const double FlipProbability = 5e-5; // one line in eighty

    /// <summary>Degrees at which the model often takes sitting for standing, and standing for walking, but not nearly always.</summary>
    private const double Leaning = 11;

    /// <summary>Degrees more at the end of a minute: what is learnt of its beginning does not hold there.</summary>
    private const double Slouching = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Own => _folder.PathOf("own");

    [Fact]
    public void On_the_rest_of_the_day_fewer_windows_are_wrong_and_the_card_counts_what_the_log_holds()
    {
        var wearer = new Wearer(21, Leaning);
        string log = Log(Bouts(wearer));
        var card = Personalize(Written(log)).Json;

        AssertCounts(log, card);
        var rest = wearer.From(CollectedRounds);
        var (before, after) = (Recognised(others.Image, rest), Recognised(OwnImage, rest));
        Assert.True(before.Judged > 200);
        Assert.Equal(before.Judged, after.Judged);
        Assert.True(before.Judged - before.ModelRight > 50, $"{before.ModelRight} of {before.Judged} right before");
        Assert.True(after.Judged - after.ModelRight <= (before.Judged - before.ModelRight) / 4, $"{after.ModelRight} of {after.Judged} right after");
        Assert.True(after.DeviceRight > before.DeviceRight);
    }

    [Fact]
    public void The_wearers_folder_holds_a_whole_model()
    {
        var run = Personalize(Written(Log(Bouts(new Wearer(21, Leaning)))));

        Assert.Equal(["README.md", "model.nfm", "model.onnx", "personal-card.json", "train.json"],
            Directory.GetFiles(Own).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(run.Output.Trim(), File.ReadAllText(Path.Combine(Own, "personal-card.json")).Trim());
        Assert.Equal(File.ReadAllText(Path.Combine(others.Folder, "train.json")), File.ReadAllText(Path.Combine(Own, "train.json")));
        using var engine = new ReferenceEngine(OwnImage);
        engine.SelfTest();
        Assert.Equal(
            OnnxExporter.ExportFloat(Dequantizer.Run(ImageReader.Read(OwnImage).Graph)), File.ReadAllBytes(Path.Combine(Own, "model.onnx")));
    }

    [Fact]
    public void What_stays_wrong_with_a_wearer_who_slouches_is_counted_too()
    {
        string log = Log(Bouts(new Wearer(21, Leaning, Slouching)));
        var card = Personalize(Written(log)).Json;

        AssertCounts(log, card);
        var judged = card.GetProperty("judged");
        int before = judged.GetProperty("before").GetInt32(), after = judged.GetProperty("after").GetInt32();
        Assert.InRange(after, 6, before - 1);
    }

    [Fact]
    public void Seconds_whose_lines_never_arrived_are_told()
    {
        string[] lines = Log(Bouts(new Wearer(21, Leaning))).Split('\n');
        int[] samples = [.. lines.Index().Where(line => line.Item.StartsWith("nf1 samples", StringComparison.Ordinal)).Select(line => line.Index)];
        int[] lost = [.. Enumerable.Range(0, 25).Select(i => samples[200 + i])]; // 25 lines of 8 samples at 50 Hz, within a bout
        string log = string.Join('\n', lines.Where((_, i) => !lost.Contains(i)));

        var card = Personalize(Written(log)).Json;

        AssertCounts(log, card);
        Assert.Equal(4, card.GetProperty("missingSeconds").GetDouble(), 9);
        Assert.Contains("4.0 seconds are missing in the log", File.ReadAllText(Path.Combine(Own, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_power_failure_between_two_lines_costs_a_bout_its_end_alone()
    {
        string log = PowerFailure(withinLine: false);

        AssertCounts(log, Personalize(Written(log)).Json);
    }

    [Fact]
    public void A_line_that_a_power_failure_cut_off_is_refused_with_its_place_and_left_out()
    {
        AssertRepaired(PowerFailure(withinLine: true));
    }

    [Fact]
    public void A_noisy_line_is_refused_with_its_place_and_no_window_spans_what_is_left_out()
    {
        AssertRepaired(Log(Bouts(new Wearer(21, Leaning), FlipProbability)));
    }

    [Fact]
    public void A_wearer_like_the_others_keeps_the_model()
    {
        AssertRefused("NO_BETTER", "gets 0 wrong", TryPersonalize(Written(Log(Bouts(new Wearer(21))))));
    }

    [Fact]
    public void A_bout_collected_under_another_name_is_refused_unless_its_label_is_to_be_trusted()
    {
        var sitting = new Wearer(21).Bouts(0).Concat(new Wearer(21).Bouts(1))
            .Select(bout => PersonalDevice.Collect(others.Image, bout.Motion, Swapped(bout.Label), "me"));

        string log = Written(Log(sitting));
        AssertRefused("WRONG_LABELS", "labelled STANDING for SITTING", TryPersonalize(log));
        Assert.Equal(0, TryPersonalize(log, "--trust-labels").ExitCode);

        static string Swapped(string label) => label switch { "SITTING" => "STANDING", "STANDING" => "SITTING", _ => label };
    }

    [Fact]
    public void What_has_no_label_is_refused()
    {
        var unnamed = new Wearer(21, Leaning).Bouts(0).Select(bout => PersonalDevice.Collect(others.Image, bout.Motion, "", "me"));

        AssertRefused("TOO_FEW_WINDOWS", "no label", TryPersonalize(Written(Log(unnamed))));
    }

    [Fact]
    public void As_many_windows_are_learnt_as_asked_for()
    {
        var card = TryPersonalize(Written(Log(Bouts(new Wearer(21, Leaning)))), "--windows", "12").Json;

        Assert.All(card.GetProperty("classes").EnumerateArray(), c => Assert.Equal(12, c.GetProperty("learnt").GetInt32()));
    }

    [Fact]
    public void The_models_own_folder_is_not_written_to()
    {
        var run = CommandLine.Run("personalize", others.Folder, Written(Log(Bouts(new Wearer(21, Leaning)))),
            "--dataset", others.Dataset, "--out", others.Folder + Path.DirectorySeparatorChar);

        AssertRefused("UNSUITABLE_MODEL", "--out names the model's own folder", run);
        Assert.Equal(others.Image, File.ReadAllBytes(Path.Combine(others.Folder, "model.nfm")));
    }

    [Theory]
    [InlineData("drone-flight")] // has a score beside its classes
    [InlineData("wearable-har-stream")] // has a label for each token
    public void A_model_of_more_than_classes_is_refused(string name)
    {
        var run = CommandLine.Run("personalize", Path.Combine(Repository.Root, "model-blobs", name), "own.log", "--dataset", others.Dataset, "--out", Own);

        AssertRefused("UNSUITABLE_MODEL", "only models of classes", run);
    }

    private byte[] OwnImage => File.ReadAllBytes(Path.Combine(Own, "model.nfm"));

    private Interop.ModelInfo Info
    {
        get
        {
            using var engine = new ReferenceEngine(others.Image);
            return engine.Info;
        }
    }

    /// <summary>What the device sent of each bout of the collected rounds; it is switched on again for each, with the next label.</summary>
    private IEnumerable<byte[]> Bouts(Wearer wearer, double flipProbability = 0) => Enumerable.Range(0, CollectedRounds).SelectMany(wearer.Bouts)
        .Select((bout, boot) => PersonalDevice.Collect(others.Image, bout.Motion, bout.Label, "me", flipProbability, seed: boot + 1));

    /// <summary>A log in which the second bout ends with the power; the boot that follows is that of the third.</summary>
    private string PowerFailure(bool withinLine)
    {
        string[] bouts = [.. Bouts(new Wearer(21, Leaning)).Select(Encoding.Latin1.GetString)];
        int cut = bouts[1].IndexOf("nf1 samples", bouts[1].Length / 2, StringComparison.Ordinal);
        bouts[1] = bouts[1][..(cut + (withinLine ? 100 : 0))];
        return string.Concat(bouts);
    }

    private static string Log(IEnumerable<byte[]> bouts) => Encoding.Latin1.GetString([.. bouts.SelectMany(bytes => bytes)]);

    private string Written(string log) => _folder.Write("own.log", Encoding.Latin1.GetBytes(log));

    private CommandLine Personalize(string recordings)
    {
        var run = TryPersonalize(recordings);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private CommandLine TryPersonalize(string recordings, params string[] options) =>
        CommandLine.Run(["personalize", others.Folder, recordings, "--dataset", others.Dataset, "--out", Own, "--json", .. options]);

    private void AssertRefused(string name, string reason, CommandLine run)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output.Trim()));
        Assert.Contains($"error: {name}: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Own));
    }

    /// <summary>Refused for its torn lines; after the repair, nothing else of the log is missing, and the card is right.</summary>
    private void AssertRepaired(string log)
    {
        string path = Written(log);
        var refused = TryPersonalize(path);
        AssertRefused("REFUSED_DATA", "own.log, line ", refused);
        Assert.Contains("./run data import --bad-rows drop", refused.Errors, StringComparison.Ordinal);
        string repaired = _folder.PathOf("repaired");
        CommandLine.Succeed("data", "import", path, "--out", repaired, "--bad-rows", "drop");
        Assert.Equal(new CollectedWindows(log, Info).Samples, PackedDataset.Open(repaired).ReadRecordings().Sum(recording => recording.SampleCount));
        AssertCounts(log, Personalize(repaired).Json);
    }

    private void AssertCounts(string log, JsonElement card)
    {
        var windows = new CollectedWindows(log, Info);
        var classes = card.GetProperty("classes").EnumerateArray().ToArray();
        Assert.Equal(Info.Labels, classes.Select(c => c.GetProperty("name").GetString()));
        Assert.All(classes, c => Assert.Equal(
            windows.Count(c.GetProperty("name").GetString()!, others.Image, OwnImage),
            (c.GetProperty("learnt").GetInt32(), Number(c, "windows"), Number(c, "before"), Number(c, "after"))));
        string page = File.ReadAllText(Path.Combine(Own, "README.md"));
        Assert.All(classes, c => Assert.Contains(
            FormattableString.Invariant($"| {c.GetProperty("name")} | {c.GetProperty("learnt")} | {Number(c, "windows")} | {Number(c, "before")} | {Number(c, "after")} |"),
            page, StringComparison.Ordinal));
        int before = Number(card, "before");
        Assert.True(before > 20);
        Assert.Contains(
            FormattableString.Invariant($"Errors on {Number(card, "windows")} windows that were not learnt from: {before} before, **{Number(card, "after")} after**"),
            page, StringComparison.Ordinal);

        static int Number(JsonElement of, string name) => of.GetProperty("judged").GetProperty(name).GetInt32();
    }

    private static GroundTruth Recognised(byte[] image, IMotionSource motion)
    {
        using var engine = new ReferenceEngine(image);
        return new GroundTruth(motion, engine.Info, PersonalDevice.Recognise(image, motion).Where(record => record.Kind == "infer"));
    }
}
