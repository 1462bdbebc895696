using System.Text.Json;
using NanoFormer.Cli.Benchmarks;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Model;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Tests.Commands;

public class BenchCommandTests(BenchmarkRun run) : IClassFixture<BenchmarkRun>
{
    /// <summary>Another release of a compiler moves what it compiled; with the page's own, counts are equal to the instruction.</summary>
    private const double OtherCompiler = 0.1;

    [Fact]
    public void Every_goal_is_reached()
    {
        var missed = PeerResults.Shipped.Goals
            .SelectMany(goal => goal.Cores.Select(core => (goal, core, rows: run.Rows().Where(row => row.Core == core && goal.Covers(row)).ToArray())))
            .Where(entry => !entry.rows.Any(entry.goal.IsReachedBy))
            .Select(entry => $"{entry.goal} on {entry.core}: {string.Join(", ", entry.rows.Select(row => $"{row.Backend} {row.Instructions}, code {row.CodeBytes}, arena {row.ArenaBytes}"))}");

        Assert.Empty(missed);
    }

    [Fact]
    public void The_page_of_results_says_what_is_measured()
    {
        string page = File.ReadAllText(Path.Combine(NativeBuild.RepositoryRoot()!, BenchmarkPage.RelativePath));
        var stated = BenchmarkPage.Instructions(page);
        var measured = BenchmarkPage.Shown(run.Rows()).ToDictionary(row => (row.Model, row.Core, row.Backend, row.Packed, row.Op), row => row.Instructions);

        Assert.Equal(measured.Keys.ToHashSet(), stated.Keys.ToHashSet());
        double tolerance = BenchmarkPage.IsOfTheseCompilers(page) ? 0 : OtherCompiler;
        Assert.All(measured, row => Assert.InRange(stated[row.Key], row.Value * (1 - tolerance), row.Value * (1 + tolerance)));
    }

    [Fact]
    public void Cards_of_shipped_models_say_what_is_measured()
    {
        string page = File.ReadAllText(Path.Combine(NativeBuild.RepositoryRoot()!, BenchmarkPage.RelativePath));
        double tolerance = BenchmarkPage.IsOfTheseCompilers(page) ? 0 : OtherCompiler;
        var measured = run.Rows().Where(row => row.Op == BenchmarkRow.Total && !row.Packed).ToDictionary(row => (row.Model, row.Core, row.Backend));

        Assert.All(ShippedModels.Folders(), folder =>
        {
            var card = ModelCard.Parse(File.ReadAllText(Path.Combine(folder, "model-card.json")));
            Assert.Equal(["xtensa", "cortex-m4", "cortex-m55"], card.Costs.Select(cost => cost.Core));
            Assert.All(card.Costs, cost =>
            {
                long instructions = measured[(card.Name, cost.Core, cost.Backend)].Instructions;
                Assert.InRange(cost.Instructions, instructions * (1 - tolerance), instructions * (1 + tolerance));
            });
        });
    }

    [Fact]
    public void Operators_add_up_to_the_whole_and_every_backend_beats_the_portable_one()
    {
        foreach (var rows in run.Rows().GroupBy(row => (row.Model, row.Core, row.Backend, row.Packed)))
        {
            var total = rows.Single(row => row.Op == BenchmarkRow.Total);
            var operators = rows.Where(row => row.Op is not (BenchmarkRow.Total or BenchmarkRow.Step)).ToArray();
            Assert.Equal(total.Macs, operators.Sum(row => row.Macs));
            Assert.InRange(operators.Sum(row => row.Instructions), total.Instructions * 0.9, total.Instructions * 1.1);
        }

        var totals = run.Rows().Where(row => row.Op == BenchmarkRow.Total).ToArray();
        Assert.All(totals.Where(row => row.Backend != "scalar"), row => Assert.True(
            row.Instructions < totals.Single(other => other.Model == row.Model && other.Core == row.Core && other.Backend == "scalar").Instructions,
            row.ToString()));
    }

    [Fact]
    public void Rows_repeat_exactly()
    {
        Native.RequireCore(CoreTarget.CortexM4);
        string[] arguments = ["bench", ShippedModel.Folder, "--core", "cortex-m4", "--json"];
        string output = CommandLine.Succeed(arguments).Output;
        var rows = JsonSerializer.Deserialize<JsonElement[]>(output)!;

        Assert.Equal(output, CommandLine.Succeed(arguments).Output);
        var totals = rows.Where(row => row.GetProperty("op").GetString() == "total").ToArray();
        Assert.Equal(
            [("dsp", false), ("dsp", true), ("portable", false), ("scalar", false)],
            totals.Select(row => (row.GetProperty("backend").GetString(), row.GetProperty("packed").GetBoolean())));
        Assert.All(totals, AssertPlausible);
    }

    [Fact]
    public void A_backend_that_no_core_has_is_refused_by_name()
    {
        Native.RequireCore(CoreTarget.CortexM4);
        CommandLine.Run("bench", ShippedModel.Folder, "--core", "cortex-m4", "--backend", "npu").AssertRefused("UNKNOWN_BACKEND");
    }

    [Fact]
    public void Model_without_test_vectors_is_refused_by_name()
    {
        Native.RequireCore(CoreTarget.CortexM4);
        using var folder = new TemporaryFolder();
        var graph = ShippedModel.Read().Graph with { TestVectors = [] };
        CommandLine.Run("bench", folder.Write("model.nfm", ImageWriter.Write(graph)), "--core", "cortex-m4", "--json").AssertRefused("NO_TEST_VECTORS");
    }

    private static void AssertPlausible(JsonElement row)
    {
        var image = ShippedModel.Read();
        long macs = row.GetProperty("macs").GetInt64();
        long instructions = row.GetProperty("instructions").GetInt64();
        long packedBytes = row.GetProperty("packed").GetBoolean() ? PackedSection.BytesOf(image.Graph) : 0;
        Assert.Equal(ShippedModel.Image.Length + packedBytes, row.GetProperty("image_bytes").GetInt32());
        Assert.Equal(image.Plan.ArenaBytes, row.GetProperty("arena_bytes").GetInt32());
        Assert.Equal(GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates, macs);
        Assert.InRange(instructions, macs / 2, macs * 10);
        Assert.InRange(row.GetProperty("cycles").GetInt64(), instructions, instructions * 3);
        Assert.Equal((double)instructions / macs, row.GetProperty("instructions_per_mac").GetDouble(), 9);
        Assert.InRange(row.GetProperty("stack_bytes").GetInt32(), 1, row.GetProperty("backend").GetString() == "portable" ? 1216 : 1024);
        Assert.InRange(row.GetProperty("code_bytes").GetInt32(), 8192, 32768);
    }
}
