using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>Finds the sensors with three axes among channels.</summary>
public static class AxisTriads
{
    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>
    /// Every three channels in a row that have one unit and names that differ in their last letter alone, x, y and z, as
    /// <c>acc_x</c>, <c>acc_y</c>, <c>acc_z</c>: their indices.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Find(IReadOnlyList<ChannelInfo> channels) =>
        [.. Enumerable.Range(0, Math.Max(0, channels.Count - 2)).Where(first => IsTriad(channels, first)).Select(first => Triad(first))];

    private static int[] Triad(int first) => [first, first + 1, first + 2];

    private static bool IsTriad(IReadOnlyList<ChannelInfo> channels, int first)
    {
        if (channels[first].Name.Length == 0)
        {
            return false;
        }

        string sensor = channels[first].Name[..^1];
        return Axes.Index().All(axis =>
            channels[first + axis.Index].Unit == channels[first].Unit
            && channels[first + axis.Index].Name.Equals(sensor + axis.Item, StringComparison.OrdinalIgnoreCase));
    }
}
