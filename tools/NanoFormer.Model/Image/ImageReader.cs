using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Model;

/// <summary>Reads and validates a model image (MODEL-IMAGE.md), checking every rule in that page's order.</summary>
public static class ImageReader
{
    /// <summary>The model of an image.</summary>
    /// <exception cref="ModelImageException">The image breaks a rule; no other exception is thrown, whatever the bytes.</exception>
    public static ModelImage Read(ReadOnlySpan<byte> bytes)
    {
        byte[] image = CheckEnvelope(bytes).ToArray();
        var header = new ImageHeader(image);
        header.Validate();
        var channels = HeaderReader.ReadChannels(image, header);
        var labels = HeaderReader.ReadLabels(image, header);
        var tensors = TensorReader.Read(image, header);
        HeaderReader.CheckAgainstTensors(header, tensors);
        var vectors = HeaderReader.ReadTestVectors(image, header, tensors);
        var window = OperatorReader.ReadWindowProgram(image, header, tensors);
        var step = header.HasStep ? OperatorReader.ReadStepProgram(image, header, tensors) : null;

        ProgramReader programs = new(tensors);
        (var program, var plan) = programs.ReadWindow(window, header);
        (var stepProgram, var stepPlan) = step is null ? default : programs.ReadStep(step, header);
        var graph = new Graph
        {
            ModelId = header.ModelId,
            Input = new InputSpecification(channels, header.WindowSamples, header.HopSamples, header.RateMillihertz),
            Labels = labels,
            GateThresholdPermille = header.GateThresholdPermille,
            ClassCount = header.ClassCount,
            AlarmThreshold = header.AlarmThreshold,
            Postures = header.Postures,
            Voters = header.Voters,
            Window = program.Input,
            Output = program.Output,
            Tensors = programs.Tensors,
            Operators = program.Operators,
            Step = stepProgram,
            TestVectors = vectors,
        };
        return new ModelImage(graph, plan, stepPlan, image.Length, header.Crc32, PackedSection.Validate(image, graph));
    }

    /// <summary>Checks everything that comes before the checksum, and the checksum; gives exactly the image's bytes.</summary>
    private static ReadOnlySpan<byte> CheckEnvelope(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ImageFormat.HeaderBytes)
        {
            throw new ModelImageException(ModelImageError.Truncated, $"{bytes.Length} bytes are fewer than a header");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ImageFormat.Magic)
        {
            throw new ModelImageException(ModelImageError.BadMagic, "the first bytes are not NFM1");
        }

        int version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[ImageField.Header.Version..]);
        if (version != ImageFormat.Version)
        {
            throw new ModelImageException(ModelImageError.UnsupportedVersion, $"its format is version {version}");
        }

        uint imageBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ImageField.Header.ImageBytes..]);
        if (imageBytes is < ImageFormat.HeaderBytes or > ImageFormat.MaxImageBytes || !Alignment.IsAligned(imageBytes))
        {
            throw new ModelImageException(ModelImageError.BadHeader, $"an image cannot have {imageBytes} bytes");
        }

        if (imageBytes > bytes.Length)
        {
            throw new ModelImageException(ModelImageError.Truncated, $"{bytes.Length} of {imageBytes} bytes are there");
        }

        if (imageBytes < bytes.Length)
        {
            throw new ModelImageException(ModelImageError.Oversized, $"{bytes.Length} bytes are there, the image has {imageBytes}");
        }

        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ImageField.Header.Crc32..]);
        uint computed = Crc32.HashToUInt32(bytes[ImageFormat.ChecksumStart..]);
        return stored == computed
            ? bytes
            : throw new ModelImageException(ModelImageError.BadChecksum, $"the header says {stored:x8}, the bytes give {computed:x8}");
    }
}
