namespace NanoFormer.Corpus;

/// <summary>Writes corpus files (README.md).</summary>
internal static class CorpusFile
{
    public static void Write(string path, IReadOnlyCollection<CorpusRecord> records)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("NFC1"u8);
        writer.Write(records.Count);
        writer.Write(0L);
        foreach (var record in records)
        {
            writer.Write(CorpusKinds.NumberOf(record.Kind));
            writer.Write(record.Payload.Length);
            writer.Write(0L);
            writer.Write(record.Payload);
        }
    }
}
