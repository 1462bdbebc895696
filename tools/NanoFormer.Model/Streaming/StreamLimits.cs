namespace NanoFormer.Model;

/// <summary>What keeps several operators from streaming.</summary>
internal static class StreamLimits
{
    /// <summary>Bytes at the head of a ring of slots: next slot and slots filled.</summary>
    public const int RingHeader = 16;

    /// <summary>The obstacle of an operator that remembers, behind the pooling.</summary>
    public const string BehindPooling = "comes after the pooling, where it would remember earlier answers";

    /// <summary>The obstacle of a state that is too large for a tensor; null when it fits.</summary>
    public static string? StateFits(long count) => count <= ImageFormat.MaxColumns ? null : $"would have to remember {count} values";
}
