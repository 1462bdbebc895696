using NanoFormer.Emulator;
using NanoFormer.Emulator.Footprints;
using NanoFormer.Model;

namespace NanoFormer.Cli.Benchmarks;

/// <summary>Measures an image on an emulated core with one of its backends, over the test vectors in the image.</summary>
internal sealed class Benchmark
{
    private const int StreamRounds = 2; // the first fills what the model remembers

    private readonly ModelImage _image;
    private readonly EmulatedCore _engine;
    private readonly PeerResult? _peer;

    private Benchmark(ModelImage image, EmulatedCore engine)
    {
        _image = image;
        _engine = engine;
        _peer = PeerResults.Shipped.BestFor(image.Graph.ModelId, engine.Target.Name);
    }

    /// <summary>The backends that a core was built with, fastest first.</summary>
    public static IReadOnlyList<string> BackendsOf(byte[] image, CoreTarget core)
    {
        using var engine = new EmulatedCore(image, core);
        return engine.Hello.Backends;
    }

    /// <summary>Runs every test vector and counts: rows of the operators, of a step where the model streams, and of the whole.</summary>
    /// <exception cref="CommandFailure">The image holds no test vectors, or an output differs from the expected bytes.</exception>
    public static IReadOnlyList<BenchmarkRow> Run(byte[] image, CoreTarget core, string backend)
    {
        var model = ImageReader.Read(image);
        if (model.Graph.TestVectors.Count == 0)
        {
            throw new CommandFailure("NO_TEST_VECTORS", $"'{model.Graph.ModelId}' holds no test vectors to run.");
        }

        using var engine = new EmulatedCore(image, core, backend);
        var benchmark = new Benchmark(model, engine);
        IEnumerable<BenchmarkRow> step = model.Graph.Step is null ? [] : [benchmark.Step()];
        return [.. benchmark.Operators(), .. step, benchmark.Total()];
    }

    private BenchmarkRow Total()
    {
        var cost = WindowCost.Mean([.. _image.Graph.TestVectors.Select(Count)]);
        return Row(BenchmarkRow.Total, cost.Instructions, Statistics().MultiplyAccumulates) with
        {
            Cycles = cost.Cycles,
            ArenaBytes = _image.Plan.ArenaBytes,
            CodeBytes = Footprint.CodeSize().Total,
            ImageBytes = _image.ImageBytes,
            StackBytes = Footprint.StackBounds()["nf_session_run"],
            Peer = _peer?.Peer,
            PeerInstructions = _peer?.Instructions,
            PeerCycles = _peer?.Cycles,
        };
    }

    private WindowCost Count(TestVector vector)
    {
        sbyte[] output = new sbyte[_engine.Info.OutputCount];
        var cost = WindowCost.Of(_engine, _image.Graph.ValuesOf(vector), output);
        Check(vector, output);
        return cost;
    }

    private IEnumerable<BenchmarkRow> Operators()
    {
        var vector = _image.Graph.TestVectors[0];
        sbyte[] output = new sbyte[_engine.Info.OutputCount];
        var slices = _engine.RunCounted(_image.Graph.ValuesOf(vector), output);
        Check(vector, output);
        var operators = Statistics().Operators;
        return slices.Select(slice =>
        {
            var parts = operators.Skip(slice.FirstOperator).Take(slice.Operators).ToArray();
            string name = $"{slice.FirstOperator} {string.Join('+', parts.Select(part => part.Kind.ToString().ToLowerInvariant()))}";
            return Row(name, slice.Instructions, parts.Sum(part => part.MultiplyAccumulates)) with { Cycles = slice.Cycles };
        });
    }

    /// <summary>One step of a stream that has run for a window: the dearest of the next window's steps.</summary>
    private BenchmarkRow Step()
    {
        var step = _image.Graph.Step!;
        var samples = _image.Graph.ValuesOf(_image.Graph.TestVectors[0]);
        int count = step.Input.Rows * step.Input.Columns;
        sbyte[] output = new sbyte[_engine.Info.OutputCount];
        var dearest = (Instructions: 0L, Cycles: (long?)null);
        _engine.BeginStream();
        for (int round = 0; round < StreamRounds; round++)
        {
            for (int offset = 0; offset + count <= samples.Length; offset += count)
            {
                _engine.Step(samples, offset, count, output);
                if (round > 0 && _engine.LastInstructions > dearest.Instructions)
                {
                    dearest = (_engine.LastInstructions, _engine.LastCycles);
                }
            }
        }

        var statistics = GraphStatistics.Of(step, _image.StepPlan!);
        return Row(BenchmarkRow.Step, dearest.Instructions, statistics.MultiplyAccumulates) with
        {
            Cycles = dearest.Cycles,
            ArenaBytes = _image.StepPlan!.ArenaBytes,
            CodeBytes = null,
            ImageBytes = _image.ImageBytes,
            StackBytes = Footprint.StackBounds()["nf_session_step"],
        };
    }

    private Footprint Footprint => Emulator.Footprints.Footprint.For(
        _engine.Target, _engine.Backend, _image.Graph.Operators.Select(step => step.Kind), _image.Graph.Step is not null);

    private GraphStatistics Statistics() => GraphStatistics.Of(_image.Graph, _image.Plan);

    private void Check(TestVector vector, sbyte[] output)
    {
        if (!output.SequenceEqual(vector.Output))
        {
            throw new CommandFailure("WRONG_OUTPUT",
                $"{_engine.Target} with {_engine.Backend} gave other bytes than the test vector of {_image.Graph.ModelId}.");
        }
    }

    private BenchmarkRow Row(string op, long instructions, long macs) =>
        new(_image.Graph.ModelId, _engine.Target.Name, _engine.Backend, _image.PackedBytes > 0, op, instructions, macs, null, 0, 0, 0, 0, null, null, null);
}
