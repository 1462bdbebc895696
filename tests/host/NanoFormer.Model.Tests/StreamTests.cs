using CsCheck;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>Streams against runs over everything at once.</summary>
public sealed class StreamTests
{
    private static readonly Quantization Unit = new(1.0 / 32, 0);

    [Fact]
    public void Every_row_is_that_of_a_run_over_the_whole_stream() =>
        Gen.Select(RandomGraphs.GenSeed, Gen.Int[1, 40]).Sample(
            (seed, steps) =>
            {
                var graph = RandomStream.Create(seed);
                var whole = Unrolled.Over(graph, steps);
                short[] samples = RandomWindow.Create(whole.Input, new Random(seed));
                var run = new ReferenceRun(whole.Input, samples);
                var stream = new StreamExecutor(graph).Trace(samples);
                Assert.Equal(steps, stream.Count);
                foreach ((var atOnce, var inSteps) in whole.Operators.Zip(graph.Step!.Operators))
                {
                    run.Execute(atOnce);
                    if (inSteps is Mean or Last)
                    {
                        break;
                    }

                    Assert.Equal(run.ValuesOf(atOnce.Output).ToArray(), stream.SelectMany(tensors => tensors[inSteps.Output]));
                }
            },
            iter: 400);

    [Fact]
    public void After_a_window_the_output_is_that_of_the_window() => RandomGraphs.GenSeed.Sample(
        seed =>
        {
            var graph = RandomStream.Create(seed);
            short[] window = RandomWindow.Create(graph.Window, new Random(seed));
            Assert.Equal(new ReferenceExecutor(graph).Run(window), new StreamExecutor(graph).Push(window)[^1]);
        },
        iter: 300);

    [Fact]
    public void Chunks_make_no_difference() =>
        Gen.Select(RandomGraphs.GenSeed, Gen.Int[0, 7].Array[1, 200]).Sample(
            (seed, chunks) =>
            {
                var graph = RandomStream.Create(seed);
                int channels = graph.Window.Columns;
                short[] samples = RandomWindow.Create(chunks.Sum() * channels, graph.Window.ElementType, new Random(seed));
                var stream = new StreamExecutor(graph);
                var outputs = new List<sbyte[]>();
                int start = 0;
                foreach (int chunk in chunks)
                {
                    outputs.AddRange(stream.Push(samples.AsSpan(start, chunk * channels)));
                    start += chunk * channels;
                }

                Assert.Equal(new StreamExecutor(graph).Push(samples), outputs);
            },
            iter: 100);

    [Fact]
    public void A_step_takes_as_many_samples_as_make_a_row_of_every_tensor()
    {
        var graph = BenchmarkModels.HarTinyCausal.Graph;
        Assert.Equal(8, graph.Step!.Input.Rows);
        Assert.All(graph.Step.Operators, step => Assert.Equal(1, step.Output.Rows));
        Assert.Equal(16, graph.Step.Operators.OfType<Mean>().Single().RowCount);
        Assert.Equal(16 + 2 * 32 * 16, graph.Step.Operators.OfType<Attention>().First().State!.Bytes);
    }

    [Fact]
    public void A_graph_without_a_step_program_has_no_stream() =>
        Assert.Throws<ArgumentException>(() => new StreamExecutor(SampleModel.Create()));

    [Fact]
    public void Part_of_a_sample_is_refused() =>
        Assert.Throws<ArgumentException>(() => new StreamExecutor(BenchmarkModels.HarTinyCausal.Graph).Push(new short[7]));

    [Fact]
    public void Padding_on_both_sides_does_not_stream() => AssertObstacle(
        OperatorKind.Conv1d, "pads 1 samples", (builder, x) =>
            builder.Conv1d(x, new sbyte[6], [1], [0], ConvolutionShape.Same(8, 3, 1), Unit));

    [Fact]
    public void Skipped_samples_do_not_stream() => AssertObstacle(
        OperatorKind.Conv1d, "skips samples", (builder, x) =>
            builder.Conv1d(x, new sbyte[2], [1], [0], new ConvolutionShape(1, 2, 0, 4), Unit));

    [Fact]
    public void Attention_to_later_tokens_does_not_stream() => AssertObstacle(
        OperatorKind.Attention, "looks ahead", (builder, x) => builder.Attention(
            x, 1, 2, new sbyte[12], new double[6], new int[6], new AttentionQuantization(Unit, Unit, Unit, Unit, Unit)));

    [Fact]
    public void Linear_attention_that_never_forgets_does_not_stream() => AssertObstacle(
        OperatorKind.LinearAttention, "never forgets", (builder, x) => builder.LinearAttention(
            x, 1, 2, new sbyte[12], new double[6], new int[6], new LinearAttentionQuantization(Unit, Unit, Unit, Unit), isCausal: true));

    [Fact]
    public void Learned_positions_do_not_stream() => AssertObstacle(
        OperatorKind.Add, "another constant to each row", (builder, x) =>
            builder.AddConstant(x, [.. Enumerable.Range(0, 16).Select(i => (sbyte)i)], Unit, Unit));

    [Fact]
    public void Rows_of_different_times_do_not_stream() => AssertObstacle(
        OperatorKind.Concat, "rows", (builder, x) => builder.Concat(x, x, ConcatAxis.Rows, Unit));

    [Fact]
    public void Attention_pooling_does_not_stream() => AssertObstacle(
        OperatorKind.AttentionPool, "whole window", (builder, x) => builder.AttentionPool(x, new sbyte[2], 1, 0, Unit, Unit));

    private static void AssertObstacle(OperatorKind kind, string reason, Func<GraphBuilder, ActivationTensor, ActivationTensor> layer)
    {
        InputChannel[] channels = [new("x", "g", 1), new("y", "g", 1)];
        var builder = new GraphBuilder("obstacle", new InputSpecification(channels, 8, 8, 1000));
        var x = layer(builder, builder.Quantize([0, 0], [1, 1], Unit));
        var graph = builder.Build(builder.Mean(x, Unit));
        var exception = Assert.Throws<NotStreamableException>(() => StepProgram.AddTo(graph));
        Assert.Equal((1, kind), (exception.OperatorIndex, exception.Kind));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
