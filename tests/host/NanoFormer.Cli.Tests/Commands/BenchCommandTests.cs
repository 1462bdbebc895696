using System.Text.Json;
using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public void Rows_of_both_cores_repeat_exactly_and_fit_the_image()
    {
        foreach (CoreTarget core in CoreTarget.All)
        {
            Native.RequireCore(core);
        }

        string first = CommandLine.Succeed("bench", "--json").Output;
        string second = CommandLine.Succeed("bench", ShippedModel.Folder, "--json").Output;
        JsonElement[] rows = [.. OfShippedModel(first)];
        Assert.Equal(rows.Select(row => row.GetRawText()), OfShippedModel(second).Select(row => row.GetRawText()));
        Assert.Equal(CoreTarget.All.Select(core => core.Name), rows.Select(row => row.GetProperty("core").GetString()));
        Assert.All(rows, AssertPlausible);
        Assert.NotEqual(Instructions(rows[0]), Instructions(rows[1]));
    }

    [Fact]
    public void Model_without_test_vectors_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Graph graph = ShippedModel.Read().Graph with { TestVectors = [] };
        CommandLine.Run("bench", folder.Write("model.nfm", ImageWriter.Write(graph)), "--json").AssertRefused("NO_TEST_VECTORS");
    }

    private static void AssertPlausible(JsonElement row)
    {
        ModelImage image = ShippedModel.Read();
        long macs = row.GetProperty("macs").GetInt64();
        Assert.Equal(ShippedModel.Image.Length, row.GetProperty("image_bytes").GetInt32());
        Assert.Equal(image.Plan.ArenaBytes, row.GetProperty("arena_bytes").GetInt32());
        Assert.Equal(GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates, macs);
        Assert.True(Instructions(row) > macs);
        Assert.InRange(Instructions(row), row.GetProperty("instructions_min").GetInt64(), row.GetProperty("instructions_max").GetInt64());
        Assert.Equal((double)Instructions(row) / macs, row.GetProperty("instructions_per_mac").GetDouble(), 9);
        Assert.InRange(row.GetProperty("stack_bytes").GetInt32(), 1, 8192);
    }

    private static long Instructions(JsonElement row) => row.GetProperty("instructions").GetInt64();

    private static IEnumerable<JsonElement> OfShippedModel(string json) =>
        JsonSerializer.Deserialize<JsonElement[]>(json)!.Where(row => row.GetProperty("model").GetString() == "wearable-har");
}
