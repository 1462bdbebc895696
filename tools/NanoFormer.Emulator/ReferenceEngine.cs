using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Emulator;

/// <summary>The reference executor behind the engine's interface: needs neither a C compiler nor an emulator.</summary>
public sealed class ReferenceEngine : ITransformerEngine
{
    private readonly ReferenceExecutor _executor;
    private StreamExecutor? _stream;

    /// <summary>Validates an image.</summary>
    /// <exception cref="TransformerException">The image is refused.</exception>
    public ReferenceEngine(byte[] image)
    {
        var model = Read(image);
        _executor = new ReferenceExecutor(model.Graph);
        Info = InfoOf(model);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public void Run(short[] window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        RequireOutput(output);
        if (window.Length != Info.WindowSamples * Info.ChannelCount)
        {
            throw new TransformerException(EngineStatus.WrongShape);
        }

        _stream = null;
        _executor.Run(window).CopyTo(output, 0);
    }

    /// <inheritdoc/>
    public void Run(sbyte[] window, sbyte[] output) => Run(Array.ConvertAll(window, value => (short)value), output);

    /// <inheritdoc/>
    public void BeginStream() =>
        _stream = _executor.Graph.Step is null ? throw new TransformerException(EngineStatus.NoStream) : new StreamExecutor(_executor.Graph);

    /// <inheritdoc/>
    public int Step(Array samples, int offset, int count, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(samples);
        RequireOutput(output);
        var stream = _stream ?? throw new TransformerException(EngineStatus.NotRunning);
        if (count % Info.ChannelCount != 0)
        {
            throw new TransformerException(EngineStatus.WrongShape);
        }

        short[] values = samples as short[] ?? Array.ConvertAll((sbyte[])samples, value => (short)value);
        var outputs = stream.Push(values.AsSpan(offset, count));
        if (outputs.Count > 0)
        {
            outputs[^1].CopyTo(output, 0);
        }

        return outputs.Count;
    }

    /// <inheritdoc/>
    public void SelfTest()
    {
        var vectors = _executor.Graph.TestVectors;
        if (vectors.Count == 0)
        {
            throw new TransformerException(EngineStatus.NoTestVectors);
        }

        if (!vectors.All(vector => _executor.Run([.. vector.Window]).AsSpan().SequenceEqual(vector.Output.AsSpan())))
        {
            throw new TransformerException(EngineStatus.SelfTestFailed);
        }
    }

    /// <summary>Nothing to free.</summary>
    public void Dispose()
    {
    }

    private void RequireOutput(sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Length != Info.OutputCount)
        {
            throw new TransformerException(EngineStatus.WrongShape);
        }
    }

    private static ModelImage Read(byte[] image)
    {
        try
        {
            return ImageReader.Read(image);
        }
        catch (ModelImageException refusal)
        {
            throw new TransformerException((int)refusal.Error, refusal.Detail);
        }
    }

    private static ModelInfo InfoOf(ModelImage model)
    {
        var graph = model.Graph;
        var channels = graph.Input.Channels;
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.Crc32] = (int)model.Crc32;
        numbers[ModelNumbers.ImageBytes] = model.ImageBytes;
        numbers[ModelNumbers.ArenaBytes] = model.Plan.ArenaBytes;
        numbers[ModelNumbers.RateMillihertz] = graph.Input.RateMillihertz;
        numbers[ModelNumbers.WindowSamples] = graph.Input.WindowSamples;
        numbers[ModelNumbers.HopSamples] = graph.Input.HopSamples;
        numbers[ModelNumbers.ChannelCount] = channels.Count;
        numbers[ModelNumbers.OutputCount] = graph.Output.Count;
        numbers[ModelNumbers.LabelCount] = graph.Labels.Count;
        numbers[ModelNumbers.OperatorCount] = graph.Operators.Count;
        numbers[ModelNumbers.TestVectorCount] = graph.TestVectors.Count;
        numbers[ModelNumbers.GateThresholdPermille] = graph.GateThresholdPermille;
        numbers[ModelNumbers.ValueBytes] = (int)graph.Window.ElementType;
        numbers[ModelNumbers.StepSamples] = graph.Step?.Input.Rows ?? 0;
        numbers[ModelNumbers.StepArenaBytes] = model.StepPlan?.ArenaBytes ?? 0;
        numbers[ModelNumbers.ClassCount] = graph.ClassCount;
        numbers[ModelNumbers.AlarmThreshold] = graph.AlarmThreshold ?? short.MinValue;
        numbers[ModelNumbers.Postures] = (int)graph.Postures;
        numbers[ModelNumbers.Voters] = graph.Voters;
        return new ModelInfo(
            graph.ModelId,
            numbers,
            [.. graph.Labels],
            [.. channels.Select(channel => channel.Name)],
            [.. channels.Select(channel => channel.Unit)],
            [.. channels.Select(channel => channel.Scale.Mantissa)],
            [.. channels.Select(channel => channel.Scale.Shift)]);
    }
}
