namespace NanoFormer.Model.Tests;

public sealed class BenchmarkModelTests
{
    public static TheoryData<string> Names { get; } = [.. BenchmarkModels.All.Select(model => model.Name)];

    [Theory]
    [InlineData("har-t", 319_680, 3072)]
    [InlineData("har-m", 10_682_752, 16_384)]
    public void Multiplications_and_arena_are_those_asked_for(string name, long products, int arena)
    {
        var image = ImageReader.Read(Find(name).CreateImage());
        Assert.Equal(products, GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates);
        Assert.InRange(image.Plan.ArenaBytes, 0, arena);
    }

    [Theory]
    [InlineData("har-t", 1792)]
    [InlineData("har-m", 12_288)]
    public void The_smallest_arena(string name, int arena) =>
        Assert.InRange(ArenaPlanner.Plan(Find(name).Graph, PlanOptions.Smallest).ArenaBytes, 0, arena);

    [Fact]
    public void One_token_of_the_causal_model()
    {
        var image = ImageReader.Read(BenchmarkModels.HarTinyCausal.CreateImage());
        Assert.Equal(20_160, GraphStatistics.Of(image.Graph.Step!, image.StepPlan!).MultiplyAccumulates);
    }

    [Fact]
    public void One_model_has_every_operator() => Assert.Equal(
        Enum.GetValues<OperatorKind>().Order(),
        BenchmarkModels.Everything.Graph.Operators.Select(step => step.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Test_vectors_hold_and_streams_end_alike(string name)
    {
        var graph = ImageReader.Read(Find(name).CreateImage()).Graph;
        Assert.NotEmpty(graph.TestVectors);
        Assert.All(graph.TestVectors, vector =>
        {
            short[] window = [.. vector.Window];
            Assert.Equal(vector.Output, new ReferenceExecutor(graph).Run(window));
            if (graph.Step is not null)
            {
                Assert.Equal(vector.Output, new StreamExecutor(graph).Push(window)[^1]);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Activations_spread_over_the_int8_range(string name)
    {
        var graph = Find(name).Graph;
        var trace = new ReferenceExecutor(graph).Trace([.. graph.TestVectors[0].Window]);
        foreach (var step in graph.Operators.Where(step => step.Output.Count > 20))
        {
            sbyte[] values = trace[step.Output];
            double mean = values.Average(value => (double)value);
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            Assert.True(deviation is > 20 and < 85, $"{step.Kind} has a deviation of {deviation:F0}");
            Assert.InRange(values.Count(value => value == sbyte.MaxValue), 0, values.Length / 5);
        }
    }

    [Fact]
    public void The_same_bytes_every_time() => Assert.Equal(BenchmarkModels.HarTiny.CreateImage(), BenchmarkModels.HarTiny.CreateImage());

    private static BenchmarkModel Find(string name) => BenchmarkModels.All.Single(model => model.Name == name);
}
