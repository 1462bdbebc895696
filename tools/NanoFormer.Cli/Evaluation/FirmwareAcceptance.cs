using System.Globalization;
using NanoFormer.Data;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Whether the shipped firmware, with an MPU6050, takes a model's channels and rate: what it would say at boot.</summary>
internal static class FirmwareAcceptance
{
    private const double HighestRate = 1000; // samples per second of the sensor's FIFO
    private const double LowestRate = 1;

    /// <summary>A sentence for each reason to refuse; none when it is taken.</summary>
    public static IReadOnlyList<string> Refusals(IReadOnlyList<ChannelInfo> channels, double rateHz)
    {
        var reasons = new List<string>();
        foreach (var channel in channels.Where(channel => !Takes([channel, Reference])))
        {
            reasons.Add($"'{channel.Name}' in {channel.Unit} is not an axis (x, y, z) of acceleration (g, mg, m/s2) or rotation (rad/s, dps, deg/s)");
        }

        if (reasons.Count == 0 && !Takes(channels))
        {
            reasons.Add("none of the channels is acceleration");
        }

        foreach (var twins in channels.GroupBy(channel => (IsAcceleration: AccelerationUnit.InG(channel.Unit) is not null, Axis: channel.Name.Length == 0 ? ' ' : char.ToLowerInvariant(channel.Name[^1])))
            .Where(group => reasons.Count == 0 && group.Count() > 1))
        {
            reasons.Add($"{string.Join(" and ", twins.Select(channel => channel.Name))} are the same axis of the one sensor");
        }

        if (rateHz is < LowestRate or > HighestRate)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{rateHz:0.###} Hz is not between {LowestRate} and {HighestRate} Hz"));
        }

        return reasons;
    }

    private static ChannelInfo Reference { get; } = new("acc_x", "g", 1 / 4096.0);

    private static bool Takes(IReadOnlyList<ChannelInfo> channels)
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.ChannelCount] = channels.Count;
        numbers[ModelNumbers.ValueBytes] = 2;
        var scales = channels.Select(channel => Fixed(channel.Scale)).ToArray();
        var model = new ModelInfo("channels", numbers, [], [.. channels.Select(channel => channel.Name)], [.. channels.Select(channel => channel.Unit)],
            [.. scales.Select(scale => scale.Mantissa)], [.. scales.Select(scale => scale.Shift)]);
        var (acceleration, rotation) = (Fixed(1 / 16384.0), Fixed(Math.PI / 180 / 131));
        return ChannelMap.ForModel(model, new SensorScale(acceleration.Mantissa, acceleration.Shift, rotation.Mantissa, rotation.Shift)) is not null;
    }

    /// <summary>mantissa * 2^(shift - 31), with a mantissa of 31 bits, as in an image.</summary>
    private static (int Mantissa, int Shift) Fixed(double scale)
    {
        int shift = (int)Math.Floor(Math.Log2(scale)) + 1;
        return ((int)Math.Min(int.MaxValue, Math.Round(Math.ScaleB(scale, 31 - shift))), shift);
    }
}
