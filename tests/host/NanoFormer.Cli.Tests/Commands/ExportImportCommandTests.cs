namespace NanoFormer.Cli.Tests.Commands;

public class ExportImportCommandTests
{
    [Theory]
    [InlineData("onnx", "wearable-har.onnx")]
    [InlineData("onnx-qdq", "wearable-har.qdq.onnx")]
    [InlineData("tflite", "wearable-har.tflite")]
    [InlineData("c", "wearable_har.h", "wearable_har.c")]
    public void Export_writes_the_files_it_names(string format, params string[] files)
    {
        using var folder = new TemporaryFolder();

        CommandLine run = CommandLine.Succeed("export", ShippedModel.Folder, "--format", format, "--out", folder.Name);

        Assert.All(files, file => Assert.True(new FileInfo(folder.PathOf(file)).Length > 0));
        Assert.All(files, file => Assert.Contains(folder.PathOf(file), run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_exported_is_imported_for_the_trainer_and_exported_again()
    {
        using var folder = new TemporaryFolder();
        string config = Path.Combine(ShippedModel.Folder, "train.json");
        CommandLine.Succeed("export", ShippedModel.Folder, "--format", "onnx", "--out", folder.Name);

        CommandLine.Succeed("import", folder.PathOf("wearable-har.onnx"), "--out", folder.Name, "--config", config);
        CommandLine.Succeed("import", folder.PathOf("weights.safetensors"), "--out", folder.PathOf("again"), "--window", "128");
        CommandLine again = CommandLine.Succeed(
            "export", ShippedModel.Folder, "--format", "onnx", "--weights", folder.PathOf("weights.safetensors"), "--out",
                folder.PathOf("again"));

        Assert.Equal(
            File.ReadAllBytes(folder.PathOf("weights.safetensors")),
                File.ReadAllBytes(folder.PathOf(Path.Combine("again", "weights.safetensors"))));
        Assert.Contains("as it was trained", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string text = folder.Write("model.onnx", "this is no model"u8.ToArray());
        string weights = folder.Write("weights.safetensors", [1, 2, 3]);

        CommandLine.Run("import", text, "--out", folder.Name).AssertRefused("BAD_FILE");
        CommandLine.Run("import", folder.PathOf("none.onnx"), "--out", folder.Name).AssertRefused("MISSING_FILE");
        CommandLine.Run("import", weights, "--out", folder.Name).AssertRefused("NO_WINDOW");
        CommandLine.Run("import", weights, "--out", folder.Name, "--window", "128").AssertRefused("MISSING_FILE");
    }
}
