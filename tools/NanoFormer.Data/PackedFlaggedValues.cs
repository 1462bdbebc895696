using System.Buffers.Binary;
using System.Text.Json;

namespace NanoFormer.Data;

/// <summary>
/// Reads float32 values <c>[row][channel]</c> with uint8 flags <c>[row][2]</c>, of which the first tells an anomaly. Each channel is
/// rounded to int16 steps of which 32767 make the largest magnitude it has in the whole set. The subject is the group of a file.
/// </summary>
internal static class PackedFlaggedValues
{
    private const int FlagsPerRow = 2;
    private static readonly string[] Classes = ["NORMAL", "ANOMALY"];

    public static IReadOnlyList<Recording> Read(PackedFolder folder, JsonElement list)
    {
        float[] values = ReadSingle(folder, "values");
        byte[] flags = folder.ReadBytes("flags");
        int width = folder.Header.Channels.Length;
        var channels = folder.Header.Channels.Index()
            .Select(pair => new ChannelInfo(pair.Item.Name, pair.Item.Unit, StepOf(values, pair.Index, width))).ToArray();
        return [.. folder.Parse<PackedFlaggedFile[]>(list).Select(file => new Recording
        {
            Name = $"{file.Group}/{file.File}",
            Subject = file.Group,
            RateHz = folder.Header.RateHz,
            Channels = channels,
            Samples = Quantize(PackedRecordings.Slice(folder, "values", values, file.Offset, file.Rows, width), channels),
            Labels = LabelsOf(PackedRecordings.Slice(folder, "flags", flags, file.Offset, file.Rows, FlagsPerRow)),
            ClassNames = Classes,
        })];
    }

    private static float[] ReadSingle(PackedFolder folder, string key)
    {
        byte[] bytes = folder.ReadBytes(key);
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return values.All(float.IsFinite)
            ? values
            : throw new DataException(DataError.BadField, $"{folder.PathOf(key)}: holds a value that is not finite.");
    }

    private static double StepOf(float[] values, int channel, int width)
    {
        double largest = 0;
        for (int i = channel; i < values.Length; i += width)
        {
            largest = Math.Max(largest, Math.Abs(values[i]));
        }

        return largest > 0 ? largest / short.MaxValue : 1;
    }

    private static short[] Quantize(float[] values, ChannelInfo[] channels) =>
        [.. values.Select((value, i) => (short)Math.Round(value / channels[i % channels.Length].Scale, MidpointRounding.AwayFromZero))];

    private static int[] LabelsOf(byte[] flags) => [.. flags.Chunk(FlagsPerRow).Select(row => row[0] == 0 ? 0 : 1)];
}
