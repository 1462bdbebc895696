using System.Text.Json;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Tests.Commands;

public class EvaluateCommandTests
{
    public static TheoryData<string> Cores => ["reference", "host", "cortex-m7"];

    [Theory, MemberData(nameof(Cores))]
    public void Labels_that_are_the_reference_executors_answers_are_all_right(string core)
    {
        Native.RequireCore(core);
        using WindowFolder windows = WindowFolder.OfWearer();
        JsonElement report = Evaluate(windows, core);

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
        using WindowFolder windows = WindowFolder.OfWearer(wrong: 1);
        JsonElement report = Evaluate(windows, "reference");
        int count = windows.Windows.Count;

        Assert.Equal(count - 1, report.GetProperty("correct").GetInt32());
        Assert.Equal((double)(count - 1) / count, report.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Page_shows_the_confusion_by_class_name()
    {
        using WindowFolder windows = WindowFolder.OfWearer();
        CommandLine run = CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", "reference");

        Assert.Contains("= 100.00 %", run.Output, StringComparison.Ordinal);
        Assert.All(windows.ClassNames, name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Windows_of_another_shape_are_refused()
    {
        using WindowFolder windows = WindowFolder.OfWearer(windowSamples: 100);
        Run(windows).AssertRefused("WRONG_SHAPE");
    }

    [Fact]
    public void Data_without_a_class_of_the_model_is_refused()
    {
        using WindowFolder windows = WindowFolder.OfWearer(rename: label => label == "WALKING" ? "RUNNING" : label);
        Run(windows).AssertRefused("UNKNOWN_LABEL");
    }

    [Fact]
    public void Missing_files_are_refused_by_name()
    {
        using WindowFolder windows = WindowFolder.OfWearer();
        CommandLine.Run("evaluate", "no-such-model", "--dataset", windows.Name).AssertRefused("NO_MODEL");
        CommandLine.Run("evaluate", ShippedModel.Folder, "--dataset", "no-such-folder").AssertRefused("MISSING_FILE");
        File.Delete(windows.PathOf("test.gz"));
        Run(windows).AssertRefused("MISSING_FILE");
    }

    [Fact]
    public void Damaged_data_is_refused()
    {
        using WindowFolder windows = WindowFolder.OfWearer();
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
        JsonElement report = CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", dataset, "--json").Json;
        ModelCard card = ShippedModel.Card();

        Assert.Equal(card.Test.Windows, report.GetProperty("windows").GetInt32());
        Assert.Equal(card.Test.Int8Correct, report.GetProperty("correct").GetInt32());
        Assert.Equal(card.Test.Int8Accuracy, report.GetProperty("accuracy").GetDouble(), 6);
        Assert.Equal(card.Test.Int8Confusion, report.GetProperty("confusion").Deserialize<int[][]>()!);
        Assert.True(report.GetProperty("equals_card").GetBoolean());
    }

    private static CommandLine Run(WindowFolder windows) =>
        CommandLine.Run("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", "reference", "--json");

    private static JsonElement Evaluate(WindowFolder windows, string core) =>
        CommandLine.Succeed("evaluate", ShippedModel.Folder, "--dataset", windows.Name, "--core", core, "--json").Json;
}
