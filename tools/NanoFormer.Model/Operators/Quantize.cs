namespace NanoFormer.Model;

/// <summary>
/// Raw samples to int8: N channels and every n-th sample, int16 <c>[T][C]</c> to int8 <c>[U][N]</c> (NUMERICS.md, section 3.1).
/// </summary>
public sealed record Quantize() : Operator(OperatorKind.Quantize)
{
    /// <summary>int32 <c>[3][N]</c>: offset (at most 2^16 in magnitude), multiplier and shift of each channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>The first of the channels taken.</summary>
    public int FirstChannel { get; init; }

    /// <summary>Of every n samples the last is taken.</summary>
    public int Step { get; init; } = 1;

    /// <inheritdoc/>
    public override T Accept<T>(IOperatorVisitor<T> visitor) => visitor.Visit(this);

    internal override OperatorConstants Stored => new(ChannelConstants: ChannelConstants, MaxBias: ImageFormat.MaxOffset);

    internal static Quantize Read(OperatorRecord record)
    {
        var window = record.RawWindow();
        var output = record.Output();
        int first = record.Parameter(At.FirstChannel);
        int step = record.Parameter(At.Step);
        record.Require(first >= 0 && (long)first + output.Columns <= window.Columns, "takes channels that do not exist");
        record.Require(step >= 1 && (long)output.Rows * step <= window.Rows, "takes samples that do not exist");
        return new Quantize
        {
            Input = window,
            ChannelConstants = record.ChannelConstants(output.Columns),
            FirstChannel = first,
            Step = step,
            Output = output,
        };
    }

    internal override void Write(ParameterFields fields)
    {
        fields.Parameter(At.FirstChannel, FirstChannel);
        fields.Parameter(At.Step, Step);
    }

    internal override void Run(ReferenceRun run, Span<sbyte> output)
    {
        var constants = new ChannelConstants(ChannelConstants);
        for (int i = 0; i < output.Length; i++)
        {
            int channel = i % constants.Count;
            int sample = (i / constants.Count + 1) * Step - 1;
            int value = run.Window[sample * Input.Columns + FirstChannel + channel] - constants.Biases[channel];
            output[i] = FixedPoint.Store(FixedPoint.Requantize(value, constants.Multiplier(channel)), Output.ZeroPoint, ClampRange.Full);
        }
    }

    internal override string? Obstacle(TimeStrides strides) => null;

    /// <summary>Where the parameters are in the image.</summary>
    private static class At
    {
        public const int FirstChannel = 0;
        public const int Step = 1;
    }
}

/// <content>Raw samples to int8.</content>
public sealed partial class GraphBuilder
{
    /// <summary>
    /// Raw int16 samples to int8 <c>[T / step][N]</c>, N being the number of offsets: the real value of a sample is
    /// <c>(raw - offset[n]) * stepScales[n]</c>. To standardize by mean and deviation, give <c>round(mean / units per step)</c> and
    /// <c>units per step / deviation</c>.
    /// </summary>
    /// <param name="offsets"><c>[N]</c>.</param>
    /// <param name="stepScales"><c>[N]</c>.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="firstChannel">The first of the channels taken.</param>
    /// <param name="step">Of every n samples the last is taken.</param>
    public ActivationTensor Quantize(ReadOnlySpan<int> offsets, ReadOnlySpan<double> stepScales, Quantization output,
        int firstChannel = 0, int step = 1)
    {
        if (Window.ElementType != ElementType.Int16)
        {
            throw new InvalidOperationException("The window is quantized already.");
        }

        RequireLength(stepScales.Length, offsets.Length, nameof(stepScales));
        ArgumentOutOfRangeException.ThrowIfNegative(firstChannel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstChannel + offsets.Length, Window.Columns, nameof(offsets));
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        foreach (int offset in offsets)
        {
            RequireMagnitude(offset, ImageFormat.MaxOffset, "offset");
        }

        return Append(new Quantize
        {
            Input = Window,
            ChannelConstants = ChannelConstants.Create(offsets, Multipliers(stepScales, 1, output.Scale)),
            FirstChannel = firstChannel,
            Step = step,
            Output = NewActivation(Window.Rows / step, offsets.Length, output),
        });
    }
}
