using System.Text.Json;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests.Commands;

public class ExportImportCommandTests
{
    /// <summary>A configuration of three channels, where the model has two.</summary>
    private static string ThreeRanges => (UntrainedModel.Config with { Input = UntrainedModel.Config.Input with { Ranges = [1, 2, 3] } }).ToJson();

    [Theory]
    [InlineData("onnx", "wearable-har.onnx")]
    [InlineData("onnx-qdq", "wearable-har.qdq.onnx")]
    [InlineData("tflite", "wearable-har.tflite")]
    [InlineData("c", "wearable_har.h", "wearable_har.c")]
    [InlineData("library", "library.properties", "src/wearable_har_model.c", "examples/TestWindow/TestWindow.ino")]
    public void Export_writes_the_files_it_names(string format, params string[] files)
    {
        using var folder = new TemporaryFolder();

        var run = CommandLine.Succeed("export", ShippedModel.Folder, "--format", format, "--out", folder.Name);

        Assert.All(files, file => Assert.True(new FileInfo(folder.PathOf(file)).Length > 0));
        Assert.All(files, file => Assert.Contains(folder.PathOf(file), run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("onnx", "wearable-har.onnx")]
    [InlineData("c", "wearable_har.h", "wearable_har.c")]
    public void A_script_gets_the_files_with_their_lengths(string format, params string[] files)
    {
        using var folder = new TemporaryFolder();

        var json = CommandLine.Succeed("export", ShippedModel.Folder, "--format", format, "--out", folder.Name, "--json").Json;

        Assert.Equal("wearable-har", json.GetProperty("model").GetString());
        Assert.Equal(files.Select(folder.PathOf), Files(json).Select(file => file.Path));
        Assert.All(Files(json), file => Assert.Equal(new FileInfo(file.Path).Length, file.Bytes));
        Assert.Equal(format == "onnx", json.GetProperty("source").GetString() is not null);
    }

    [Fact]
    public void A_script_gets_the_shapes_of_what_it_imports_and_why_the_trainer_does_not_take_it()
    {
        using var model = new UntrainedModel();
        CommandLine.Succeed("export", model.Folder, "--format", "onnx", "--out", model.Folder);

        var taken = CommandLine.Succeed("import", model.PathOf("small.onnx"), "--out", model.PathOf("taken"), "--json").Json;
        File.WriteAllText(model.ConfigPath, ThreeRanges);
        var refused = CommandLine.Succeed(
            "import", model.PathOf("small.onnx"), "--config", model.ConfigPath, "--out", model.PathOf("refused"), "--json").Json;

        Assert.Equal(["network.onnx", "weights.safetensors", "train.json"], Files(taken).Select(file => Path.GetFileName(file.Path)));
        Assert.All(Files(taken), file => Assert.Equal(new FileInfo(file.Path).Length, file.Bytes));
        Assert.Null(taken.GetProperty("not_for_trainer").GetString());
        var steps = taken.GetProperty("network").GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal("[32,2]", Compact(taken.GetProperty("network").GetProperty("input")));
        Assert.Equal(Compact(taken.GetProperty("network").GetProperty("output")), Compact(steps[^1].GetProperty("output")));
        Assert.Contains(steps, step => step.GetProperty("kind").GetString() == "Convolution" && step.GetProperty("weights").GetInt32() > 0);
        Assert.Equal(["network.onnx"], Files(refused).Select(file => Path.GetFileName(file.Path)));
        Assert.StartsWith("input.ranges", refused.GetProperty("not_for_trainer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_float_file_is_the_one_beside_the_image_or_else_the_image_dequantized()
    {
        using var model = new UntrainedModel();
        byte[] trained = [1, 2, 3];

        var dequantized = CommandLine.Succeed("export", model.Folder, "--format", "onnx", "--out", model.PathOf("first"));
        File.WriteAllBytes(model.PathOf("model.onnx"), trained);
        var copied = CommandLine.Succeed("export", model.Folder, "--format", "onnx", "--out", model.PathOf("second"));

        Assert.Contains("Dequantized from the integer model", dequantized.Output, StringComparison.Ordinal);
        Assert.Contains("as it was trained in float", copied.Output, StringComparison.Ordinal);
        Assert.Equal(trained, File.ReadAllBytes(model.PathOf("second", "small.onnx")));
    }

    [Fact]
    public void What_was_exported_is_imported_for_the_trainer()
    {
        using var model = new UntrainedModel();
        CommandLine.Succeed("export", model.Folder, "--format", "onnx", "--out", model.Folder);

        CommandLine.Succeed("import", model.PathOf("small.onnx"), "--config", model.ConfigPath, "--out", model.PathOf("own"));
        CommandLine.Succeed("import", model.PathOf("small.onnx"), "--out", model.PathOf("common"));
        string weights = model.PathOf("own", "weights.safetensors");
        CommandLine.Succeed("import", weights, "--window", "32", "--out", model.PathOf("again"));

        Assert.Equal(File.ReadAllText(model.ConfigPath), File.ReadAllText(model.PathOf("own", "train.json")));
        var common = TrainingConfig.Load(model.PathOf("common", "train.json"));
        Assert.Equal(("small", 8, 2), (common.Name, common.Architecture.Width, common.Input.Ranges.Count));
        Assert.All(["own", "common", "again"], folder => Assert.True(File.Exists(model.PathOf(folder, "network.onnx"))));
        CommandLine.Run("import", weights, "--out", model.PathOf("no")).AssertRefused("NO_WINDOW");
        CommandLine.Run("import", weights, "--window", "64", "--out", model.PathOf("no")).AssertRefused("MISMATCH");
    }

    [Fact]
    public void A_network_that_the_trainer_does_not_have_is_written_plainly_and_the_reason_told()
    {
        using var model = new UntrainedModel();
        CommandLine.Succeed("export", model.Folder, "--format", "onnx", "--out", model.Folder);
        File.WriteAllText(model.ConfigPath, ThreeRanges);

        var run = CommandLine.Succeed(
            "import", model.PathOf("small.onnx"), "--config", model.ConfigPath, "--out", model.PathOf("own"));

        Assert.Contains("no weights.safetensors: input.ranges", run.Output, StringComparison.Ordinal);
        Assert.Equal(["network.onnx"], Directory.GetFiles(model.PathOf("own")).Select(Path.GetFileName));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string text = folder.Write("model.onnx", "this is not a model"u8.ToArray());
        string weights = folder.Write("weights.safetensors", [1, 2, 3]);
        string empty = folder.Write("empty.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);

        CommandLine.Run("import", text, "--out", folder.Name).AssertRefused("BAD_FILE");
        CommandLine.Run("import", folder.PathOf("none.onnx"), "--out", folder.Name).AssertRefused("MISSING_FILE");
        CommandLine.Run("import", weights, "--out", folder.Name).AssertRefused("BAD_FILE");
        CommandLine.Run("import", empty, "--out", folder.Name).AssertRefused("MISSING_FILE");
    }

    private static (string Path, long Bytes)[] Files(JsonElement json) =>
        [.. json.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("bytes").GetInt64()))];

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);
}
