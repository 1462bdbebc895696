using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace NanoFormer.Model;

/// <summary>Writes a graph as a model image (MODEL-IMAGE.md).</summary>
public static class ImageWriter
{
    /// <summary>Plans the arena and writes the image.</summary>
    /// <exception cref="ModelImageException">The graph does not fit the format.</exception>
    public static byte[] Write(Graph graph) => Write(graph, ArenaPlanner.Plan(graph));

    /// <summary>Writes the image with a given arena plan. The result was read back and found valid.</summary>
    /// <exception cref="ModelImageException">The graph or the plan does not fit the format.</exception>
    public static byte[] Write(Graph graph, ArenaPlan plan)
    {
        ImageLayout layout = ImageLayout.Of(graph);
        var image = new byte[layout.ImageBytes];
        WriteHeader(new ImageRecord(image), graph, plan, layout);
        WriteChannels(image.AsSpan(layout.Channels), graph.Input.Channels);
        WriteLabels(image.AsSpan(layout.Labels), graph.Labels);
        WriteTensors(image, graph, plan, layout);
        OperatorEncoder.Write(image.AsSpan(layout.Operators), graph, plan);
        WriteTestVectors(image.AsSpan(layout.TestVectors), graph.TestVectors);
        new ImageRecord(image).UInt32(ImageField.Header.Crc32, Crc32.HashToUInt32(image.AsSpan(ImageFormat.ChecksumStart)));
        ImageReader.Read(image);
        return image;
    }

    private static void WriteHeader(ImageRecord record, Graph graph, ArenaPlan plan, ImageLayout layout)
    {
        record.UInt32(ImageField.Header.Magic, ImageFormat.Magic);
        record.UInt16(ImageField.Header.Version, ImageFormat.Version);
        record.UInt16(ImageField.Header.HeaderBytes, ImageFormat.HeaderBytes);
        record.Int32(ImageField.Header.ImageBytes, layout.ImageBytes);
        record.Text(ImageField.Header.ModelId, ImageFormat.ModelIdBytes, graph.ModelId);
        record.Int32(ImageField.Header.ArenaBytes, plan.ArenaBytes);
        record.Int32(ImageField.Header.ChannelsOffset, layout.Channels);
        record.Int32(ImageField.Header.LabelsOffset, layout.Labels);
        record.Int32(ImageField.Header.TensorsOffset, layout.Tensors);
        record.Int32(ImageField.Header.OperatorsOffset, layout.Operators);
        record.Int32(ImageField.Header.TestVectorsOffset, graph.TestVectors.Count == 0 ? 0 : layout.TestVectors);
        record.UInt16(ImageField.Header.ChannelCount, graph.Input.Channels.Count);
        record.UInt16(ImageField.Header.LabelCount, graph.Labels.Count);
        record.UInt16(ImageField.Header.TensorCount, graph.Tensors.Count);
        record.UInt16(ImageField.Header.OperatorCount, graph.Operators.Count);
        record.UInt16(ImageField.Header.TestVectorCount, graph.TestVectors.Count);
        record.UInt16(ImageField.Header.WindowSamples, graph.Input.WindowSamples);
        record.UInt16(ImageField.Header.HopSamples, graph.Input.HopSamples);
        record.UInt16(ImageField.Header.InputTensor, IndexOf(graph.Tensors, graph.Window));
        record.UInt16(ImageField.Header.OutputTensor, IndexOf(graph.Tensors, graph.Output));
        record.UInt16(ImageField.Header.GateThresholdPermille, graph.GateThresholdPermille);
        record.Int32(ImageField.Header.RateMillihertz, graph.Input.RateMillihertz);
    }

    private static void WriteChannels(Span<byte> section, IReadOnlyList<InputChannel> channels)
    {
        for (int i = 0; i < channels.Count; i++)
        {
            var record = new ImageRecord(section.Slice(i * ImageFormat.ChannelBytes, ImageFormat.ChannelBytes));
            record.Text(ImageField.Channel.Name, ImageFormat.ChannelNameBytes, channels[i].Name);
            record.Text(ImageField.Channel.Unit, ImageFormat.ChannelUnitBytes, channels[i].Unit);
            record.Int32(ImageField.Channel.ScaleMantissa, channels[i].Scale.Mantissa);
            record.Int32(ImageField.Channel.ScaleShift, channels[i].Scale.Shift);
        }
    }

    private static void WriteLabels(Span<byte> section, IReadOnlyList<string> labels)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            new ImageRecord(section.Slice(i * ImageFormat.LabelBytes, ImageFormat.LabelBytes)).Text(0, ImageFormat.LabelBytes, labels[i]);
        }
    }

    private static void WriteTensors(byte[] image, Graph graph, ArenaPlan plan, ImageLayout layout)
    {
        for (int i = 0; i < graph.Tensors.Count; i++)
        {
            Tensor tensor = graph.Tensors[i];
            var record = new ImageRecord(image.AsSpan(layout.Tensors + i * ImageFormat.TensorBytes, ImageFormat.TensorBytes));
            record.Int32(ImageField.Tensor.Offset, OffsetOf(tensor, plan, layout));
            record.Int32(ImageField.Tensor.Bytes, tensor.Bytes);
            record.UInt16(ImageField.Tensor.Rows, tensor.Rows);
            record.UInt16(ImageField.Tensor.Columns, tensor.Columns);
            record.UInt8(ImageField.Tensor.ElementBytes, (int)tensor.ElementType);
            record.UInt8(ImageField.Tensor.Place, (int)tensor.Place);
            record.Int16(ImageField.Tensor.ZeroPoint, tensor.ZeroPoint);
            record.Int32(ImageField.Tensor.ScaleMantissa, tensor.Scale.Mantissa);
            record.Int32(ImageField.Tensor.ScaleShift, tensor.Scale.Shift);
            if (tensor is ConstantTensor constant)
            {
                constant.Data.CopyTo(image.AsSpan(layout.Constants[constant]));
            }
        }
    }

    private static int OffsetOf(Tensor tensor, ArenaPlan plan, ImageLayout layout) => tensor switch
    {
        ActivationTensor activation => plan.Tensors[activation].Offset,
        ConstantTensor constant => layout.Constants[constant],
        _ => 0,
    };

    private static void WriteTestVectors(Span<byte> section, IReadOnlyList<TestVector> vectors)
    {
        foreach (TestVector vector in vectors)
        {
            ReadOnlySpan<byte> window = MemoryMarshal.AsBytes(vector.Window.AsSpan());
            window.CopyTo(section);
            MemoryMarshal.AsBytes(vector.Output.AsSpan()).CopyTo(section[window.Length..]);
            section = section[ImageFormat.TestVectorBytes(vector.Window.Length, vector.Output.Length)..];
        }
    }

    /// <summary>The index of a tensor, or <see cref="ImageFormat.NoTensor"/>, which the reader refuses.</summary>
    internal static int IndexOf(IReadOnlyList<Tensor> tensors, Tensor tensor)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            if (ReferenceEquals(tensors[i], tensor))
            {
                return i;
            }
        }

        return ImageFormat.NoTensor;
    }
}
