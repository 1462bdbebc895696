using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoFormer.Interchange;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Commands;

public class EvaluateCommandTests
{
    /// <summary>The image without card, configuration and float networks.</summary>
    private static readonly Lazy<JsonElement> ImageAlone = new(EvaluateImageAlone);

    public static TheoryData<string> Cores => ["reference", "host", "cortex-m7"];

    [Theory, MemberData(nameof(Cores))]
    public void Labels_that_are_the_reference_executors_answers_are_all_right(string core)
    {
        Native.RequireCore(core);
        using var windows = WindowFolder.OfWearer();
        var report = Evaluate(windows, core);

        Assert.Equal(windows.Windows.Count, report.GetProperty("windows").GetInt32());
        Assert.Equal(1, report.GetProperty("accuracy").GetDouble());
        int[][] confusion = report.GetProperty("confusion").Deserialize<int[][]>()!;
        Assert.Equal(
            Enumerable.Range(0, windows.ClassNames.Count).Select(label => windows.Labels.Count(l => l == label)),
            confusion.Select((row, i) => row[i]));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("equals_card").ValueKind);
    }

    [Fact]
    public void One_wrong_label_costs_one_window()
    {
        using var windows = WindowFolder.OfWearer(wrong: 1);
        var report = Evaluate(windows, "reference");
        int count = windows.Windows.Count;

        Assert.Equal(count - 1, report.GetProperty("correct").GetInt32());
        Assert.Equal((double)(count - 1) / count, report.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Page_shows_the_confusion_by_class_name()
    {
        using var windows = WindowFolder.OfWearer();
        var run = CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", "reference");

        Assert.Contains("= 100.00 %", run.Output, StringComparison.Ordinal);
        Assert.All(windows.ClassNames, name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Gate_believes_what_the_firmwares_gate_believes()
    {
        using var windows = WindowFolder.OfWearer();
        using var reference = ShippedModel.Reference();
        var gate = new ConfidenceGate(reference.Info.GateThresholdPermille, voters: 1);
        int believed = windows.Windows.Count(window =>
        {
            sbyte[] output = new sbyte[reference.Info.OutputCount];
            reference.Run(window, output);
            gate.Judge(output);
            return gate.Own != ConfidenceGate.Unknown;
        });

        Assert.Equal((double)believed / windows.Windows.Count, ImageAlone.Value.GetProperty("gate_coverage").GetDouble());
    }

    [Fact]
    public void What_nobody_measured_is_null_and_not_measured()
    {
        var report = ImageAlone.Value;

        Assert.Equal(JsonValueKind.Null, report.GetProperty("float_accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("robustness").ValueKind);
        Assert.Equal("not measured", StateOf(report, "accuracy drop measured"));
        Assert.Equal("not measured", StateOf(report, "calibration data representative"));
        Assert.Equal("not measured", StateOf(report, "noise tested"));
        Assert.Equal("passed", StateOf(report, "model fits"));
        Assert.Equal("passed", StateOf(report, "fallback set"));
    }

    [Fact]
    public void Float_twin_beside_the_model_is_run_by_onnx_runtime()
    {
        using var windows = WindowFolder.OfWearer();
        using var folder = new TemporaryFolder();
        folder.Write("model.nfm", ShippedModel.Image);
        folder.Write("model.onnx", OnnxExporter.ExportFloat(Dequantizer.Run(ShippedModel.Read().Graph)));
        var run = CommandLine.Succeed("evaluate", folder.Name, "--dataset", windows.Name, "--core", "reference", "--json");

        Assert.InRange(run.Json.GetProperty("float_accuracy").GetDouble(), 0.95, 1);
        Assert.Equal("passed", StateOf(run.Json, "accuracy drop measured"));
        File.WriteAllText(folder.PathOf("model.onnx"), "no network");
        CommandLine.Run("evaluate", folder.Name, "--dataset", windows.Name, "--core", "reference").AssertRefused("BAD_ONNX");
    }

    [Fact]
    public void Page_is_one_file_with_well_formed_plots()
    {
        Native.RequireHost();
        using var windows = WindowFolder.OfWearer(wrong: int.MaxValue);
        string file = windows.PathOf("page.html");
        CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--html", file);
        string page = File.ReadAllText(file);
        var plots = Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline).Select(match => XDocument.Parse(match.Value)).ToArray();
        string[] ids = plots.SelectMany(plot => plot.Descendants().Attributes("id")).Select(id => id.Value).ToArray();

        Assert.Equal(3, plots.Length); // reliability, coverage, robustness; there is one subject
        Assert.Contains("Not yet.", page, StringComparison.Ordinal); // every window is labelled with another class
        Assert.All(windows.ClassNames, name => Assert.Contains($" {name}</th>", page, StringComparison.Ordinal));
        Assert.Equal(ids, ids.Distinct());
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.Contains("rate error, +10 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_and_data_or_all_must_be_named()
    {
        Assert.NotEqual(0, CommandLine.Run("evaluate", ShippedModel.Folder).ExitCode);
        Assert.NotEqual(0, CommandLine.Run("evaluate", "--all", "--html", "page.html").ExitCode);
    }

    [Fact]
    public void Windows_of_another_shape_are_refused()
    {
        using var windows = WindowFolder.OfWearer(windowSamples: 100);
        Run(windows).AssertRefused("WRONG_SHAPE");
    }

    [Fact]
    public void Data_without_a_class_of_the_model_is_refused()
    {
        using var windows = WindowFolder.OfWearer(rename: label => label == "WALKING" ? "RUNNING" : label);
        Run(windows).AssertRefused("UNKNOWN_LABEL");
    }

    [Fact]
    public void Missing_files_are_refused_by_name()
    {
        using var windows = WindowFolder.OfWearer();
        CommandLine.Run("evaluate", "no-such-model", "--dataset", windows.Name).AssertRefused("NO_MODEL");
        CommandLine.Run("evaluate", ShippedModel.Folder, "--dataset", "no-such-folder").AssertRefused("MISSING_FILE");
        File.Delete(windows.PathOf("test.gz"));
        Run(windows).AssertRefused("MISSING_FILE");
    }

    [Fact]
    public void Damaged_data_is_refused()
    {
        using var windows = WindowFolder.OfWearer();
        byte[] packed = File.ReadAllBytes(windows.PathOf("test.gz"));
        packed[^9] ^= 1;
        File.WriteAllBytes(windows.PathOf("test.gz"), packed);
        Run(windows).AssertRefused("CHECKSUM_MISMATCH");
    }

    [Fact]
    public void Shipped_model_equals_its_card_on_the_official_test_windows()
    {
        Native.RequireHost();
        string dataset = Repository.RequireDataset("uci_har");
        var report = CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", dataset, "--json").Json;
        var card = ShippedModel.Card();

        Assert.Equal(card.Test.Windows, report.GetProperty("windows").GetInt32());
        Assert.Equal(card.Test.Int8Correct, report.GetProperty("correct").GetInt32());
        Assert.Equal(card.Test.Int8Accuracy!.Value, report.GetProperty("accuracy").GetDouble(), 6);
        Assert.Equal(card.Test.Int8Confusion, report.GetProperty("confusion").Deserialize<int[][]>()!);
        Assert.True(report.GetProperty("equals_card").GetBoolean());
        Assert.Equal(card.Test.Windows, report.GetProperty("subjects").EnumerateArray().Sum(s => s.GetProperty("windows").GetInt32()));
        Assert.Equal("passed", StateOf(report, "calibration data representative"));
        Assert.NotEqual("not measured", StateOf(report, "noise tested"));
    }

    private static CommandLine Run(WindowFolder windows) =>
        CommandLine.Run("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", "reference", "--json");

    private static JsonElement EvaluateImageAlone()
    {
        using var windows = WindowFolder.OfWearer();
        using var folder = new TemporaryFolder();
        string image = folder.Write("model.nfm", ShippedModel.Image);
        return CommandLine.Succeed("evaluate", image, "--dataset", windows.Name, "--core", "reference", "--json").Json;
    }

    private static string StateOf(JsonElement report, string check) => report.GetProperty("checklist").EnumerateArray()
        .Single(line => line.GetProperty("check").GetString() == check).GetProperty("state").GetString()!;

    private static JsonElement Evaluate(WindowFolder windows, string core) =>
        CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", core, "--json").Json;
}
