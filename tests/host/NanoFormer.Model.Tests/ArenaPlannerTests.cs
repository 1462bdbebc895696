using CsCheck;

namespace NanoFormer.Model.Tests;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void No_operator_overwrites_what_is_read_later() =>
        RandomGraphs.GenGraph.Sample(graph => WriteThroughArena(graph, ArenaPlanner.Plan(graph)), iter: 500);

    [Fact]
    public void Everything_is_aligned_and_within_the_arena() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            ArenaPlan plan = ArenaPlanner.Plan(graph);
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
        iter: 200);

    [Fact]
    public void A_plan_is_hardly_greater_than_what_lives_at_once() => RandomGraphs.GenGraph.Sample(
        graph =>
        {
            ArenaPlan plan = ArenaPlanner.Plan(graph);
            Assert.InRange(plan.ArenaBytes, GraphStatistics.Of(graph, plan).PeakLiveBytes, graph.Operators.Sum(Footprint));
        },
        iter: 200);

    [Fact]
    public void The_result_of_an_add_takes_the_place_of_an_operand()
    {
        Graph graph = SampleModel.Create();
        ArenaPlan plan = ArenaPlanner.Plan(graph);
        Add add = graph.Operators.OfType<Add>().Last();
        Assert.Contains(plan.Tensors[add.Output].Offset, add.Inputs.Select(input => plan.Tensors[input].Offset));
    }

    [Fact]
    public void A_plan_that_overlaps_live_tensors_is_refused()
    {
        Graph graph = SampleModel.Create();
        ArenaPlan plan = ArenaPlanner.Plan(graph);
        var allAtZero = graph.Operators.ToDictionary(step => step.Output, step => new ArenaRegion(0, step.Output.Bytes));
        var exception = Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, plan with { Tensors = allAtZero }));
        Assert.Equal(ModelImageError.BadPlan, exception.Error);
    }

    [Fact]
    public void Scratch_on_a_live_tensor_is_refused()
    {
        Graph graph = SampleModel.Create();
        ArenaPlan plan = ArenaPlanner.Plan(graph);
        int step = graph.Operators.ToList().FindIndex(candidate => candidate is Attention);
        ArenaRegion[] scratch = [.. plan.Scratch];
        scratch[step] = scratch[step] with { Offset = plan.Tensors[graph.Operators[step].Inputs[0]].Offset };
        ArenaPlan faulty = plan with { Scratch = scratch, ArenaBytes = plan.ArenaBytes + 256 };
        Assert.Equal(ModelImageError.BadPlan, Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, faulty)).Error);
    }

    [Fact]
    public void An_add_in_place_of_a_tensor_that_is_read_later_is_refused()
    {
        var builder = new GraphBuilder("late-read", new InputSpecification([new InputChannel("x", "g", 1)], 1, 1, 1000));
        var unit = new Quantization(1, 0);
        ActivationTensor x = builder.Quantize([0], [1], unit);
        ActivationTensor twice = builder.Add(x, x, unit);
        Graph graph = builder.Build(builder.Add(twice, x, unit));
        ArenaPlan plan = ArenaPlanner.Plan(graph);
        var regions = plan.Tensors.ToDictionary();
        regions[twice] = regions[x];
        Assert.Equal(
            ModelImageError.BadPlan,
            Assert.Throws<ModelImageException>(() => ImageWriter.Write(graph, plan with { Tensors = regions })).Error);
    }

    private static int Footprint(Operator step) => step.Output.Bytes + step.ScratchBytes + 32;

    /// <summary>Marks every arena byte with its last writer; a reader must find its input's mark on all of the input's bytes.</summary>
    private static void WriteThroughArena(Graph graph, ArenaPlan plan)
    {
        var marks = new object?[plan.ArenaBytes];
        for (int i = 0; i < graph.Operators.Count; i++)
        {
            Operator step = graph.Operators[i];
            if (step is not Add)
            {
                // Others write scratch and output before they have read all of their input.
                Mark(marks, plan.Tensors[step.Output], step.Output);
            }

            Mark(marks, plan.Scratch[i], step);
            foreach (ActivationTensor input in step.Inputs)
            {
                Assert.All(Of(marks, plan.Tensors[input]), mark => Assert.Same(input, mark));
            }

            Assert.All(Of(marks, plan.Scratch[i]), mark => Assert.Same(step, mark));
            Mark(marks, plan.Tensors[step.Output], step.Output);
        }

        Assert.All(Of(marks, plan.Tensors[graph.Output]), mark => Assert.Same(graph.Output, mark));
    }

    private static void Mark(object?[] marks, ArenaRegion region, object mark) => Array.Fill(marks, mark, region.Offset, region.Bytes);

    private static ArraySegment<object?> Of(object?[] marks, ArenaRegion region) => new(marks, region.Offset, region.Bytes);
}
