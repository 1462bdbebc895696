namespace NanoFormer.Corpus;

/// <summary>One record of a corpus file (README.md).</summary>
/// <param name="Kind">What the payload holds, by its name in tests/native/corpus.h.</param>
/// <param name="Payload">A multiple of 16 bytes.</param>
internal sealed record CorpusRecord(string Kind, byte[] Payload);
