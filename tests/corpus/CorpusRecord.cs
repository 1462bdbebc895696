namespace NanoFormer.Corpus;

/// <summary>One record of a corpus file (README.md).</summary>
/// <param name="Kind">What the payload holds.</param>
/// <param name="Payload">A multiple of 16 bytes.</param>
internal sealed record CorpusRecord(CorpusKind Kind, byte[] Payload);
