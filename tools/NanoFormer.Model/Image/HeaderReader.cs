using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace NanoFormer.Model;

/// <summary>Reads the sections that describe input and output. The header was validated before.</summary>
internal static class HeaderReader
{
    public static IReadOnlyList<InputChannel> ReadChannels(ReadOnlySpan<byte> image, ImageHeader header)
    {
        var channels = new InputChannel[header.ChannelCount];
        for (int i = 0; i < channels.Length; i++)
        {
            var record = image.Slice(header.ChannelsOffset + i * ImageFormat.ChannelBytes, ImageFormat.ChannelBytes);
            var scale = new FixedMultiplier(
                BinaryPrimitives.ReadInt32LittleEndian(record[ImageField.Channel.ScaleMantissa..]),
                BinaryPrimitives.ReadInt32LittleEndian(record[ImageField.Channel.ScaleShift..]));
            Require(scale.Mantissa >= 1, $"channel {i} has no positive scale");
            Require(scale.Shift is >= ImageFormat.MinScaleShift and <= ImageFormat.MaxScaleShift, $"channel {i} has a scale out of range");
            channels[i] = new InputChannel(
                ImageText.Read(record.Slice(ImageField.Channel.Name, ImageFormat.ChannelNameBytes)),
                ImageText.Read(record.Slice(ImageField.Channel.Unit, ImageFormat.ChannelUnitBytes)),
                scale);
        }

        return channels;
    }

    public static IReadOnlyList<string> ReadLabels(ReadOnlySpan<byte> image, ImageHeader header)
    {
        string[] labels = new string[header.LabelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = ImageText.Read(image.Slice(header.LabelsOffset + i * ImageFormat.LabelBytes, ImageFormat.LabelBytes));
            Require(labels[i].Length > 0, $"label {i} is empty");
        }

        return labels;
    }

    /// <summary>Checks what the header says about tensors.</summary>
    public static void CheckAgainstTensors(ImageHeader header, TensorTable tensors)
    {
        int outputs = tensors.Output.Count;
        Require(header.LabelCount == 0 || header.LabelCount == outputs, "the labels are not as many as the outputs");
        Require(header.ClassCount <= outputs, "there are more classes than outputs");
    }

    /// <summary>Reads the test vectors.</summary>
    public static IReadOnlyList<TestVector> ReadTestVectors(ReadOnlySpan<byte> image, ImageHeader header, TensorTable tensors)
    {
        var vectors = new TestVector[header.TestVectorCount];
        if (vectors.Length == 0)
        {
            return vectors;
        }

        int vectorBytes = ImageFormat.TestVectorBytes(tensors.Window, tensors.Output);
        header.RequireSection(ImageField.Header.TestVectorsOffset, (long)vectors.Length * vectorBytes);
        for (int i = 0; i < vectors.Length; i++)
        {
            var vector = image.Slice(header.TestVectorsOffset + i * vectorBytes, vectorBytes);
            var window = vector[..tensors.Window.Bytes];
            vectors[i] = new TestVector(
                tensors.Window.ElementType == ElementType.Int8 ? Widened(window) : [.. MemoryMarshal.Cast<byte, short>(window)],
                [.. MemoryMarshal.Cast<byte, sbyte>(vector.Slice(window.Length, tensors.Output.Bytes))]);
        }

        return vectors;
    }

    private static ImmutableArray<short> Widened(ReadOnlySpan<byte> int8) =>
        [.. int8.ToArray().Select(value => (short)unchecked((sbyte)value))];

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadHeader, fault);
        }
    }
}
