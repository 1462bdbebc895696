namespace NanoFormer.Model;

/// <summary>Sizes, positions and limits of MODEL-IMAGE.md that reader and writer share.</summary>
internal static class ImageFormat
{
    public const uint Magic = 0x314D464E;
    public const int Version = 2;
    public const int HeaderBytes = 128;
    public const int ChannelBytes = 32;
    public const int LabelBytes = 24;
    public const int TensorBytes = 32;
    public const int OperatorBytes = 80;

    /// <summary>The first byte the checksum covers.</summary>
    public const int ChecksumStart = 16;

    public const int ModelIdBytes = 32;
    public const int ChannelNameBytes = 16;
    public const int ChannelUnitBytes = 8;

    /// <summary>In the alarm threshold when there is none.</summary>
    public const int NoAlarm = short.MinValue;

    /// <summary>In a tensor field that an operator does not use.</summary>
    public const int NoTensor = 0xFFFF;

    public const int MaxImageBytes = 16 << 20;
    public const int MaxArenaBytes = 1 << 20;
    public const int MaxChannels = 64;
    public const int MaxLabels = 256;
    public const int MaxVoters = 9;
    public const int MaxTensors = 256;
    public const int MaxOperators = 128;
    public const int MaxTestVectors = 64;
    public const int MaxWindowSamples = 8192;
    public const int MaxRateMillihertz = 100_000_000;
    public const int MaxColumns = 32768;
    public const int MaxSoftmaxLength = 511;
    public const int MaxFoldedBias = 1 << 30;
    public const int MaxOffset = 1 << 16;
    public const int MinScaleShift = -62;
    public const int MaxScaleShift = 31;

    /// <summary>Bytes of a test vector: window, output, and zeros up to a multiple of 16.</summary>
    public static int TestVectorBytes(WindowTensor window, ActivationTensor output) => Alignment.RoundUp(window.Bytes + output.Bytes);
}
