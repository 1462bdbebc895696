using System.Globalization;
using static NanoFormer.Training.Import.NetworkSteps;

namespace NanoFormer.Training.Import;

/// <summary>Takes apart how a float network brings its channels from physical units to what convolutions read.</summary>
/// <param name="steps">The network's steps.</param>
/// <param name="channels">Channels of its input.</param>
/// <param name="wantedRanges">What becomes 1 on each channel where the network does not clip; null for its own scale.</param>
internal sealed class InputReader(NetworkSteps steps, int channels, IReadOnlyList<double>? wantedRanges)
{
    private readonly Dictionary<int, (double Range, double Offset)> _scaling = [];

    /// <summary>What becomes 1 on each channel, as far as it was read.</summary>
    public IReadOnlyList<double> Ranges => [.. Enumerable.Range(0, channels)
        .Select(channel => _scaling.TryGetValue(channel, out var own) ? own.Range : wantedRanges?[channel] ?? 1)];

    /// <summary>What becomes 0 on each channel; empty where that is 0.</summary>
    public IReadOnlyList<double> Offsets => _scaling.Values.All(own => own.Offset == 0)
        ? []
        : [.. Enumerable.Range(0, channels).Select(channel => _scaling.GetValueOrDefault(channel).Offset)];

    /// <summary>The channels of a stream scaled and clipped, once for each of its gains, side by side.</summary>
    /// <returns>
    /// What convolutions read, the gains, and the factors (<see cref="ReadScaling"/>) that their weights must be multiplied by; null for
    /// none.
    /// </returns>
    public (FloatValue Rows, double[] Gains, double[]? Factors) Read(FloatValue x, int firstChannel)
    {
        FloatScale[] scales = [.. steps[x].OfType<FloatScale>()];
        var (rows, factors) = ReadScaling(x, scales.FirstOrDefault(), firstChannel);
        List<double> gains = [1];
        foreach (var scale in scales.Skip(1))
        {
            double range = _scaling[firstChannel].Range;
            double gain = Shortest(scale.Gains[0] * range, number => number / range, scale.Gains[0]);
            var own = ClipOf(scale.Output)?.Output;
            if (own is null || factors is not null || !IsAlike(scale, gain, firstChannel))
            {
                throw Differs("what reads the channels at several gains is not scaled and clipped alike");
            }

            rows = steps.Next(own) is FloatConcat { Axis: ConcatAxis.Columns } join && join.Input == rows && join.Second == own
                ? join.Output
                : throw Expected("the channels at one gain beside those at others", steps[own]);
            gains.Add(gain);
        }

        return (rows, [.. gains], factors);
    }

    /// <summary>
    /// Range and offset of the channels, and the clip of the trainer's networks. Where there is none, the ranges may be others than the
    /// network's; then the weights that read the channels are multiplied by factors.
    /// </summary>
    private (FloatValue Rows, double[]? Factors) ReadScaling(FloatValue x, FloatScale? scale, int firstChannel)
    {
        var rows = scale?.Output ?? x;
        var clip = ClipOf(rows);
        double[] factors = new double[x.Columns];
        for (int c = 0; c < x.Columns; c++)
        {
            var (gain, shift) = scale is null ? (1, 0) : (scale.Gains[c], scale.Offsets[c]);
            double own = Shortest(1.0 / gain, number => 1 / number, gain);
            double range = clip is null && wantedRanges is not null ? wantedRanges[firstChannel + c] : own;
            double offset = shift == 0 ? 0 : Shortest(-shift * own, number => -number / own, shift);
            factors[c] = range * gain;
            if (gain <= 0 || (!_scaling.TryAdd(firstChannel + c, (range, offset)) && _scaling[firstChannel + c] != (range, offset)))
            {
                throw Differs(FormattableString.Invariant($"channel {firstChannel + c} is not scaled by one positive number"));
            }
        }

        return (clip?.Output ?? rows, clip is null ? factors : null);
    }

    private FloatClip? ClipOf(FloatValue x) => steps.Next(x) is FloatClip { Low: -1, High: (float)InputScaling.Largest } clip ? clip : null;

    /// <summary>Whether channels are scaled as they are known to be, times a gain.</summary>
    private bool IsAlike(FloatScale scale, double gain, int firstChannel) => Enumerable.Range(0, scale.Output.Columns).All(c =>
    {
        var (range, offset) = _scaling[firstChannel + c];
        return Math.Abs(scale.Gains[c] * range / gain - 1) < 1e-6 && Math.Abs(scale.Offsets[c] + gain * offset / range) < 1e-6 * gain;
    });

    /// <summary>The number of the fewest digits that a float was made of: as somebody would have written it.</summary>
    private static double Shortest(double value, Func<double, double> made, float result) => Enumerable.Range(1, 9)
        .Select(digits => value.ToString(FormattableString.Invariant($"G{digits}"), CultureInfo.InvariantCulture))
        .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
        .FirstOrDefault(number => (float)made(number) == result, value);
}
