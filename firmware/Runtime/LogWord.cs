namespace NanoFormer.Runtime
{
    /// <summary>The words of records that are written every hop, kept.</summary>
    /// <remarks>nanoCLR makes a new string object on its heap each time a literal is read; a field costs nothing.</remarks>
    internal static class LogWord
    {
        internal static readonly string Bare = "";
        internal static readonly string Tag = LogLine.Tag;
        internal static readonly string Infer = "infer";
        internal static readonly string Samples = "samples";
        internal static readonly string Sequence = "seq";
        internal static readonly string Time = "t_ms";
        internal static readonly string Label = "label";
        internal static readonly string Raw = "raw";
        internal static readonly string Unknown = "unknown";
        internal static readonly string Confidence = "conf";
        internal static readonly string Score = "score";
        internal static readonly string Rarity = "rarity";
        internal static readonly string Smoothed = "smoothed";
        internal static readonly string Still = "still";
        internal static readonly string Latency = "latency_us";
        internal static readonly string Arena = "arena";
        internal static readonly string Start = "t0_ms";
        internal static readonly string Recording = "rec";
        internal static readonly string First = "first";
    }
}
