using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>Stores physical values in int16 steps.</summary>
internal static class Quantizer
{
    /// <summary>The pieces as recordings, each named by its source and its number in it.</summary>
    public static IReadOnlyList<Recording> ToRecordings(
        IReadOnlyList<SourceRecording> pieces, double rateHz, RepairOptions repairs, FindingLog log)
    {
        if (pieces.Count == 0)
        {
            return [];
        }
        var channels = pieces[0].Channels.Select((channel, i) => new ChannelInfo(channel.Name, channel.Unit,
            channel.Scale ?? FittingScale(pieces.SelectMany(piece => piece.Samples).Max(sample => Math.Abs(sample.Values[i]))))).ToArray();
        var classNames = ClassNames(pieces, repairs.Labels);
        var labelOf = classNames.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. pieces.Select(piece => new Recording
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{piece.Source}#{NextNumber(numbers, piece.Source)}"),
            Source = piece.Source,
            Subject = piece.Subject,
            Split = piece.Split,
            RateHz = rateHz,
            Channels = channels,
            Samples = Steps(piece, channels, repairs.ClipOutOfRange, log),
            Labels = piece.HasLabels
                ? [.. piece.Samples.Select(sample => labelOf.GetValueOrDefault(sample.Label, Recording.Unlabelled))]
                : null,
            ClassNames = classNames,
        })];
    }

    /// <summary>The smallest power of two in steps of which a magnitude fits int16; 1 for a magnitude of 0.</summary>
    public static double FittingScale(double magnitude)
    {
        if (!(magnitude > 0))
        {
            return 1;
        }
        var exponent = (int)Math.Ceiling(Math.Log2(magnitude / short.MaxValue));
        // The logarithm may be off in its last digit.
        return magnitude > short.MaxValue * Math.ScaleB(1, exponent) ? Math.ScaleB(1, exponent + 1)
            : magnitude <= short.MaxValue * Math.ScaleB(1, exponent - 1) ? Math.ScaleB(1, exponent - 1)
            : Math.ScaleB(1, exponent);
    }

    private static string[] ClassNames(IReadOnlyList<SourceRecording> pieces, IReadOnlyList<string> stated) => stated.Count > 0
        ? [.. stated]
        : [.. pieces.SelectMany(piece => piece.Samples).Select(sample => sample.Label)
            .Where(label => label.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    private static int NextNumber(Dictionary<string, int> numbers, string source) =>
        numbers[source] = numbers.GetValueOrDefault(source) + 1;

    private static short[] Steps(SourceRecording piece, ChannelInfo[] channels, bool clip, FindingLog log)
    {
        var steps = new short[piece.Samples.Count * channels.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            var (sample, channel) = (piece.Samples[i / channels.Length], channels[i % channels.Length]);
            var physical = sample.Values[i % channels.Length];
            var value = Math.Round(physical / channel.Scale, MidpointRounding.AwayFromZero);
            if (value is < short.MinValue or > short.MaxValue)
            {
                log.Add(FindingKind.OutOfRange, clip, string.Create(CultureInfo.InvariantCulture,
                    $"{piece.Place.Of(sample.Number, channel.Name)}: '{physical}' does not fit int16 in steps of {channel.Scale}"));
            }
            steps[i] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        }
        return steps;
    }
}
