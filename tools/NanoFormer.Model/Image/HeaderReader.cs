using System.Buffers.Binary;
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
            ReadOnlySpan<byte> record = image.Slice(header.ChannelsOffset + i * ImageFormat.ChannelBytes, ImageFormat.ChannelBytes);
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
        var labels = new string[header.LabelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = ImageText.Read(image.Slice(header.LabelsOffset + i * ImageFormat.LabelBytes, ImageFormat.LabelBytes));
            Require(labels[i].Length > 0, $"label {i} is empty");
        }

        return labels;
    }

    /// <summary>Reads the test vectors; also checks what the header says about the output tensor.</summary>
    public static IReadOnlyList<TestVector> ReadTestVectors(ReadOnlySpan<byte> image, ImageHeader header, WindowTensor window,
        ActivationTensor output)
    {
        Require(header.LabelCount == 0 || header.LabelCount == output.Count, "the labels are not as many as the outputs");
        var vectors = new TestVector[header.TestVectorCount];
        if (vectors.Length == 0)
        {
            return vectors;
        }

        int vectorBytes = ImageFormat.TestVectorBytes(window.Count, output.Count);
        header.RequireSection(ImageField.Header.TestVectorsOffset, (long)vectors.Length * vectorBytes);
        for (int i = 0; i < vectors.Length; i++)
        {
            ReadOnlySpan<byte> vector = image.Slice(header.TestVectorsOffset + i * vectorBytes, vectorBytes);
            vectors[i] = new TestVector(
                [.. MemoryMarshal.Cast<byte, short>(vector[..window.Bytes])],
                [.. MemoryMarshal.Cast<byte, sbyte>(vector.Slice(window.Bytes, output.Bytes))]);
        }

        return vectors;
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadHeader, fault);
        }
    }
}
