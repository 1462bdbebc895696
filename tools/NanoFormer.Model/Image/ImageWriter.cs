using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace NanoFormer.Model;

/// <summary>Writes a graph as a model image (MODEL-IMAGE.md).</summary>
public static class ImageWriter
{
    /// <summary>Plans the arena and writes the image.</summary>
    /// <exception cref="ModelImageException">The graph does not fit the format.</exception>
    public static byte[] Write(Graph graph, PlanOptions? options = null) =>
        Write(graph, ArenaPlanner.Plan(graph, options), ArenaPlanner.PlanStep(graph, options));

    /// <summary>Writes the image with given arena plans of the window program and, where there is one, of the step program.</summary>
    /// <exception cref="ModelImageException">The graph or a plan does not fit the format.</exception>
    public static byte[] Write(Graph graph, ArenaPlan plan, ArenaPlan? stepPlan = null)
    {
        byte[] image = WriteUnchecked(graph, plan, stepPlan);
        // What was written is read back, so that nothing leaves that a reader refuses.
        ImageReader.Read(image);
        return image;
    }

    /// <summary>Writes what may be beyond a limit of the format.</summary>
    internal static byte[] WriteUnchecked(Graph graph, ArenaPlan plan, ArenaPlan? stepPlan = null)
    {
        if (LabelRule.Fault(graph.Labels) is { } fault)
        {
            throw new ModelImageException(ModelImageError.BadHeader, fault);
        }

        var layout = ImageLayout.Of(graph);
        byte[] image = new byte[layout.ImageBytes];
        var record = new ImageRecord(image);
        WriteHeader(record, graph, plan, layout);
        WriteChannels(image.AsSpan(layout.Channels), graph.Input.Channels);
        WriteLabels(image.AsSpan(layout.Labels), graph.Labels);
        TensorEncoder.Write(image, graph, plan, stepPlan, layout);
        OperatorEncoder.Write(image.AsSpan(layout.Operators), graph.Tensors, graph.Program, plan);
        if (graph.Step is { } step)
        {
            var steps = stepPlan ?? throw new ModelImageException(ModelImageError.BadPlan, "the step program has no plan");
            WriteStepHeader(record, graph.Tensors, step, steps, layout);
            OperatorEncoder.Write(image.AsSpan(layout.StepOperators), graph.Tensors, step, steps);
        }

        WriteTestVectors(image.AsSpan(layout.TestVectors), graph);
        record.UInt32(ImageField.Header.Crc32, Crc32.HashToUInt32(image.AsSpan(ImageFormat.ChecksumStart)));
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
        record.UInt16(ImageField.Header.ClassCount, graph.ClassCount);
        record.Int16(ImageField.Header.AlarmThreshold, graph.AlarmThreshold ?? ImageFormat.NoAlarm);
        record.Int32(ImageField.Header.Postures, (int)graph.Postures);
        record.UInt8(ImageField.Header.Voters, graph.Voters);
    }

    private static void WriteStepHeader(ImageRecord record, IReadOnlyList<Tensor> tensors, GraphProgram step, ArenaPlan plan,
        ImageLayout layout)
    {
        record.Int32(ImageField.Header.StepOperatorsOffset, layout.StepOperators);
        record.UInt16(ImageField.Header.StepOperatorCount, step.Operators.Count);
        record.UInt16(ImageField.Header.StepSamples, step.Input.Rows);
        record.UInt16(ImageField.Header.StepInputTensor, IndexOf(tensors, step.Input));
        record.UInt16(ImageField.Header.StepOutputTensor, IndexOf(tensors, step.Output));
        record.Int32(ImageField.Header.StepArenaBytes, plan.ArenaBytes);
        record.Int32(ImageField.Header.StagingOffset, plan.Staging.Offset);
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

    private static void WriteTestVectors(Span<byte> section, Graph graph)
    {
        int vectorBytes = ImageFormat.TestVectorBytes(graph.Window, graph.Output);
        foreach (var vector in graph.TestVectors)
        {
            var window = graph.Window.ElementType == ElementType.Int8
                ? [.. vector.Window.Select(ToInt8)]
                : MemoryMarshal.AsBytes(vector.Window.AsSpan());
            window.CopyTo(section);
            MemoryMarshal.AsBytes(vector.Output.AsSpan()).CopyTo(section[window.Length..]);
            section = section[vectorBytes..];
        }
    }

    private static byte ToInt8(short value) => value is >= sbyte.MinValue and <= sbyte.MaxValue
        ? unchecked((byte)value)
        : throw new ModelImageException(ModelImageError.BadHeader, $"a test vector of int8 values holds {value}");

    /// <summary>The index of a tensor; <see cref="ImageFormat.NoTensor"/> for null and for tensors that are not listed.</summary>
    internal static int IndexOf(IReadOnlyList<Tensor> tensors, Tensor? tensor)
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
