using System.Buffers.Binary;

namespace NanoFormer.Model;

/// <summary>The header of an image whose checksum is right: 32-bit fields as they lie there, and the rules they must hold.</summary>
internal readonly ref struct ImageHeader(ReadOnlySpan<byte> image)
{
    private readonly ReadOnlySpan<byte> _image = image;

    public uint Crc32 => UInt32(ImageField.Header.Crc32);

    public string ModelId => ImageText.Read(_image.Slice(ImageField.Header.ModelId, ImageFormat.ModelIdBytes));

    public int ArenaBytes => (int)UInt32(ImageField.Header.ArenaBytes);

    public int ChannelsOffset => (int)UInt32(ImageField.Header.ChannelsOffset);

    public int LabelsOffset => (int)UInt32(ImageField.Header.LabelsOffset);

    public int TensorsOffset => (int)UInt32(ImageField.Header.TensorsOffset);

    public int OperatorsOffset => (int)UInt32(ImageField.Header.OperatorsOffset);

    public int TestVectorsOffset => (int)UInt32(ImageField.Header.TestVectorsOffset);

    public int ChannelCount => UInt16(ImageField.Header.ChannelCount);

    public int LabelCount => UInt16(ImageField.Header.LabelCount);

    public int TensorCount => UInt16(ImageField.Header.TensorCount);

    public int OperatorCount => UInt16(ImageField.Header.OperatorCount);

    public int TestVectorCount => UInt16(ImageField.Header.TestVectorCount);

    public int WindowSamples => UInt16(ImageField.Header.WindowSamples);

    public int HopSamples => UInt16(ImageField.Header.HopSamples);

    public int InputTensor => UInt16(ImageField.Header.InputTensor);

    public int OutputTensor => UInt16(ImageField.Header.OutputTensor);

    public int GateThresholdPermille => UInt16(ImageField.Header.GateThresholdPermille);

    public int RateMillihertz => (int)UInt32(ImageField.Header.RateMillihertz);

    public int ClassCount => UInt16(ImageField.Header.ClassCount);

    public int? AlarmThreshold => AlarmField == ImageFormat.NoAlarm ? null : AlarmField;

    public uint Postures => UInt32(ImageField.Header.Postures);

    public int Voters => _image[ImageField.Header.Voters];

    public int StepOperatorsOffset => (int)UInt32(ImageField.Header.StepOperatorsOffset);

    public int StepOperatorCount => UInt16(ImageField.Header.StepOperatorCount);

    public bool HasStep => StepOperatorCount > 0;

    public int StepSamples => UInt16(ImageField.Header.StepSamples);

    public int StepInputTensor => UInt16(ImageField.Header.StepInputTensor);

    public int StepOutputTensor => UInt16(ImageField.Header.StepOutputTensor);

    public int StepArenaBytes => (int)UInt32(ImageField.Header.StepArenaBytes);

    /// <summary>Where staging begins, or any place outside of every arena.</summary>
    public int StagingOffset => (int)Math.Min(UInt32(ImageField.Header.StagingOffset), int.MaxValue);

    private int AlarmField => BinaryPrimitives.ReadInt16LittleEndian(_image[ImageField.Header.AlarmThreshold..]);

    /// <exception cref="ModelImageException">BAD_HEADER.</exception>
    public void Validate()
    {
        Require(UInt16(ImageField.Header.HeaderBytes) == ImageFormat.HeaderBytes, "the header's size is not 128");
        string id = ModelId;
        Require(id.Length > 0 && !id.Contains(' ', StringComparison.Ordinal), "the model id is empty or has spaces");
        Require(!id.AsSpan().ContainsAny('/', '\\') && id[0] != '.', "the model id has a slash or begins with a dot: it names files");
        Require(IsArenaSize(UInt32(ImageField.Header.ArenaBytes)), "the arena's size is out of range");
        Require(ChannelCount is >= 1 and <= ImageFormat.MaxChannels, "the number of channels is out of range");
        Require(LabelCount <= ImageFormat.MaxLabels, "there are too many labels");
        Require(TensorCount is >= 2 and <= ImageFormat.MaxTensors, "the number of tensors is out of range");
        Require(OperatorCount is >= 1 and <= ImageFormat.MaxOperators, "the number of operators is out of range");
        Require(TestVectorCount <= ImageFormat.MaxTestVectors, "there are too many test vectors");
        Require(WindowSamples is >= 1 and <= ImageFormat.MaxWindowSamples, "the window's length is out of range");
        Require(HopSamples >= 1 && HopSamples <= WindowSamples, "the hop is empty or exceeds the window");
        Require(InputTensor < TensorCount && OutputTensor < TensorCount, "the input or output tensor does not exist");
        Require(GateThresholdPermille <= 1000, "the gate threshold exceeds 1000");
        Require(UInt32(ImageField.Header.RateMillihertz) is >= 1 and <= ImageFormat.MaxRateMillihertz, "the rate is out of range");
        Require(AlarmField is ImageFormat.NoAlarm or (>= sbyte.MinValue and <= sbyte.MaxValue), "the alarm threshold is out of range");
        Require(ClassCount >= 32 || Postures >> ClassCount == 0, "a posture is not one of the classes");
        Require(Voters <= ImageFormat.MaxVoters, "there are too many voters");
        ValidateStep();
        Require(!_image[ImageField.Header.Reserved..ImageFormat.HeaderBytes].ContainsAnyExcept((byte)0), "reserved bytes are set");
        RequireSection(ImageField.Header.ChannelsOffset, ChannelCount * ImageFormat.ChannelBytes);
        RequireSection(ImageField.Header.LabelsOffset, LabelCount * ImageFormat.LabelBytes);
        RequireSection(ImageField.Header.TensorsOffset, TensorCount * ImageFormat.TensorBytes);
        RequireSection(ImageField.Header.OperatorsOffset, OperatorCount * ImageFormat.OperatorBytes);
        Require(TestVectorCount > 0 || TestVectorsOffset == 0, "there is an offset of test vectors but no vector");
    }

    private void ValidateStep()
    {
        if (!HasStep)
        {
            var fields = _image[ImageField.Header.StepOperatorsOffset..ImageField.Header.Postures];
            Require(!fields.ContainsAnyExcept((byte)0), "there are fields of a step program but no step program");
            return;
        }

        Require(StepOperatorCount <= ImageFormat.MaxOperators, "the number of step operators is out of range");
        Require(StepSamples >= 1 && StepSamples <= WindowSamples, "a step is empty or exceeds the window");
        Require(StepInputTensor < TensorCount && StepOutputTensor < TensorCount, "a step's input or output tensor does not exist");
        Require(IsArenaSize(UInt32(ImageField.Header.StepArenaBytes)), "the step arena's size is out of range");
        RequireSection(ImageField.Header.StepOperatorsOffset, StepOperatorCount * ImageFormat.OperatorBytes);
    }

    private static bool IsArenaSize(uint bytes) => bytes <= ImageFormat.MaxArenaBytes && Alignment.IsAligned(bytes);

    /// <summary>Requires that a section lies wholly within the image, behind the header, at a multiple of 16.</summary>
    public void RequireSection(int field, long bytes)
    {
        uint offset = UInt32(field);
        Require(ContainsRegion(_image.Length, offset, bytes), $"the section at byte {offset} lies outside the image");
    }

    /// <summary>Whether bytes of the image start at a multiple of 16 and lie between the header's end and the image's.</summary>
    public static bool ContainsRegion(int imageBytes, uint offset, long bytes) =>
        Alignment.IsAligned(offset) && offset >= ImageFormat.HeaderBytes && offset + bytes <= imageBytes;

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadHeader, fault);
        }
    }

    private int UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image[offset..]);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_image[offset..]);
}
