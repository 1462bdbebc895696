using CsCheck;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void No_operator_overwrites_what_is_read_later() =>
        Gen.Select(RandomGraphs.GenGraph, Gen.Int[0, 20_000]).Sample(
            (graph, budget) =>
            {
                var options = new PlanOptions { ArenaBudget = budget, StepArenaBudget = budget };
                Play(graph, ArenaPlanner.Plan(graph, options), ArenaPlanner.PlanStep(graph, options));
            },
            iter: 150);

    [Fact]
    public void Neither_do_random_plans() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            var graph = RandomGraph.Create(seed);
            var random = new Random(seed);
            Play(graph, RandomPlan.Create(graph, random), RandomPlan.CreateStep(graph, random));
        },
        iter: 150);

    [Fact]
    public void Everything_is_aligned_and_within_the_arena() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            var plan = ArenaPlanner.Plan(graph);
            Assert.All(plan.Tensors.Values.Concat(plan.Scratch), region =>
            {
                Assert.Equal(0, region.Offset % 16);
                Assert.InRange(region.End, 0, plan.ArenaBytes);
            });
            for (int i = 0; i < graph.Operators.Count; i++)
            {
                Assert.True(plan.Scratch[i].Bytes >= graph.Operators[i].ScratchBytes);
            }
        },
        iter: 100);

    [Fact]
    public void A_plan_is_hardly_greater_than_what_lives_at_once() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            var plan = ArenaPlanner.Plan(graph, PlanOptions.Smallest);
            Assert.InRange(plan.ArenaBytes, GraphStatistics.Of(graph, plan).PeakLiveBytes, graph.Operators.Sum(Footprint));
        },
        iter: 100);

    [Fact]
    public void A_greater_budget_gives_no_smaller_scratch_and_is_kept() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            int least = ArenaPlanner.Plan(graph, PlanOptions.Smallest).ArenaBytes;
            var plenty = ArenaPlanner.Plan(graph, new PlanOptions { ArenaBudget = 1 << 20 });
            Assert.Empty(plenty.Groups);
            for (int i = 0; i < graph.Operators.Count; i++)
            {
                var step = graph.Operators[i];
                Assert.True(plenty.Scratch[i].Bytes >= step.ScratchBytes + ScratchWish.Full(step, step.Output.Rows));
            }

            int between = least + 500;
            Assert.InRange(ArenaPlanner.Plan(graph, new PlanOptions { ArenaBudget = between }).ArenaBytes, 0, between);
        },
        iter: 50);

    [Fact]
    public void By_default_every_product_gets_its_lesser_wish() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            var plan = ArenaPlanner.Plan(graph);
            var tiling = new Tiling(graph.Program, plan.Groups);
            for (int i = 0; i < graph.Operators.Count; i++)
            {
                var step = graph.Operators[i];
                int wish = ScratchWish.Lesser(step, tiling.RowsAtATime(graph.Program, i));
                Assert.True(plan.Scratch[i].Bytes >= step.ScratchBytes + wish);
            }
        },
        iter: 100);

    [Fact]
    public void A_feed_forward_layer_runs_in_tiles_where_memory_is_short()
    {
        var graph = BenchmarkModels.HarTiny.Graph;
        var plan = ArenaPlanner.Plan(graph, PlanOptions.Smallest);
        Assert.NotEmpty(plan.Groups);
        int hidden = graph.Operators.ToList().FindIndex(step => step.Output.Columns == 64);
        Assert.Contains(plan.Groups, group => group.Contains(hidden));

        // Tokens, what the heads say, and one head's queries, keys, values and scores.
        Assert.Equal(2 * 16 * 32 + 3 * 16 * 8 + 16, plan.ArenaBytes);
    }

    [Fact]
    public void The_result_of_an_add_takes_the_place_of_an_operand()
    {
        var graph = SampleModel.Create();
        var plan = ArenaPlanner.Plan(graph);
        var add = graph.Operators.OfType<Add>().Last();
        Assert.Contains(plan.Tensors[add.Output].Offset, add.Inputs.Select(input => plan.Tensors[input].Offset));
    }

    [Fact]
    public void A_plan_that_overlaps_live_tensors_is_refused()
    {
        var graph = SampleModel.Create();
        var plan = ArenaPlanner.Plan(graph);
        var allAtZero = graph.Operators.ToDictionary(step => step.Output, step => new ArenaRegion(0, step.Output.Bytes));
        var exception = Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, plan with { Tensors = allAtZero }));
        Assert.Equal(ModelImageError.BadPlan, exception.Error);
    }

    [Fact]
    public void Scratch_on_a_live_tensor_is_refused()
    {
        var graph = SampleModel.Create();
        var plan = ArenaPlanner.Plan(graph);
        int step = graph.Operators.ToList().FindIndex(candidate => candidate is Attention);
        ArenaRegion[] scratch = [.. plan.Scratch];
        scratch[step] = scratch[step] with { Offset = plan.Tensors[graph.Operators[step].Inputs[0]].Offset };
        var faulty = plan with { Scratch = scratch, ArenaBytes = plan.ArenaBytes + 256 };
        Assert.Equal(ModelImageError.BadPlan, Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, faulty)).Error);
    }

    [Fact]
    public void An_add_in_place_of_a_tensor_that_is_read_later_is_refused()
    {
        var builder = new GraphBuilder("late-read", new InputSpecification([new InputChannel("x", "g", 1)], 1, 1, 1000));
        var unit = new Quantization(1, 0);
        var x = builder.Quantize([0], [1], unit);
        var twice = builder.Add(x, x, unit);
        var graph = builder.Build(builder.Add(twice, x, unit));
        var plan = ArenaPlanner.Plan(graph);
        var regions = plan.Tensors.ToDictionary();
        regions[twice] = regions[x];
        Assert.Equal(
            ModelImageError.BadPlan,
            Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, plan with { Tensors = regions })).Error);
    }

    private static int Footprint(Operator step) => step.Output.Bytes + step.ScratchBytes + 32;

    private static void Play(Graph graph, ArenaPlan plan, ArenaPlan? stepPlan)
    {
        new ArenaMarks(graph.Program, plan).Play();
        if (stepPlan is not null)
        {
            new ArenaMarks(graph.Step!, stepPlan).Play();
        }
    }
}
